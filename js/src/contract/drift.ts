export type Verdict = "drifted" | "stable" | "cannot_tell";
export type Role = "feature" | "prediction" | "score" | "target";
export type Kind = "numeric" | "categorical" | "boolean" | "time" | "text";
export type Shape = "step" | "ramp";

export interface Buckets {
  readonly starts_ms: readonly number[];
  readonly ends_ms: readonly number[];
  readonly position: readonly number[];
  readonly season: readonly number[];
  readonly season_name: string | null;
  readonly every: string | null;
  readonly zone: string;
  readonly n_rows: readonly number[];
}

export interface Onset {
  readonly at_ms: number;
  readonly low_ms: number;
  readonly high_ms: number;
  readonly shape: Shape;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly effect: number | null;
  readonly effect_low: number | null;
  readonly effect_high: number | null;
  readonly natural: number | null;
  readonly pvalue: number | null;
  readonly qvalue: number | null;
  readonly needs: string | null;
  readonly ks: number | null;
  readonly psi: number | null;
  readonly js: number | null;
  readonly hellinger: number | null;
  readonly total_variation: number | null;
  readonly l_infinity: number | null;
  readonly chi_squared: number | null;
  readonly wasserstein: number | null;
  readonly wasserstein_raw: number | null;
  readonly null_share_reference: number | null;
  readonly null_share_current: number | null;
  readonly unseen_share: number | null;
  readonly n_reference: number;
  readonly n_current: number;
}

export interface Column {
  readonly name: string;
  readonly role: Role;
  readonly kind: Kind;
  readonly ordered: boolean;
  readonly edges: readonly number[];
  readonly labels: readonly string[];
  readonly scale: number | null;
  readonly importance: number | null;
  readonly onset: Onset | null;
  readonly cause: string | null;
  readonly carriers: readonly number[];
  readonly judgement: Judgement;
}

export interface DriftPayload {
  readonly kind: "drift";
  readonly format: number;
  readonly id: string;
  readonly product: string;
  readonly noun: string;
  readonly sentence: string;
  readonly evidence: string;
  readonly buckets: Buckets;
  readonly reference: readonly [number, number];
  readonly current: readonly [number, number];
  readonly alarm_rate: number;
  readonly min_effect: number;
  readonly measure: string;
  readonly columns: readonly Column[];
  readonly counts: string;
  readonly notes: readonly string[];
  readonly code: string;
}
