import { RULER_HEIGHT, Ruler } from "../../charts/ruler";
import { MiddleCut } from "../shared/middle-cut";
import { useWidth } from "../shared/width";
import { CalibrationBlock } from "./calibration-block";
import { EstimateBlock } from "./estimate-block";
import { MaturationBlock } from "./maturation-block";
import type { Model, Part, Shown } from "./model";
import { change, intervals, kind, mark, range, value } from "./values";
import { MARK, WORD, wordOf } from "./words";

/** Everything about the metric in focus. */
export function Detail({ model, shown }: { model: Model; shown: Shown }) {
  const [ref, width] = useWidth(500);
  const { metric, whole } = shown;
  const { judgement } = whole;
  return (
    <div class="al-detail al-flow" ref={ref}>
      <div class="al-heading">
        <p class="al-column">
          <MiddleCut text={metric.title} />
          <span class="al-kind">{kind(metric)}</span>
        </p>
        <span class={`al-judged al-${judgement.verdict}${model.pending ? " al-pending" : ""}`}>
          <span class="al-mark" aria-hidden="true">
            {MARK[judgement.verdict]}
          </span>{" "}
          {judgement.verdict === "stable" && wordOf(judgement) !== WORD.stable
            ? "stable, large but usual"
            : WORD[judgement.verdict]}
        </span>
      </div>
      <Words model={model} part={whole} />
      <ChangeBlock model={model} part={whole} width={width} />
      <EstimateBlock model={model} part={whole} width={width} />
      <CalibrationBlock model={model} shown={shown} width={width} />
      <MaturationBlock model={model} width={width} />
    </div>
  );
}

function Words({ model, part: { metric, judgement } }: { model: Model; part: Part }) {
  const { like_for_like: old, change: by, change_low: low, change_high: high, matters_from: matters } = judgement;
  const { current } = judgement;
  const fade = model.pending ? "al-pending" : "";
  return (
    <div class="al-words">
      <p title={intervals(metric, judgement)}>
        Now{" "}
        <b>
          {value(metric, current.value)} {range(metric, current.low, current.high)}
        </b>
        , in the reference {value(metric, old)}
        {model.payload.buckets.season_name === null ? "" : ", like for like"}.
      </p>
      <p class={fade}>
        Changed by <b>{`${change(metric, by)} ${range(metric, low, high)}`.trim()}</b>
        {matters !== null && matters > 0 && `; from ${change(metric, matters).slice(1)} on it matters`}.
      </p>
      <p class={fade}>{why(metric, judgement)}</p>
    </div>
  );
}

/** What decided, in one sentence. */
function why(metric: Part["metric"], judgement: Part["judgement"]): string {
  const { verdict, needs, usual_low: low, usual_high: high } = judgement;
  if (verdict === "cannot_tell") return `Cannot tell yet: this needs ${needs ?? "more labelled rows"}.`;
  if (low === null || high === null) return "";
  const usual = `${value(metric, low)} to ${value(metric, high)}`;
  if (verdict === "stable") return `By itself it would be anywhere from ${usual}.`;
  return `By itself it would have stayed within ${usual}.`;
}

/** Both values over the band of natural variation. */
function ChangeBlock({ model, part: { metric, judgement }, width }: { model: Model; part: Part; width: number }) {
  const { like_for_like: old, current, reference, change_low: low, change_high: high } = judgement;
  if (old === null || current.value === null) return null;
  const { usual_low: from, usual_high: to } = judgement;
  const shift = old - (reference.value ?? old);
  const moved = (end: number | null) => (end === null ? null : end + shift);
  return (
    <div class="al-block">
      <div class="al-blockhead">
        <p class="al-title">Change against natural variation</p>
        <p class="al-key">
          <span class="al-swatch-ref al-soft">usual</span> <span class="al-alarm-ink">┆ matters</span>
        </p>
      </div>
      <svg
        width={width}
        height={RULER_HEIGHT}
        role="img"
        aria-label={`${metric.title}: reference ${value(metric, old)}, current ${value(metric, current.value)}, usual ${value(metric, from)} to ${value(metric, to)}`}
      >
        <Ruler
          width={width}
          before={{ value: old, low: moved(reference.low), high: moved(reference.high) }}
          after={{
            value: current.value,
            low: low === null ? current.low : old + low,
            high: high === null ? current.high : old + high,
          }}
          usual={from === null || to === null ? null : [from, to]}
          matters={judgement.matters_from}
          pending={model.pending}
          print={(at) => mark(metric, at)}
          said={[value(metric, old), value(metric, current.value)]}
        />
      </svg>
    </div>
  );
}
