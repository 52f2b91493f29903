// What the strip can show over time: measures of concentration, and what follows from a selection.

import { share } from "../../charts/format";
import type { Bubbles, Concentration, LoopPayload } from "../../contract/loops";
import type { Model } from "./model";
import { printer, range, tenthName } from "./words";

/** A measure over time with how it is printed and what its two lines are called. */
export interface Measure extends Omit<Concentration, "unit"> {
  readonly print: (value: number) => string;
  readonly names: readonly [string, string];
  readonly fromZero: boolean;
  /** What the quiet band is, in a sentence. */
  readonly quiet: string;
}

const FREE = "loop-free";

/** Returns the measure that a selection asks for, if it does, before those of the report. */
export function measuresOf(model: Model): readonly Measure[] {
  const { payload } = model;
  return [...picked(model), ...reported(payload), ...ofUsers(payload)];
}

function picked({ tenth, payload }: Model): Measure[] {
  if (tenth === null) return [];
  const exposure = payload.merit.map((one) => one?.exposure[tenth] ?? null);
  const merit = payload.merit.map((one) => one?.merit[tenth] ?? null);
  const n = payload.merit.find((one) => one !== null)?.exposure.length ?? 10;
  return [
    {
      ...unbanded("tenth", `Share of tenth ${tenthName(tenth, n)}`, exposure),
      null: merit,
      names: ["exposure", "merit"],
      quiet: "merit",
    },
  ];
}

const known = new WeakMap<LoopPayload, { readonly reported: Measure[]; readonly ofUsers: Measure[] }>();

/** The same objects for the same payload, so that nothing is drawn twice. */
function kept(payload: LoopPayload) {
  const made = known.get(payload) ?? {
    reported: payload.concentration.map(reading),
    ofUsers: usersOf(payload.bubbles),
  };
  known.set(payload, made);
  return made;
}

const reported = (payload: LoopPayload) => kept(payload).reported;
const ofUsers = (payload: LoopPayload) => kept(payload).ofUsers;

const reading = (one: Concentration): Measure => ({
  ...one,
  print: printer(one),
  names: ["shown", FREE],
  fromZero: one.unit !== "bits",
  quiet: FREE,
});

function usersOf(bubbles: Bubbles | null): Measure[] {
  if (bubbles === null) return [];
  const five = bubbles.narrowed.map(() => 0.05);
  return [
    { ...unbanded("narrowed", "Users who see a narrower range", bubbles.narrowed), null: five, quiet: FREE },
    unbanded("own_overlap", "Overlap with what a user saw before", bubbles.own_overlap),
    unbanded("between_overlap", "Overlap with other users", bubbles.between_overlap),
  ];
}

function unbanded(name: string, title: string, value: readonly (number | null)[]): Measure {
  const nothing = value.map(() => null);
  return {
    name,
    title,
    value,
    low: nothing,
    high: nothing,
    null: nothing,
    null_low: nothing,
    null_high: nothing,
    print: share,
    names: ["users", FREE],
    fromZero: true,
    quiet: FREE,
  };
}

/** "0.58 [0.57, 0.59], loop-free 0.32–0.38". */
export function measureSaid(one: Measure, period: number): string {
  const [value, low, high] = [one.value[period], one.low[period], one.high[period]];
  if (value == null) return "too few to tell";
  const reach = low == null || high == null ? "" : ` [${one.print(low)}, ${one.print(high)}]`;
  const quiet = quietSaid(one, period);
  return `${one.print(value)}${reach}${quiet === "" ? "" : `, ${quiet}`}`;
}

/** "loop-free 0.32–0.38", or its middle alone where it has no band. */
export function quietSaid(one: Measure, period: number): string {
  const [middle, low, high] = [one.null[period], one.null_low[period], one.null_high[period]];
  if (low != null && high != null) return `${one.quiet} ${range(low, high, one.print)}`;
  return middle == null ? "" : `${one.quiet} ${one.print(middle)}`;
}
