import { useState } from "preact/hooks";
import { count, share } from "../../charts/format";
import { GAIN_HEIGHT, GainLine } from "../../charts/gain-line";
import { pixelOf } from "../../charts/pixel";
import { PlanLines } from "../../charts/plan-lines";
import { SumBar } from "../../charts/sum-bar";
import type { Gain, LoopPayload, PlanPoint } from "../../contract/loops";
import { useWidth } from "../shared/width";
import { fed, gainSaid, many } from "./words";

const PLAN = 152;
const SUM = 18;

/** The gain on its line; what it adds up to, or where it is not known, how to learn it. */
export function GainBlock({ payload }: { payload: LoopPayload }) {
  const [ref, width] = useWidth(560);
  const { gain } = payload;
  const noun = payload.periods?.noun ?? "period";
  const unknown = gain.gain.value === null && gain.gain.low === null && gain.gain.high === null;
  return (
    <section class="al-block al-gain" ref={ref} data-part="gain">
      <p class="al-loop-title">Loop gain</p>
      <p class="al-loop-words">
        share of extra training {fed(payload)} that returns as exposure next {noun}; on top, the sum
      </p>
      <svg width={width} height={GAIN_HEIGHT} role="img" aria-label={gainLabel(gain)}>
        <GainLine width={width} {...gain.gain} boundOnly={gain.bound_only} print={gainSaid} />
      </svg>
      {!unknown && <Sum gain={gain} width={width} />}
      <p class="al-gain-words">
        {unknown && (
          <>
            <span class="al-cannot_tell al-strong-word">
              <span aria-hidden="true">◌</span> not identified:
            </span>{" "}
          </>
        )}
        {gain.words}
      </p>
      {unknown && <Plan payload={payload} width={width} />}
    </section>
  );
}

function Sum({ gain, width }: { gain: Gain; width: number }) {
  const { value, low } = gain.gain;
  const { amplification: sum } = gain;
  const shown = gain.bound_only ? low : value;
  const total = gain.bound_only ? sum.low : sum.value;
  if (shown === null || shown < 0 || shown >= 1 || total === null) return <div class="al-sum-none" />;
  const open = sum.low === null || gain.bound_only;
  const interval = open ? "" : `[${two(sum.low ?? total)}, ${sum.high === null ? "∞" : two(sum.high)}]`;
  const said = `${gain.bound_only ? "≥" : "="} ×\u202f${two(total)}`;
  return (
    <svg width={width} height={SUM} role="img" aria-label={`1, what comes back of it, and so on: ${said} ${interval}`}>
      <SumBar width={width} gain={shown} print={gainSaid} sum={said} interval={interval} />
    </svg>
  );
}

const two = (value: number) => (Math.abs(value) >= 100 ? count(value) : value.toPrecision(2).replace("-", "\u2212"));

function gainLabel({ gain, bound_only: bound }: Gain): string {
  const { value, low, high } = gain;
  if (value === null && low === null && high === null) return "Gain: not identified";
  const ends = `between ${low === null ? "no bound" : gainSaid(low)} and ${high === null ? "no bound" : gainSaid(high)}`;
  return value === null || bound ? `Gain: ${ends}` : `Gain ${gainSaid(value)}, ${ends}; 1 and more runs away`;
}

/** How wide the interval would be after randomising so much for so long. */
function Plan({ payload, width }: { payload: LoopPayload; width: number }) {
  const [near, point] = useState<PlanPoint | null>(null);
  const { gain, periods } = payload;
  const noun = periods?.noun ?? "period";
  if (gain.plan.length < 2) return null;
  const find = (event: MouseEvent) =>
    nearest(gain.plan, (pixelOf(event)[0] - 46) / Math.max(1, width - 86), event, width);
  const shown = near ?? gain.advice;
  return (
    <div class="al-plan">
      <div class="al-plan-head">
        <p class="al-loop-words">half-width of the 95{"\u202f"}% interval</p>
        <p class="al-loop-words">{shown === null ? "share left to chance" : planSaid(shown, noun)}</p>
      </div>
      <svg
        width={width}
        height={PLAN}
        role="img"
        aria-label={`Plan: ${gain.plan.map((one) => planSaid(one, noun)).join("; ")}`}
        onPointerMove={(event) => point(find(event))}
        onPointerLeave={() => point(null)}
      >
        <PlanLines
          width={width}
          height={PLAN}
          points={gain.plan}
          advice={shown}
          noun={many(noun, 2)}
          print={(half) => String(Number(half.toPrecision(2)))}
          printShare={share}
        />
      </svg>
    </div>
  );
}

const planSaid = ({ share: part, periods, half_width: half }: PlanPoint, noun: string) =>
  `${share(part)} for ${periods} ${many(noun, periods)}: ±\u202f${Number(half.toPrecision(2))}`;

/** The point of the plan nearest to the pointer, both axes being logarithms. */
function nearest(plan: readonly PlanPoint[], across: number, event: MouseEvent, width: number): PlanPoint | null {
  void width;
  const up = 1 - (pixelOf(event)[1] - 8) / (PLAN - 40);
  const place = (values: readonly number[], value: number) => {
    const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
    return (Math.log(value) - low) / (high - low || 1);
  };
  const [periods, halves] = [plan.map((one) => one.periods), plan.map((one) => one.half_width)];
  const away = (one: PlanPoint) =>
    (3 * (place(periods, one.periods) - across)) ** 2 + (place(halves, one.half_width) - up) ** 2;
  return plan.reduce((best, one) => (away(one) < away(best) ? one : best), plan[0] as PlanPoint);
}
