import { number } from "../../charts/format";
import { AllNumbers } from "../shared/all-numbers";
import type { Model, Shown } from "./model";
import { MARK, moment, share, WORD } from "./phrases";

type Cell = (shown: Shown, model: Model) => string;

const optional = (value: number | null | undefined, print: (value: number) => string) =>
  value === null || value === undefined ? "–" : print(value);

const MEANT: Record<string, string> = {
  interval: "holds the true effect in at least 95\u202f% of cases",
  "natural, up to": "the effect that natural variation alone reaches",
  p: "chance of an effect this large by natural variation alone",
  q: "share of false finds to expect among the columns with a q up to this one",
  PSI: "population stability index, 10 bins",
  "JS distance": "Jensen–Shannon distance, 0 to 1",
  "Wasserstein, sd": "mean distance that rows moved, in robust standard deviations of the reference",
};

const NUMBERS: readonly (readonly [string, Cell])[] = [
  ["effect", ({ effect }) => optional(effect, share)],
  ["interval", ({ judged: { low, high } }) => (low === null || high === null ? "–" : `${share(low)} – ${share(high)}`)],
  ["natural, up to", ({ judged }) => optional(judged.natural, share)],
  ["p", ({ judged }) => optional(judged.pvalue, number)],
  ["q", ({ judged }) => optional(judged.qvalue, number)],
  ["PSI", ({ judged }) => optional(judged.psi, number)],
  ["JS distance", ({ judged }) => optional(judged.js, number)],
  ["Wasserstein, sd", ({ judged }) => optional(judged.wasserstein, number)],
  ["missing, reference", ({ series }, model) => share(series.missing(model.reference))],
  ["missing, current", ({ series }, model) => share(series.missing(model.current))],
  [
    "since",
    ({ column }, model) =>
      model.isJudgedByPython && column.onset ? moment(column.onset.at_ms, model.axis.buckets) : "–",
  ],
];

/** The numbers behind the picture, in the order of the list. */
export function TableView({ model }: { model: Model }) {
  return (
    <AllNumbers>
      <table>
        <thead>
          <tr>
            <th scope="col">verdict</th>
            <th scope="col">column</th>
            <th scope="col">role</th>
            {NUMBERS.map(([name]) => (
              <th scope="col" class="al-num" key={name} title={MEANT[name]}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {model.order.map((index) => (
            <TableRow key={index} model={model} shown={model.shown[index] as Shown} />
          ))}
        </tbody>
      </table>
    </AllNumbers>
  );
}

function TableRow({ model, shown }: { model: Model; shown: Shown }) {
  const { column, judged, pending } = shown;
  return (
    <tr class={pending ? "al-pending" : ""}>
      <td class={`al-${judged.verdict}`}>{`${MARK[judged.verdict]} ${WORD[judged.verdict]}`}</td>
      <th scope="row">{column.name}</th>
      <td>{column.role}</td>
      {NUMBERS.map(([name, cell]) => (
        <td class="al-num" key={name}>
          {cell(shown, model)}
        </td>
      ))}
    </tr>
  );
}
