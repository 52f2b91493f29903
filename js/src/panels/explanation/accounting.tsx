// One accounting as a waterfall: from the reference's loss, part by part, to the current one.

import { number, rounded } from "../../charts/format";
import { linear, roundStep, type Scale, ticks } from "../../charts/scale";
import type { Accounting, ExplanationPayload, Part } from "../../contract/explain";
import { useWidth } from "../shared/width";
import type { Model } from "./model";
import { type Domain, type Step, stepsOf } from "./waterfall";
import { MARK, partSaid, printer, standing, TONE, WORD } from "./words";

const ROW = 38;
const HEAD = 18;
const FOOT = 18;
const EDGE = 8;

export interface AccountingProps {
  readonly model: Model;
  readonly accounting: Accounting;
  readonly domain: Domain;
  /** Tell of a part, or of none. */
  readonly point: (part: Part | null) => void;
}

export function AccountingView({ model, accounting, domain, point }: AccountingProps) {
  const [ref, width] = useWidth(190);
  const { payload } = model;
  const { word, favoured, tested } = standing(payload, accounting);
  const steps = stepsOf(accounting, payload);
  const x = linear(domain, [EDGE, width - EDGE]);
  const print = printer(model.parts.map(({ change }) => change));
  return (
    <section
      class={`al-accounting${favoured ? " al-favoured" : ""}`}
      data-part={accounting.name}
      aria-label={accounting.title}
    >
      <p class="al-accounting-head">
        <b>{accounting.title}</b>
        {word !== "" && (
          <span class={favoured ? "al-chip al-chip-on" : "al-chip"} title={tested}>
            {word}
          </span>
        )}
      </p>
      <p class="al-accounting-words" title={accounting.words}>
        {accounting.words}
      </p>
      <div class="al-part-line" aria-hidden="true">
        <span />
        <div ref={ref}>
          <svg width={width} height={HEAD} aria-hidden="true">
            <EndNames payload={payload} x={x} width={width} />
          </svg>
        </div>
        <span />
      </div>
      {steps.map((step) => (
        <PartRow
          key={step.part.name}
          step={step}
          model={model}
          x={x}
          domain={domain}
          width={width}
          print={print}
          point={point}
        />
      ))}
      <div class="al-part-line" aria-hidden="true">
        <span />
        <Axis x={x} domain={domain} width={width} />
        <span />
      </div>
    </section>
  );
}

interface RowProps extends Omit<AccountingProps, "accounting"> {
  readonly step: Step;
  readonly x: Scale;
  readonly width: number;
  readonly print: (change: number | null) => string;
}

function PartRow({ step, model, x, domain, width, print, point }: RowProps) {
  const { part } = step;
  return (
    <button
      type="button"
      class={`al-part-line al-part${part.name === "total" ? " al-total" : ""}`}
      data-part={part.name}
      aria-pressed={model.part?.name === part.name}
      title={partSaid(part)}
      onPointerEnter={() => point(part)}
      onPointerLeave={() => point(null)}
      onFocus={() => point(part)}
      onBlur={() => point(null)}
      onClick={() => model.pickPart(part)}
    >
      <span class="al-part-name">
        <b>{part.title}</b>
        <span class="al-small-words">{part.name === "total" ? "the parts together" : part.words}</span>
      </span>
      <svg width={width} height={ROW} aria-hidden="true">
        <Guides model={model} x={x} domain={domain} />
        {part.change === null ? <Untold model={model} x={x} /> : <Bar step={step} x={x} domain={domain} />}
        {part.name === "covariate" && model.picked !== null && (
          <rect class="al-within" {...between(x(step.from), x(step.from + model.picked))} y={28} height={4} />
        )}
      </svg>
      <span class="al-part-figures">
        <span class="al-part-change">{print(part.change)}</span>
        <span class={`al-small-words al-${TONE[part.mark]}`}>
          <span class={`al-mark al-${TONE[part.mark]}`}>{MARK[part.mark]}</span> {WORD[part.mark]}
        </span>
      </span>
    </button>
  );
}

const between = (a: number, b: number) => ({ x: Math.min(a, b), width: Math.max(Math.abs(b - a), 1.5) });

/** Grid lines, and where the loss was and is: drawn in every row, so that they pass through all. */
function Guides({ model, x, domain }: { model: Model; x: Scale; domain: Domain }) {
  const { reference, current } = model.payload;
  return (
    <g>
      {ticks(domain[0], domain[1], 4).map((value) => (
        <line key={value} class="al-grid" x1={x(value)} x2={x(value)} y2={ROW} />
      ))}
      <line class="al-line-ref" x1={x(reference.loss)} x2={x(reference.loss)} y2={ROW} />
      <line class="al-line-cur" x1={x(current.loss)} x2={x(current.loss)} y2={ROW} />
    </g>
  );
}

