import { useState } from "preact/hooks";
import { span } from "../../charts/calendar";
import { count, rounded, share } from "../../charts/format";
import { LOSS_STRIP, LossOverTime, lossRight } from "../../charts/loss-over-time";
import { pixelOf } from "../../charts/pixel";
import { linear, roundStep } from "../../charts/scale";
import type { Buckets, Series } from "../../contract/edges";
import { number, short } from "../shared/phrases";
import { stepName } from "../shared/steps";
import { useWidth } from "../shared/width";
import { WindowLabels } from "../shared/windows";
import { missingLabels } from "./labels";
import type { Model } from "./model";

const NOT_SHOWN = "The windows stay: edge cases are found in rows, which this page does not hold.";

/** The mean loss over time, realized and promised, of all rows or of the selected slice. */
export function Overview({ model, id }: { model: Model; id: string }) {
  const [ref, width] = useWidth(928);
  const [pointed, point] = useState<number | null>(null);
  const { payload, series, shown } = model;
  const { buckets } = payload;
  if (series === null) return null;
  const [start, end] = [buckets.starts_ms[0] ?? 0, buckets.ends_ms.at(-1) ?? 1];
  const x = linear([start, end], [LOSS_STRIP.left, width - lossRight(width)]);
  const { immature, arriving } = missingLabels(buckets);
  const every = stepName(buckets.every, 1);
  const last = buckets.starts_ms.length - 1;
  const at = (index: number) => x(buckets.starts_ms[index] ?? end);
  const dates = ([from, to]: readonly [number, number]) =>
    span(buckets.starts_ms[from] ?? 0, buckets.ends_ms[to - 1] ?? 0, buckets.zone);
  const instants = (range: readonly [number, number] | null) =>
    range && ([buckets.starts_ms[range[0]] ?? 0, buckets.ends_ms[range[1] - 1] ?? 0] as const);
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
      <svg width={width} height={LOSS_STRIP.height} role="group" aria-label="Over time">
        <g
          class="al-readable"
          role="slider"
          tabIndex={0}
          data-part="over-time"
          aria-label={`Mean ${payload.loss_words} of ${shown === null ? `all ${payload.noun}` : shown.words} over time`}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={pointed ?? last}
          aria-valuetext={reading(series, buckets, pointed ?? last, payload.loss_words)}
          onPointerMove={(event) => point(find(pixelOf(event)[0]))}
          onPointerLeave={() => point(null)}
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
            edges={edgesOf(buckets)}
            realized={series.realized}
            low={series.low}
            high={series.high}
            promised={series.promised}
            immature={immature}
            arriving={arriving}
            reference={instants(payload.reference)}
            current={instants(payload.current)}
            pointed={pointed}
            caption={`${payload.loss_words} by ${every}`}
            tick={(value) => rounded(value, Math.min(step, 0.1))}
            print={number}
          />
          {payload.reference !== null && payload.current !== null && (
            <WindowLabels x={at} width={width} reference={payload.reference} current={payload.current} words={dates} />
          )}
        </g>
      </svg>
      <p class="al-hint">
        {said ?? (
          <>
            {shown === null ? `All ${payload.noun}.` : `Only ${short(shown.words)}.`} {NOT_SHOWN}
          </>
        )}
      </p>
    </div>
  );
}

const edges = new WeakMap<Buckets, Float64Array>();

/** Where buckets start, and the end of the last: the same array for the same buckets, so that nothing is drawn twice. */
function edgesOf(buckets: Buckets): Float64Array {
  const known = edges.get(buckets) ?? Float64Array.of(...buckets.starts_ms, buckets.ends_ms.at(-1) ?? 1);
  edges.set(buckets, known);
  return known;
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
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const now = from ?? last + 1;
  const to = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, Home: 0, End: last }[
    event.key
  ];
  if (to === undefined) return undefined;
  event.preventDefault();
  event.stopPropagation();
  return Math.max(0, Math.min(last, to));
}
