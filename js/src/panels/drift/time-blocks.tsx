import { span } from "../../charts/calendar";
import { roundShare } from "../../charts/format";
import { margins } from "../../charts/frame";
import { mostOf, OverTime, overTimeScales } from "../../charts/over-time";
import { linear } from "../../charts/scale";
import { ShareOverTime } from "../../charts/share-over-time";
import { Threshold } from "../../charts/threshold";
import { boundary } from "../shared/axis";
import { stepsIn } from "../shared/windows";
import { type BlockProps, spareOf } from "./distribution-block";
import type { Model } from "./model";
import { share } from "./phrases";
import type { Range } from "./table";
import { binsName } from "./values";

interface TimeProps extends BlockProps {
  readonly pointed: number | null;
  readonly point: (step: number | null) => void;
}

const TIME = 158;
const SHARES = 46;

/** The effect step by step, with both lines that decide. */
export function TimeBlock(props: TimeProps) {
  const { model, shown, width, pointed } = props;
  const { axis, threshold } = model;
  const { judged, pending, column } = shown;
  const instants = ([from, to]: Range) => [boundary(axis, from), boundary(axis, to)] as const;
  const { left, right } = margins(width);
  const chart = {
    ...timeSpan(model),
    width,
    height: TIME + spareOf(props),
    times: axis.times,
    edges: axis.stepEdges,
    bandPending: model.bandsPending && (pending || shown.band === null),
    effects: shown.steps,
    natural: shown.band,
    naturalCurrent: judged.natural,
    matters: model.matters,
    pending,
    effect: shown.effect,
    interval: judged.low === null || judged.high === null || pending ? null : ([judged.low, judged.high] as const),
    reference: instants(model.reference),
    current: instants(model.current),
    onset:
      model.isJudgedByPython && column.onset
        ? { at: column.onset.at_ms, low: column.onset.low_ms, high: column.onset.high_ms }
        : null,
    step: axis.step,
    pointed,
  };
  const { y } = overTimeScales({ ...chart, most: mostOf(chart) });
  return (
    <div class="al-block">
      <div class="al-blockhead">
        <p class="al-title">Effect against the reference, by {axis.step}</p>
        <p class="al-key">{pointed !== null && reading(model, pointed, shown.steps[pointed])}</p>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing's parts */}
      <svg
        width={width}
        height={chart.height}
        role="group"
        aria-label={`Effect on ${column.name} by ${axis.step}`}
        {...pointing(props)}
      >
        <OverTime {...chart}>
          {model.isByEffect && (
            <Threshold
              left={left}
              right={width - right}
              width={right - 2}
              y={y}
              value={threshold}
              latest={() => model.threshold}
              text={roundShare(threshold)}
              change={(value) => model.setThreshold(value)}
              done={() => model.settle(120)}
              reset={() => {
                model.setThreshold(model.payload.min_effect);
                model.settle();
              }}
            />
          )}
        </OverTime>
      </svg>
    </div>
  );
}

function timeSpan({ axis }: Model) {
  return { start: axis.start, end: axis.end, zone: axis.buckets.zone };
}

function reading({ axis }: Model, step: number, value: number | undefined) {
  const [from, to] = axis.steps[step] as Range;
  const when = span(boundary(axis, from), axis.buckets.ends_ms[to - 1] ?? axis.end, axis.buckets.zone);
  return (
    <span>
      {when}: <b class="al-ink">{value === undefined || Number.isNaN(value) ? "no rows" : share(value)}</b>
    </span>
  );
}

/** The nearest step under the pointer. */
function pointing({ model, width, point }: TimeProps) {
  const { left, right } = margins(width);
  const x = linear([model.axis.start, model.axis.end], [left, width - right]);
  return {
    onPointerMove: (event: PointerEvent) => {
      const px = event.clientX - (event.currentTarget as Element).getBoundingClientRect().left;
      point(px < left - 6 || px > width - right + 6 ? null : nearest(model.axis.times, x.invert(px)));
    },
    onPointerLeave: () => point(null),
  };
}

function nearest(times: Float64Array, time: number): number {
  let best = 0;
  for (let i = 1; i < times.length; i++) {
    if (Math.abs((times[i] as number) - time) < Math.abs((times[best] as number) - time)) best = i;
  }
  return best;
}

/** The share of the rows that are picked, or else missing, step by step. */
export function ShareBlock(props: TimeProps) {
  const { model, shown, width, pointed, print } = props;
  const { axis } = model;
  const bins = model.selection?.column === shown.column.name ? model.selection.bins : null;
  const of = (window: Range) => (bins === null ? shown.series.missing(window) : shown.series.within(window, bins));
  const shares = Float64Array.from(axis.steps, of);
  const [before, after] = [of(model.reference), of(model.current)];
  const name = bins === null ? "Missing values" : `Share of ${binsName(shown.column, bins, print)}`;
  const none = bins === null && shares.every((value) => value === 0);
  return (
    <div class="al-block">
      <div class="al-blockhead">
        <p class="al-title">
          {name}, by {axis.step}
        </p>
        <p class="al-key">
          {pointed !== null ? (
            reading(model, pointed, shares[pointed])
          ) : (
            <span>
              <span class="al-ref">{share(before)}</span> → <span class="al-cur">{share(after)}</span>
            </span>
          )}
        </p>
      </div>
      <svg
        width={width}
        height={SHARES}
        role="img"
        aria-label={`${name} by ${axis.step}: ${share(before)} in the reference, ${share(after)} now`}
        {...pointing(props)}
      >
        <ShareOverTime
          {...timeSpan(model)}
          width={width}
          height={SHARES}
          edges={axis.stepEdges}
          shares={shares}
          current={stepsIn(axis, model.current)}
          what={none ? "none missing" : "share of rows"}
          pointed={pointed}
        />
      </svg>
    </div>
  );
}
