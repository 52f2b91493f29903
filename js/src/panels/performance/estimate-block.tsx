import { linear } from "../../charts/scale";
import type { EstimatedValue, Gap, Metric } from "../../contract/performance";
import { moment } from "../shared/phrases";
import type { Model, Part } from "./model";
import { change, range, value } from "./values";

const HEIGHT = 46;
const NAME = 74; // pixels
const WORDS = 132;

/** The estimate without labels beside the realized value of the same rows; nothing where nothing was estimated. */
export function EstimateBlock({ model, part, width }: { model: Model; part: Part; width: number }) {
  const { estimates } = part.measure.series;
  const { metric } = part;
  const current = estimates?.current ?? null;
  if (estimates === null || current === null) return null;
  const gap = estimates.gap;
  return (
    <div class="al-block">
      <div class="al-blockhead">
        <p class="al-title">
          {model.isOriginal
            ? "Estimated without labels, in the current window"
            : "Estimated without labels, in the window first shown"}
        </p>
      </div>
      <Pair metric={metric} current={current} gap={gap} width={width} />
      <p class={gap?.held === "wrong" ? "al-cause" : "al-quiet"}>{said(model, metric, gap)}</p>
    </div>
  );
}

function said(model: Model, metric: Metric, gap: Gap | null): string {
  if (!model.isOriginal) return "Of the windows that Python judged, not of those moved here.";
  if (gap === null) return "No labels of these rows are in yet, so that nothing says whether the estimate holds.";
  const by = gap.realized - gap.estimated;
  const size = `${change(metric, by)} ${range(metric, gap.low, gap.high)}`.trim();
  const since = gap.since_ms === null ? "" : ` since ${moment(gap.since_ms, model.payload.buckets)}`;
  if (gap.held === "wrong") return `It assumed no concept drift, and was wrong by ${size}${since}.`;
  if (gap.held === "held") return `It held: the same rows differ by ${size}.`;
  return `Not told yet whether it held: these rows differ by ${size}.`;
}

interface PairProps {
  readonly metric: Metric;
  readonly current: EstimatedValue;
  readonly gap: Gap | null;
  readonly width: number;
}

/** Both on one scale. */
function Pair({ metric, current, gap, width }: PairProps) {
  const { value: at, low, high } = current;
  const ends = [at, low, high, ...(gap === null ? [] : [gap.realized])];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const x = linear([least, most], [NAME, width - WORDS]);
  return (
    <svg
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={`Estimated ${value(metric, at)}${gap === null ? "" : `, realized ${value(metric, gap.realized)}`}`}
    >
      <text class="al-if-ink" y={15}>
        estimated
      </text>
      <line class="al-promised" x1={x(low)} x2={x(high)} y1={11} y2={11} />
      <circle class="al-dot-if" cx={x(at)} cy={11} r={4} />
      <text class="al-ink" x={width} y={15} text-anchor="end">
        {value(metric, at)} {range(metric, low, high)}
      </text>
      {gap !== null && (
        <g>
          <text class="al-cur" y={37}>
            realized
          </text>
          <circle class="al-dot-cur" cx={x(gap.realized)} cy={33} r={4} />
          <text class="al-ink" x={width} y={37} text-anchor="end">
            {value(metric, gap.realized)}
          </text>
        </g>
      )}
    </svg>
  );
}
