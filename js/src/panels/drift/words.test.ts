import { expect, test } from "vitest";
import golden from "../../../../tests/golden/words.json";
import type { Buckets, Judgement } from "../../contract/drift";
import type { Needs } from "../../stats/index";
import { moment, NEEDS, number, share, short, span } from "./phrases";
import { evidence, type Said, sentence } from "./words";

interface Case {
  readonly function: string;
  readonly arguments?: readonly unknown[];
  readonly buckets?: string;
  readonly columns?: string;
  readonly against?: string | null;
  readonly alarm_rate?: number;
  readonly min_effect?: number;
  readonly measure?: string;
  readonly expected: string;
}

interface Column {
  readonly name: string;
  readonly judgement: Judgement;
  readonly importance?: number | null;
  readonly onset_ms?: number | null;
  readonly cause?: string | null;
}

const bucketsOf = (name = "") => (golden.buckets as unknown as Record<string, Buckets>)[name] as Buckets;

function said(name = "", measure = "effect"): Said[] {
  const columns = (golden.columns as unknown as Record<string, readonly Column[]>)[name] ?? [];
  return columns.map(({ name: column, judgement, importance = null, onset_ms: onsetMs = null, cause = null }) => {
    const { verdict, effect, needs } = judgement;
    const measured = (judgement as unknown as Record<string, number | null>)[measure] ?? null;
    return { name: column, verdict, effect, measured, needs, importance, onsetMs, cause };
  });
}

const speak: Record<string, (one: Case) => string> = {
  number: ({ arguments: [value] = [] }) => number(value as number),
  share: ({ arguments: [value] = [] }) => share(value as number),
  short: ({ arguments: [name] = [] }) => short(name as string),
  needs: ({ arguments: [needs] = [] }) => NEEDS[needs as Needs],
  moment: ({ arguments: [ms] = [], buckets }) => moment(ms as number, bucketsOf(buckets)),
  span: ({ arguments: [range] = [], buckets }) => span(range as [number, number], bucketsOf(buckets)),
  sentence: ({ columns, buckets, against = null }) => sentence(said(columns), bucketsOf(buckets), against),
  evidence: ({ columns, buckets, measure, alarm_rate: alarmRate = 0, min_effect: minEffect = 0 }) =>
    evidence(said(columns, measure), bucketsOf(buckets), { alarmRate, minEffect }),
};

test.each(golden.cases as readonly Case[])("$function says $expected, as Python does", (one) => {
  expect(speak[one.function]?.(one)).toBe(one.expected);
});
