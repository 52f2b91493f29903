import type { ComponentChildren } from "preact";
import { count, number, share } from "../../charts/format";
import type { Estimate, KindVerdict, LoopPayload, ScoreBin } from "../../contract/loops";
import { AllNumbers } from "../shared/all-numbers";
import { type Measure, measuresOf } from "./measures";
import type { Model } from "./model";
import type { Tab } from "./panel";
import { dates, estimate, gainSaid, KIND, many, range, rate, tenthName } from "./words";

type Row = readonly [head: string, ...cells: ComponentChildren[]];

/** The numbers behind the picture. */
export function TableView({ model, tab }: { model: Model; tab: Tab }) {
  const { payload } = model;
  return (
    <AllNumbers>
      <Kinds payload={payload} />
      {tab === "labels" && payload.labels !== null && <Bins bins={payload.labels.bins} />}
      {tab === "loop" && (
        <>
          <OverTime model={model} />
          <Tenths model={model} />
          <Instruments payload={payload} />
          <Tried payload={payload} />
          <Plan payload={payload} />
          <Items payload={payload} />
        </>
      )}
    </AllNumbers>
  );
}

interface FrameProps {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly Row[];
  /** Columns of words. */
  readonly words?: readonly number[];
}

function Frame({ caption, heads, rows, words = [] }: FrameProps): ComponentChildren {
  if (rows.length === 0) return null;
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {heads.map((head, i) => (
            <th scope="col" class={i === 0 || words.includes(i) ? "" : "al-num"} key={i}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([head, ...cells], place) => (
          <tr key={place}>
            <th scope="row">{head}</th>
            {cells.map((cell, i) => (
              <td class={words.includes(i + 1) ? "" : "al-num"} key={i}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const known = (value: number | null | undefined, print: (value: number) => string) =>
  value == null ? "–" : print(value);

const Verdict = ({ mark, tone, word }: (typeof KIND)[KindVerdict]) => (
  <span class={`al-${tone}`}>
    {mark} {word}
  </span>
);

const Kinds = ({ payload }: { payload: LoopPayload }) => (
  <Frame
    caption="Kinds of loop"
    words={[1, 2, 4]}
    heads={["kind", "verdict", "statistic", "estimate, 95\u202f%", "needs"]}
    rows={payload.kinds.map((one) => [
      one.title,
      <Verdict key={one.name} {...KIND[one.verdict]} />,
      one.statistic,
      estimate(one.estimate),
      one.needs ?? "",
    ])}
  />
);

function OverTime({ model }: { model: Model }) {
  const { payload } = model;
  const measures = measuresOf(model);
  const { n_impressions: shown = [], n_clicks: clicks = null, noun = "period" } = payload.periods ?? {};
  return (
    <Frame
      caption="Over time"
      heads={[noun, "impressions", "clicks", ...measures.flatMap((one) => [one.title, "95\u202f%", one.quiet])]}
      rows={shown.map((n, i) => [
        dates(payload, i),
        count(n),
        known(clicks?.[i], count),
        ...measures.flatMap((one) => [known(one.value[i], one.print), rangeOf(one, i), known(one.null[i], one.print)]),
      ])}
    />
  );
}

function rangeOf({ low, high, print }: Measure, place: number): string {
  const [from, to] = [low[place], high[place]];
  return from == null || to == null ? "–" : range(from, to, print);
}

function Tenths({ model }: { model: Model }) {
  const { merit, payload, period } = model;
  if (merit === null) return null;
  return (
    <Frame
      caption={`Tenths of ${payload.noun}, ${dates(payload, period)}`}
      heads={["tenth", payload.noun, "exposure", "merit", "ratio, 95\u202f%", "click rate"]}
      rows={merit.exposure.map((exposure, k) => [
        tenthName(k, merit.exposure.length),
        count(merit.n_items[k] ?? 0),
        share(exposure),
        known(merit.merit[k], share),
        estimate(merit.ratio[k] as Estimate),
        known(merit.click_rate[k], share),
      ])}
    />
  );
}

const Instruments = ({ payload }: { payload: LoopPayload }) => (
  <Frame
    caption="Gain by instrument"
    words={[4]}
    heads={["instrument", "gain, 95\u202f%", "p", "periods", "weak"]}
    rows={payload.gain.instruments.map((one) => [
      one.title,
      estimate(one.gain, gainSaid),
      known(one.pvalue, number),
      String(one.n_periods),
      one.weak ? "weak" : "",
    ])}
  />
);

function Tried({ payload }: { payload: LoopPayload }) {
  const grid = payload.what_if;
  if (grid === null) return null;
  return (
    <Frame
      caption={`What if, in ${grid.horizon} ${many(payload.periods?.noun ?? "period", grid.horizon)}`}
      heads={["exploration", "corrected", "kept for new", "Gini", "click rate", "follows merit", "cost"]}
      rows={grid.settings.map((one) => [
        share(grid.explore[one.explore] ?? 0),
        one.correct ? "yes" : "no",
        share(grid.guarantee[one.guarantee] ?? 0),
        known(one.gini.value.at(-1), gainSaid),
        known(one.click_rate.value.at(-1), share),
        estimate(one.merit_correlation, gainSaid),
        estimate(one.cost, signedShare),
      ])}
    />
  );
}

const signedShare = (value: number) => (value < 0 ? `\u2212${share(-value)}` : share(value));

const Plan = ({ payload }: { payload: LoopPayload }) => (
  <Frame
    caption="What randomising would tell"
    heads={["share left to chance", many(payload.periods?.noun ?? "period", 2), "half-width"]}
    rows={payload.gain.plan.map((one) => [share(one.share), String(one.periods), number(one.half_width)])}
  />
);

const Items = ({ payload }: { payload: LoopPayload }) => (
  <Frame
    caption="Furthest from their merit"
    heads={[payload.noun, "ratio, 95\u202f%", "exposure", "impressions", "clicks"]}
    rows={[...payload.over_exposed, ...payload.under_exposed].map((one) => [
      one.name ?? "(not shared)",
      estimate(one.ratio),
      share(one.exposure),
      count(one.n_impressions),
      count(one.n_clicks),
    ])}
  />
);

const Bins = ({ bins }: { bins: readonly ScoreBin[] }) => (
  <Frame
    caption="By score"
    heads={["score", "rows", "labelled", "rate, labelled", "rate, all", "counts in effect"]}
    rows={bins.map((bin) => [
      `${number(bin.low)}–${number(bin.high)}`,
      count(bin.n),
      share(bin.labelled_share),
      estimate(bin.accepted_rate, rate),
      estimate(bin.weighted_rate, rate),
      known(bin.effective_share, share),
    ])}
  />
);