/** A part's placebo in grey, its bar from where the part before it ended, and its interval; ends beyond are left out. */
function Bar({ step, x, domain }: { step: Step; x: Scale; domain: Domain }) {
  const { part, from } = step;
  const { change, low, high, placebo_low: least, placebo_high: most } = part;
  const inside = (end: number) => from + end >= domain[0] && from + end <= domain[1];
  const at = (end: number) => x(Math.max(domain[0], Math.min(domain[1], from + end)));
  const middle = ROW / 2;
  return (
    <g>
      {least !== null && most !== null && (
        <g class="al-placebo">
          <rect {...between(at(least), at(most))} y={5} height={ROW - 10} />
          {[least, most].filter(inside).map((end) => (
            <line key={end} x1={at(end)} x2={at(end)} y1={5} y2={ROW - 5} />
          ))}
        </g>
      )}
      <line class="al-break" x1={at(0)} x2={at(0)} y2={middle} />
      <line class="al-break" x1={at(change ?? 0)} x2={at(change ?? 0)} y1={middle} y2={ROW} />
      <rect
        class={`al-part-bar al-bar-${part.name === "total" ? "total" : TONE[part.mark]}`}
        {...between(at(0), at(change ?? 0))}
        y={middle - 6}
        height={12}
      />
      {low !== null && high !== null && (
        <path
          class="al-part-reach"
          d={`M${at(low)},${middle}H${at(high)}${[low, high]
            .filter(inside)
            .map((end) => `M${at(end)},${middle - 3}v6`)
            .join("")}`}
        />
      )}
    </g>
  );
}

/** What could not be split is hatched from end to end. */
function Untold({ model, x }: { model: Model; x: Scale }) {
  const { reference, current } = model.payload;
  const { x: left, width } = between(x(reference.loss), x(current.loss));
  const lines = Array.from({ length: Math.ceil((width + 18) / 6) }, (_, i) => {
    const start = left - 12 + 6 * i;
    const [from, to] = [Math.max(start, left), Math.min(start + 18, left + width)];
    return to > from ? `M${from},${28 - (from - start)}L${to},${28 - (to - start)}` : "";
  });
  return <path class="al-hatch" d={lines.join("")} />;
}

const LETTER = 6.1;

/** Where the loss was and where it is, in words that never meet. */
function EndNames({ payload, x, width }: { payload: ExplanationPayload; x: Scale; width: number }) {
  const [before, after] = [payload.reference.loss, payload.current.loss];
  const long = [`reference ${number(before)}`, `current ${number(after)}`];
  const short = [number(before), number(after)];
  const texts = long.join("").length * LETTER + 12 < width ? long : short;
  const wide = texts.map((text) => text.length * LETTER);
  const order = before <= after ? [0, 1] : [1, 0];
  const [first, second] = order as [number, number];
  const [left, right] = [wide[first] ?? 0, wide[second] ?? 0];
  const middle = (x(before) + x(after)) / 2;
  const split = Math.max(left + 4, Math.min(width - right - 4, middle));
  const clamped = [Math.min(split - 4, x(Math.min(before, after)) + left / 2), split + 4];
  const end = Math.max(clamped[0] as number, left);
  const start = Math.max(split + 4, Math.min(width - right, x(Math.max(before, after)) - right / 2));
  return (
    <g>
      <text class={first === 0 ? "al-ref" : "al-cur"} x={end} y={12} text-anchor="end">
        {texts[first]}
      </text>
      <text class={second === 0 ? "al-ref" : "al-cur"} x={start} y={12}>
        {texts[second]}
      </text>
    </g>
  );
}

function Axis({ x, domain, width }: { x: Scale; domain: Domain; width: number }) {
  const many = width < 160 ? 3 : 4;
  const step = roundStep(domain[1] - domain[0], many);
  return (
    <svg width={width} height={FOOT} aria-hidden="true">
      <line class="al-axis" x1={EDGE} x2={width - EDGE} y1={0.5} y2={0.5} />
      {ticks(domain[0], domain[1], many).map((value) => (
        <text key={value} x={x(value)} y={13} text-anchor="middle">
          {rounded(value, step)}
        </text>
      ))}
    </svg>
  );
}
