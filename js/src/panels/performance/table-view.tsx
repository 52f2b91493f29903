import { number } from "../../charts/format";
import { AllNumbers } from "../shared/all-numbers";
import type { Model, Part } from "./model";
import { change, range, value } from "./values";
import { MARK, wordOf } from "./words";

type Cell = (part: Part) => string;

const NUMBERS: readonly (readonly [string, Cell, string?])[] = [
  ["reference", ({ metric, judgement }) => value(metric, judgement.like_for_like), "like for like by season"],
  ["current", ({ metric, judgement }) => value(metric, judgement.current.value)],
  [
    "interval",
    ({ metric, judgement: { current } }) => range(metric, current.low, current.high) || "–",
    "holds the true value in about 95\u202f% of cases",
  ],
  ["change", ({ metric, judgement }) => change(metric, judgement.change)],
  [
    "interval of change",
    ({ metric, judgement }) => range(metric, judgement.change_low, judgement.change_high) || "–",
    "holds the true change in about 95\u202f% of cases",
  ],
  ["matters from", ({ metric, judgement }) => change(metric, judgement.matters_from).replace(/^[+±]/, "")],
  [
    "usual",
    ({ metric, judgement }) => range(metric, judgement.usual_low, judgement.usual_high) || "–",
    "where natural variation alone keeps the current value, at the report's alarm rate",
  ],
  [
    "p",
    ({ judgement }) => (judgement.pvalue === null ? "–" : number(judgement.pvalue)),
    "chance of a change this large by natural variation alone",
  ],
  ["labelled, reference", ({ judgement }) => number(judgement.reference.n_labelled)],
  ["labelled, current", ({ judgement }) => number(judgement.current.n_labelled)],
  ["needs", ({ judgement }) => judgement.needs ?? "–"],
];

/** The numbers behind the picture: every metric, and below it its segments. */
export function TableView({ model }: { model: Model }) {
  const { by } = model.payload;
  return (
    <AllNumbers>
      <table>
        <thead>
          <tr>
            <th scope="col">verdict</th>
            <th scope="col">metric</th>
            {by !== null && <th scope="col">{by}</th>}
            {NUMBERS.map(([name, , meaning]) => (
              <th scope="col" class="al-num" key={name} title={meaning}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {model.order.flatMap((index) => {
            const shown = model.shown[index];
            return (shown === undefined ? [] : [shown.whole, ...shown.segments]).map((part) => (
              <tr key={`${part.metric.name} ${part.segment}`} class={model.pending ? "al-pending" : ""}>
                <td class={`al-${part.judgement.verdict}`}>
                  {`${MARK[part.judgement.verdict]} ${wordOf(part.judgement)}`}
                </td>
                <th scope="row">{part.metric.title}</th>
                {by !== null && <td>{part.segment ?? "all"}</td>}
                {NUMBERS.map(([name, cell]) => (
                  <td class="al-num" key={name}>
                    {cell(part)}
                  </td>
                ))}
              </tr>
            ));
          })}
        </tbody>
      </table>
    </AllNumbers>
  );
}
