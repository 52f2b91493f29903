// One accounting as a waterfall: from the reference's loss, part by part, to the current one.

import { number, rounded } from "../../charts/format";
import { linear, roundStep, type Scale, ticks } from "../../charts/scale";
import type { Accounting, ExplanationPayload, Part } from "../../contract/explain";
import { useWidth } from "../shared/width";
import { MARK, partSaid, printer, TONE, WORD } from "./words";

const ROW = 34;
const INNER = 26; // of a part within another
const TOP = 24;
const FOOT = 20;
const EDGE = 8;

export type Domain = readonly [number, number];

/** A part and where it begins. */
interface Step {
  readonly part: Part;
  readonly from: number;
  readonly top: number;
  readonly height: number;
}

/** The losses that both waterfalls have room for. */
export function domainOf({ reference, current, accountings }: ExplanationPayload): Domain {
  const ends = accountings.flatMap((one) =>
    stepsOf(one, reference.loss).flatMap(({ part, from }) =>
      [0, part.change, part.low, part.high, part.placebo_low, part.placebo_high].map((end) => from + (end ?? 0)),
    ),
  );
  const all = [reference.loss, current.loss, ...ends];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = (high - low || 1) * 0.03;
  return [low - room, high + room];
}

function stepsOf({ parts }: Accounting, start: number): Step[] {
  const steps: Step[] = [];
  let [level, inner, top] = [start, start, TOP];
  for (const part of parts) {
    const height = part.within === null ? ROW : INNER;
    steps.push({ part, from: part.within === null ? level : inner, top, height });
    top += height;
    if (part.within === null) {
      inner = level;
      level += part.change ?? 0;
    } else inner += part.change ?? 0;
  }
  return steps;
}

export interface AccountingProps {
  readonly payload: ExplanationPayload;
  readonly accounting: Accounting;
  readonly domain: Domain;
}

export function AccountingView({ payload, accounting, domain }: AccountingProps) {
  const [ref, width] = useWidth(320);
  const favoured = payload.favoured === accounting.name;
  const steps = stepsOf(accounting, payload.reference.loss);
  const height = (steps.at(-1)?.top ?? TOP) + ROW + FOOT;
  const x = linear(domain, [EDGE, width - EDGE]);
  const print = printer(payload.accountings.flatMap(({ parts }) => parts.map(({ change }) => change)));
  const told = accounting.parts.every((part) => part.change !== null);
  return (
    <section class="al-accounting" data-part={accounting.name} aria-label={accounting.title}>
      <p class="al-accounting-head">
        <b>{accounting.title}</b>
        {favoured && <span class="al-favoured">favoured by the evidence</span>}
        <span class="al-accounting-words">{accounting.words}</span>
      </p>
      <div class="al-waterfall">
        <ul class="al-parts">
          {steps.map(({ part, height: tall }) => (
            <PartLine key={part.name} part={part} height={tall} print={print} />
          ))}
        </ul>
        <div class="al-bars" ref={ref}>
          <svg width={width} height={height} aria-hidden="true">
            <Grid x={x} domain={domain} height={height} width={width} />
            {steps.map((step) => (
              <Bar key={step.part.name} step={step} x={x} />
            ))}
            <Ends payload={payload} x={x} height={height - FOOT} width={width} />
          </svg>
        </div>
      </div>
      {!told && <p class="al-needs">{accounting.parts.find((part) => part.needs !== null)?.needs}</p>}
    </section>
  );
}

interface LineProps {
  readonly part: Part;
  readonly height: number;
  readonly print: (change: number | null) => string;
}

function PartLine({ part, height, print }: LineProps) {
  const inner = part.within === null ? "" : " al-inner";
  return (
    <li
      class={`al-part${inner}`}
      style={{ height: `${height}px` }}
      title={`${partSaid(part)}. Rests on: ${part.assumption}.`}
    >
      <span class="al-part-name">{part.title}</span>
      <span class="al-part-change">{print(part.change)}</span>
      <span class="al-part-words">{part.words}</span>
      <span class={`al-part-mark al-${TONE[part.mark]}`}>
        <span class={`al-mark al-${TONE[part.mark]}`} aria-hidden="true">
          {MARK[part.mark]}
        </span>{" "}
        {WORD[part.mark]}
      </span>
    </li>
  );
}

/** A part's placebo in grey, its bar from where the part before it ended, and its interval. */
function Bar({ step, x }: { step: Step; x: Scale }) {
  const { part, from, top, height } = step;
  const middle = top + height / 2;
  const thick = part.within === null ? 12 : 7;
  const at = (change: number) => x(from + change);
  const { change, low, high, placebo_low: least, placebo_high: most } = part;
  return (
    <g>
      {least !== null && most !== null && (
        <g class="al-placebo">
          <rect x={at(least)} y={top + 4} width={at(most) - at(least)} height={height - 8} />
          <line x1={at(least)} x2={at(least)} y1={top + 4} y2={top + height - 4} />
          <line x1={at(most)} x2={at(most)} y1={top + 4} y2={top + height - 4} />
        </g>
      )}
      <line class="al-break" x1={at(0)} x2={at(0)} y1={top - 4} y2={top + height} />
      {change !== null && (
        <rect
          class={`al-part-bar al-bar-${TONE[part.mark]}`}
          x={Math.min(at(0), at(change))}
          y={middle - thick / 2}
          width={Math.max(Math.abs(at(change) - at(0)), 1)}
          height={thick}
        />
      )}
      {low !== null && high !== null && <Whiskers low={at(low)} high={at(high)} y={middle} />}
    </g>
  );
}

const Whiskers = ({ low, high, y }: { low: number; high: number; y: number }) => (
  <path class="al-part-line" d={`M${low},${y - 3}v6m0,-3H${high}m0,-3v6`} />
);

/** Where the loss was and where it is. */
function Ends({ payload, x, height, width }: { payload: ExplanationPayload; x: Scale; height: number; width: number }) {
  const [before, after] = [payload.reference.loss, payload.current.loss];
  const first = before <= after;
  const label = (at: number, left: boolean) => ({
    x: Math.max(left ? 60 : 2, Math.min(x(at) + (left ? -4 : 4), width - (left ? 2 : 56))),
    y: 11,
    "text-anchor": left ? ("end" as const) : ("start" as const),
  });
  return (
    <g>
      <line class="al-line-ref" x1={x(before)} x2={x(before)} y1={14} y2={height} />
      <line class="al-line-cur" x1={x(after)} x2={x(after)} y1={14} y2={height} />
      <text class="al-ref al-halo" {...label(before, first)}>{`from ${number(before)}`}</text>
      <text class="al-cur al-halo" {...label(after, !first)}>{`to ${number(after)}`}</text>
    </g>
  );
}

function Grid({ x, domain, height, width }: { x: Scale; domain: Domain; height: number; width: number }) {
  const many = width < 160 ? 3 : 5;
  const step = roundStep(domain[1] - domain[0], many);
  return (
    <g>
      {ticks(domain[0], domain[1], many).map((value) => (
        <g key={value}>
          <line class="al-grid" x1={x(value)} x2={x(value)} y1={TOP} y2={height - FOOT} />
          <text x={x(value)} y={height - 5} text-anchor="middle">
            {rounded(value, step)}
          </text>
        </g>
      ))}
    </g>
  );
}
