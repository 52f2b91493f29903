import { linear } from "../../charts/scale";
import { STRIP, Strip, stripRight } from "../../charts/strip";
import { useWidth } from "../shared/width";
import { Brushes, dates, shared } from "../shared/windows";
import type { Model } from "./model";

/** Volume and alarms over time, and the two windows to drag. */
export function Overview({ model }: { model: Model }) {
  const [ref, width] = useWidth(928);
  const { axis, payload } = model;
  const x = linear([axis.start, axis.end], [0, width - stripRight(width)]);
  return (
    <div class="al-strip" ref={ref}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing's parts */}
      <svg
        width={width}
        height={STRIP.height}
        role="group"
        aria-label={`${payload.noun} and columns in alarm over time, with both windows`}
      >
        <Strip {...stripProps(model)} width={width} />
        <Brushes model={model} width={width} x={x} top={STRIP.top} base={STRIP.base} />
      </svg>
      <p class="al-hint">{hint(model)}</p>
    </div>
  );
}

function stripProps({ axis, payload, alarms, bandsPending: pending }: Model) {
  const { start, end, edges, rows, stepEdges, bucket: every } = axis;
  return { start, end, zone: axis.buckets.zone, edges, rows, stepEdges, alarms, pending, noun: payload.noun, every };
}

function hint({ axis, payload, reference, current }: Model): string {
  const moved = reference[0] !== payload.reference[0] || reference[1] !== payload.reference[1];
  const parts = [];
  if (shared(reference, current) > 0)
    parts.push("The windows overlap: the rows they share are compared with themselves.");
  if (moved)
    parts.push(
      `Bin edges stay as they were cut on ${dates(axis, payload.reference)}; double-click a window to go back.`,
    );
  return parts.length > 0 ? parts.join(" ") : "Drag a window or its edges, or use the arrow keys.";
}
