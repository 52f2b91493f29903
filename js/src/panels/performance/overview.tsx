import { LOSS_STRIP, LossOverTime, lossRight } from "../../charts/loss-over-time";
import { linear } from "../../charts/scale";
import { useWidth } from "../shared/width";
import { Brushes, shared } from "../shared/windows";
import type { Model, Shown } from "./model";
import { value } from "./values";

/** The metric in focus over time, and the two windows to drag. */
export function Overview({ model, shown, id }: { model: Model; shown: Shown; id: string }) {
  const [ref, width] = useWidth(928);
  const { axis, payload } = model;
  const { metric, realized, estimated } = shown;
  const right = width - lossRight(width);
  const x = linear([axis.start, axis.end], [LOSS_STRIP.left, right]);
  return (
    <div class="al-strip" ref={ref}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing's parts */}
      <svg
        width={width}
        height={LOSS_STRIP.height}
        role="group"
        aria-label={`${metric.title} over time, with both windows`}
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
          pointed={null}
          caption={`by ${axis.step}`}
          print={printed(metric)}
          id={`${id}-hatch`}
        />
        <Brushes model={model} width={width} x={x} top={LOSS_STRIP.top - 6} base={LOSS_STRIP.base} />
      </svg>
      <p class="al-hint">
        <b>{metric.title}</b> by {axis.step}. {hint(model)}
      </p>
    </div>
  );
}

const NAMES = ["realized", "estimated"] as const;
const NONE: readonly (number | null)[] = [];
const printers = new WeakMap<object, (value: number) => string>();

/** The same function for the same metric, so that a drawing that did not change stays. */
function printed(metric: Shown["metric"]): (value: number) => string {
  const print = printers.get(metric) ?? ((at) => value(metric, at));
  printers.set(metric, print);
  return print;
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
