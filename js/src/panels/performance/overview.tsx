import { useState } from "preact/hooks";
import { LOSS_STRIP, LossOverTime, lossRight } from "../../charts/loss-over-time";
import { linear } from "../../charts/scale";
import type { Metric } from "../../contract/performance";
import type { Range } from "../shared/axis";
import { share } from "../shared/phrases";
import { useWidth } from "../shared/width";
import { Brushes, dates, shared } from "../shared/windows";
import type { Model, Shown } from "./model";
import { mark, range, value } from "./values";

/** The metric in focus over time, and the two windows to drag. */
export function Overview({ model, shown, id }: { model: Model; shown: Shown; id: string }) {
  const [ref, width] = useWidth(928);
  const { axis, payload } = model;
  const { metric, realized, estimated } = shown;
  const right = width - lossRight(width);
  const [pointed, point] = useState<number | null>(null);
  const x = linear([axis.start, axis.end], [LOSS_STRIP.left, right]);
  return (
    <div class="al-strip" ref={ref}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing's parts */}
      <svg
        width={width}
        height={LOSS_STRIP.height}
        role="group"
        aria-label={`${metric.title} over time, with both windows`}
        onPointerMove={(event) => {
          const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
          point(px < LOSS_STRIP.left || px > right ? null : stepAt(model, x.invert(px)));
        }}
        onPointerLeave={() => point(null)}
      >
        <LossOverTime
          width={width}
          start={axis.start}
          end={axis.end}
          zone={payload.buckets.zone}
          edges={axis.stepEdges}
          realized={realized.value}
          low={realized.low}
          high={realized.high}
          promised={estimated?.value ?? NONE}
          around={estimated}
          names={NAMES}
          immature={model.immature}
          arriving
          reference={null}
          current={null}
          pointed={pointed}
          caption=""
          tick={printed(metric, mark)}
          print={printed(metric, value)}
          id={`${id}-hatch`}
        />
        <Brushes model={model} width={width} x={x} top={LOSS_STRIP.top - 6} base={LOSS_STRIP.base} />
      </svg>
      <p class="al-hint">
        <b>{metric.title}</b> by {axis.step}
        {pointed === null ? `. ${hint(model)}` : `, ${reading(model, shown, pointed)}`}
      </p>
    </div>
  );
}

const NAMES = ["realized", "estimated"] as const;
const NONE: readonly (number | null)[] = [];
type Print = (metric: Metric, at: number) => string;
const printers = new Map<Print, WeakMap<Metric, (at: number) => string>>();

/** The same function for the same metric, so that a drawing that did not change stays. */
function printed(metric: Metric, how: Print): (at: number) => string {
  const known = printers.get(how) ?? new WeakMap();
  printers.set(how, known);
  const print = known.get(metric) ?? ((at: number) => how(metric, at));
  known.set(metric, print);
  return print;
}

const stepAt = ({ axis }: Model, ms: number) =>
  Math.max(
    0,
    Math.min(
      axis.steps.length - 1,
      axis.stepEdges.findLastIndex((edge) => edge <= ms),
    ),
  );

/** One step in words. */
function reading({ axis, immature }: Model, { metric, realized, estimated }: Shown, step: number): string {
  const when = dates(axis, axis.steps[step] as Range);
  const is = realized.value[step] ?? null;
  const [low, high] = [realized.low[step] ?? null, realized.high[step] ?? null];
  const should = estimated?.value[step] ?? null;
  const there = immature[step] ?? null;
  return [
    `${when}: ${is === null ? "too few labels" : `${value(metric, is)} ${range(metric, low, high)}`.trim()}`,
    ...(should === null ? [] : [`estimated ${value(metric, should)}`]),
    ...(there === null ? [] : [`${share(there)} of labels there`]),
  ].join(", ");
}

function hint({ reference, current, payload, axis }: Model): string {
  const parts = [];
  if (shared(reference, current) > 0)
    parts.push("The windows overlap: the rows they share are compared with themselves.");
  const young = Array.from({ length: axis.size }, (_, d) => d).some(
    (d) => d >= current[0] && d < current[1] && !payload.buckets.mature[d],
  );
  if (young) parts.push("Of the current window only buckets with nearly all of their labels are judged.");
  return parts.length > 0 ? parts.join(" ") : "Drag a window or its edges, or use the arrow keys.";
}
