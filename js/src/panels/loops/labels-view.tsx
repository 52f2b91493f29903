import { count, number, share } from "../../charts/format";
import { ScoreBars, ScoreRates } from "../../charts/score-chart";
import { Whisker, WhiskerAxis } from "../../charts/whisker";
import type { Estimate, LoopPayload, SelectiveLabels } from "../../contract/loops";
import { useWidth } from "../shared/width";
import { estimate, rate } from "./words";

const WHO = 286;
const COUNT = 252;
const RATES = 430;
const FLOOR = 0.05; // of rows that count in effect, below which no rate of all rows is told

/** Labels that exist because the model accepted: who has one, and what they say of all. */
export function LabelsView({ payload, labels }: { payload: LoopPayload; labels: SelectiveLabels }) {
  return (
    <>
      <div class="al-loop-left">
        <Who payload={payload} labels={labels} />
      </div>
      <div class="al-detail al-loop-right">
        <Rates payload={payload} labels={labels} />
      </div>
    </>
  );
}

function Who({ payload, labels }: { payload: LoopPayload; labels: SelectiveLabels }) {
  const [ref, width] = useWidth(330);
  const { bins } = labels;
  const frame = {
    width,
    low: bins.map((bin) => bin.low),
    high: bins.map((bin) => bin.high),
    print: share,
    xTitle: "score",
  };
  const [first, last] = [bins[0], bins.at(-1)];
  const labelled = bins.reduce((sum, bin) => sum + bin.n * bin.labelled_share, 0);
  const all = bins.reduce((sum, bin) => sum + bin.n, 0);
  return (
    <div ref={ref} class="al-flow-blocks">
      <section class="al-block">
        <p class="al-loop-title">Who has a label</p>
        <p class="al-loop-words al-two">
          {share(labelled / Math.max(1, all))} of {count(all)} {payload.noun}: {share(first?.labelled_share ?? 0)} of
          those with the lowest scores, {share(last?.labelled_share ?? 0)} with the highest
        </p>
        <svg width={width} height={WHO} role="img" aria-label="Share labelled by score">
          <ScoreBars {...frame} height={WHO} values={bins.map((bin) => bin.labelled_share)} floor={null} most={1} />
        </svg>
      </section>
      <section class="al-block">
        <p class="al-loop-title">How many of them count</p>
        <p class="al-loop-words al-two">
          effective share of rows once weighted; below {share(FLOOR)}, dotted, the rate of all rows is refused
        </p>
        <svg width={width} height={COUNT} role="img" aria-label="Effective share by score">
          <ScoreBars {...frame} height={COUNT} values={bins.map((bin) => bin.effective_share)} floor={FLOOR} most={1} />
        </svg>
      </section>
    </div>
  );
}

function Rates({ payload, labels }: { payload: LoopPayload; labels: SelectiveLabels }) {
  const [ref, width] = useWidth(560);
  const { bins, refused } = labels;
  return (
    <div ref={ref} class="al-flow-blocks">
      <section class="al-block">
        <p class="al-loop-title">What labels say, and what all {payload.noun} would</p>
        <p class="al-loop-words al-two">
          rate by score among {payload.noun} with a label, and of all, weighted by the chance to have one; hatched: too
          few count to tell
        </p>
        <svg width={width} height={RATES} role="img" aria-label="Rates by score, among labelled and of all">
          <ScoreRates
            width={width}
            height={RATES}
            low={bins.map((bin) => bin.low)}
            high={bins.map((bin) => bin.high)}
            seen={bins.map((bin) => bin.accepted_rate)}
            weighted={bins.map((bin) => bin.weighted_rate)}
            names={["labelled", "all"]}
            print={share}
            xTitle="score"
          />
        </svg>
      </section>
      <section class="al-block">
        <p class="al-loop-title">Over all scores</p>
        <p class="al-loop-words">
          95{"\u202f"}% intervals; {share(labels.effective_share ?? 0)} of rows count in effect
        </p>
        <Overall labels={labels} width={width} />
        <p class="al-gain-words">
          {refused && (
            <span class="al-cannot_tell al-strong-word">
              <span aria-hidden="true">◌</span> cannot tell:{" "}
            </span>
          )}
          {labels.words}
        </p>
      </section>
    </div>
  );
}

function Overall({ labels, width }: { labels: SelectiveLabels; width: number }) {
  const rows: readonly (readonly [string, Estimate, "quiet" | "alarm"])[] = [
    ["labelled", labels.accepted_rate, "quiet"],
    ["all", labels.weighted_rate, "quiet"],
  ];
  const most = Math.max(0.01, ...rows.flatMap(([, one]) => [one.high ?? 0, one.value ?? 0])) * 1.08;
  const wide = Math.max(80, width - 240);
  return (
    <div class="al-overall">
      {rows.map(([name, one, tone], place) => (
        <div key={name} class={`al-overall-row al-overall-${place === 0 ? "ref" : "cur"}`}>
          <span>{name}</span>
          <Whisker width={wide} height={22} domain={[0, most]} {...one} tone={tone} />
          <span class="al-num">{one.value === null ? "refused" : estimate(one, rate)}</span>
        </div>
      ))}
      <div class="al-overall-row" aria-hidden="true">
        <span />
        <WhiskerAxis
          width={wide}
          domain={[0, most]}
          print={(value) => (value === 0 ? "0" : `${number(100 * value)}\u202f%`)}
        />
        <span />
      </div>
    </div>
  );
}
