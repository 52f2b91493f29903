import { useState } from "preact/hooks";
import { span } from "../../charts/calendar";
import { count, rounded, share } from "../../charts/format";
import { taken } from "../../charts/keys";
import { LOSS_STRIP, LossOverTime, lossRight } from "../../charts/loss-over-time";
import { pixelOf } from "../../charts/pixel";
import { linear, roundStep } from "../../charts/scale";
import type { Buckets, Series } from "../../contract/edges";
import { boundary, type Range } from "../shared/axis";
import { number, short } from "../shared/phrases";
import { stepName } from "../shared/steps";
import { useWidth } from "../shared/width";
import { Brushes, shared } from "../shared/windows";
import { missingLabels } from "./labels";
import type { Model } from "./model";

/** The mean loss over time, realized and promised, of all rows or of the selected slice, and both windows to drag. */
export function Overview({ model, id }: { model: Model; id: string }) {
  const [ref, width] = useWidth(928);
  const [pointed, point] = useState<number | null>(null);
  const { payload, series, shown, axis } = model;
  const { buckets } = payload;
  if (series === null) return null;
  const { start, end } = axis;
  const x = linear([start, end], [LOSS_STRIP.left, width - lossRight(width)]);
  const { immature, arriving } = missingLabels(buckets);
  const last = axis.size - 1;
  const still = (range: Range | null) =>
    range && !model.canMove ? ([boundary(axis, range[0]), buckets.ends_ms[range[1] - 1] ?? end] as const) : null;
  const said = pointed === null ? null : reading(series, buckets, pointed, payload.loss_words);
  const find = (pixel: number) => {
    const ms = x.invert(pixel);
    const found = buckets.ends_ms.findIndex((stop) => ms < stop);
    return ms < start || ms > end || found < 0 ? null : found;
  };
  const step = roundStep(Math.max(...series.realized.map((value) => value ?? 0)), 4);
  return (
    <div class="al-strip" ref={ref}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing's parts */}
      <svg
        width={width}
        height={LOSS_STRIP.height}
        role="group"
        aria-label="Over time"
        onPointerMove={(event) => point(model.dragging ? null : find(pixelOf(event)[0]))}
        onPointerLeave={() => point(null)}
      >
        <g
          class="al-readable"
          role="slider"
          tabindex={0}
          data-part="over-time"
          aria-label={`Mean ${payload.loss_words} of ${shown === null ? `all ${payload.noun}` : shown.words} over time`}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={pointed ?? last}
          aria-valuetext={reading(series, buckets, pointed ?? last, payload.loss_words)}
          onBlur={() => point(null)}
          onKeyDown={(event) => {
            const to = keyed(event, pointed, last);
            if (to !== undefined) point(to);
          }}
        >
          <rect class="al-hit" width={width} height={LOSS_STRIP.height} />
          <LossOverTime
            id={`${id}-hatch`}
            width={width}
            start={start}
            end={end}
            zone={buckets.zone}
            edges={axis.edges}
            realized={series.realized}
            low={series.low}
            high={series.high}
            promised={series.promised}
            immature={immature}
            arriving={arriving}
            reference={still(payload.reference)}
            current={still(payload.current)}
            pointed={pointed}
            caption={`${payload.loss_words} by ${stepName(buckets.every, 1)}`}
            tick={(value) => rounded(value, Math.min(step, 0.1))}
            print={number}
          />
        </g>
        {model.canMove && <Brushes model={model} width={width} x={x} top={LOSS_STRIP.top - 6} base={LOSS_STRIP.base} />}
      </svg>
      <p class="al-hint">
        {said ?? (
          <>
            {shown === null ? `All ${payload.noun}.` : `Only ${short(shown.words)}.`} {hint(model)}
          </>
        )}
      </p>
    </div>
  );
}

function hint(model: Model): string {
  if (!model.canMove) return "";
  if (shared(model.reference, model.current) > 0)
    return "The windows overlap: the rows they share are compared with themselves.";
  if (model.isMeasured) return "Drag a window or its edges, or use the arrow keys: slices and groups follow.";
  return `Slices were found and confirmed in ${model.measured}; a double click goes back there.`;
}

/** One bucket in words. */
function reading(series: Series, buckets: Buckets, i: number, loss: string): string {
  const when = span(buckets.starts_ms[i] ?? 0, buckets.ends_ms[i] ?? 0, buckets.zone);
  const [value, low, high, promised] = [series.realized[i], series.low[i], series.high[i], series.promised[i]];
  const reach = low == null || high == null ? "" : ` [${number(low)}, ${number(high)}]`;
  const rows = buckets.n_rows[i] ?? 0;
  const labels = rows === 0 ? "" : `; ${share((buckets.n_labelled[i] ?? 0) / rows)} of labels there`;
  const is = value == null ? `too few rows (${count(series.n[i] ?? 0)})` : `${loss} ${number(value)}${reach}`;
  const should = promised == null ? "" : `, promised ${number(promised)}`;
  return `${when}: ${is}${should}; ${count(series.n[i] ?? 0)} rows${labels}.`;
}

function keyed(event: KeyboardEvent, from: number | null, last: number): number | undefined {
  const now = from ?? last + 1;
  const [before, after] = [now - 1, now + 1];
  const to = taken(event, {
    ArrowLeft: before,
    ArrowDown: before,
    ArrowRight: after,
    ArrowUp: after,
    Home: 0,
    End: last,
  });
  return to === undefined ? undefined : Math.max(0, Math.min(last, to));
}
