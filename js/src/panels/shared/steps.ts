// The steps in which values over time are drawn: whole buckets, few enough to see.

const MOST_STEPS = 60;

const UNITS: Record<string, string> = {
  m: "minute",
  h: "hour",
  d: "day",
  w: "week",
  mo: "month",
  q: "quarter",
  y: "year",
  rows: "row",
};
const FACTORS: Record<string, readonly number[]> = {
  m: [5, 15, 60, 360, 1440],
  h: [3, 6, 12, 24, 168],
  d: [7, 28, 91],
  w: [4, 13],
  mo: [3, 12],
};
const NAMED: Record<string, string> = {
  "60m": "hour",
  "360m": "6 hours",
  "1440m": "day",
  "24h": "day",
  "168h": "week",
  "7d": "week",
  "28d": "4 weeks",
  "91d": "13 weeks",
  "3mo": "quarter",
  "12mo": "year",
};

const parse = (every: string | null) => /^(\d+) ?([a-z]+)$/.exec(every ?? "");

/** Returns how many buckets go into a step, so that an axis of `length` buckets has about sixty steps at most. */
export function factorOf(every: string | null, length: number): number {
  if (length <= MOST_STEPS + 20) return 1;
  const [, amount = "1", unit = ""] = parse(every) ?? [];
  const whole = (FACTORS[unit] ?? []).map((factor) => factor / Number(amount)).filter(Number.isInteger);
  return whole.find((factor) => length / factor <= MOST_STEPS) ?? Math.ceil(length / MOST_STEPS);
}

/** Returns what `factor` buckets are called: "day", "week", "3 hours". */
export function stepName(every: string | null, factor: number): string {
  const [, amount = "1", unit = ""] = parse(every) ?? [];
  const many = Number(amount) * factor;
  const known = NAMED[`${many}${unit}`];
  if (known !== undefined) return known;
  const name = UNITS[unit];
  if (name === undefined) return factor === 1 ? "bucket" : `${factor} buckets`;
  return many === 1 ? name : `${many} ${name}s`;
}
