import { MiddleCut } from "../shared/middle-cut";
import { Size } from "./metrics";
import type { Model, Part, Shown } from "./model";
import { change, harm, intervals, range, value } from "./values";
import { lackOf, MARK, wordOf } from "./words";

interface SegmentsProps {
  readonly model: Model;
  readonly shown: Shown;
  readonly domain: readonly [number, number];
}

/** Segments, the largest harm first. */
export function Segments({ model, shown, domain }: SegmentsProps) {
  const { by } = model.payload;
  if (by === null || shown.segments.length === 0)
    return <p class="al-more">Add by="…" to the call to see every metric in each segment of a column.</p>;
  const { metric } = shown;
  const worse = ({ judgement }: Part) =>
    harm(metric, judgement.like_for_like, judgement.change) ?? Number.NEGATIVE_INFINITY;
  const sorted = [...shown.segments].sort((a, b) => worse(b) - worse(a));
  return (
    <div class="al-block al-segment-block">
      <p class="al-title">
        {head(metric.title)} by {by}, what became worse first
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <ul class="al-segment-rows" tabIndex={0} aria-label={`${metric.title} by ${by}`}>
        {sorted.map((one) => (
          <Segment key={one.segment} model={model} part={one} domain={domain} />
        ))}
      </ul>
    </div>
  );
}

interface SegmentProps {
  readonly model: Model;
  readonly part: Part;
  readonly domain: readonly [number, number];
}

function Segment({ model, part, domain }: SegmentProps) {
  const { metric, judgement, segment } = part;
  const { verdict, needs } = judgement;
  const fade = model.pending ? " al-pending" : "";
  const word = wordOf(judgement);
  return (
    <li class="al-segment-row" title={intervals(metric, judgement)}>
      <span class={`al-mark al-${verdict}${fade}`} aria-hidden="true">
        {MARK[verdict]}
      </span>
      <span class="al-name">
        <MiddleCut text={segment ?? "all"} />
        <span class={`al-word al-${verdict}${fade}`} title={needs ?? ""}>
          {needs === null ? word : `${word}: ${lackOf(needs)}`}
        </span>
      </span>
      <Size part={part} domain={domain} />
      <span class="al-effect">
        {value(metric, judgement.like_for_like)} → {value(metric, judgement.current.value)}
        <span class={`al-word${fade}`}>
          {change(metric, judgement.change)} {range(metric, judgement.change_low, judgement.change_high)}
        </span>
      </span>
    </li>
  );
}

const head = (title: string) => title.charAt(0).toUpperCase() + title.slice(1);
