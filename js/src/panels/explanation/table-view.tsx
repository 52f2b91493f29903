import { count, number, share } from "../../charts/format";
import type { ExplanationPayload, Part } from "../../contract/explain";
import { AllNumbers, Heads, Numbers, numbers, optional, words } from "../shared/all-numbers";
import { estimate, MARK, TONE, WORD } from "./words";

const CHANGE = "change, 95\u202f%";
const PARTS = [
  ...words("accounting", "part"),
  ...numbers([CHANGE, "placebo", "p"], {
    placebo: "where the part lies between quiet stretches of the reference",
    p: "chance of a part this large between quiet stretches, adjusted for all parts of the report",
  }),
  ...words("verdict", "needs", "rests on"),
];
const SLICES = numbers([CHANGE, "n, was", "n, is", "share, was", "share, is", "loss, was", "loss, is"]);

/** The numbers behind the picture: parts, columns, slices. */
export function TableView({ payload }: { payload: ExplanationPayload }) {
  return (
    <AllNumbers>
      <table>
        <caption>Parts</caption>
        <Heads heads={PARTS} />
        <tbody>
          {payload.accountings.map(({ title, parts }) =>
            [...parts, payload.total].map((part) => <PartRow key={part.name} accounting={title} part={part} />),
          )}
        </tbody>
      </table>
      <ColumnTable payload={payload} />
      <SliceTable payload={payload} />
    </AllNumbers>
  );
}

function PartRow({ accounting, part }: { accounting: string; part: Part }) {
  const { placebo_high: most, placebo_low: least } = part;
  const placebo = most === null || least === null ? "–" : `${number(least)} to ${number(most)}`;
  return (
    <tr>
      <td>{accounting}</td>
      <th scope="row">{part.within === null ? part.title : `${part.within}: ${part.title}`}</th>
      <Numbers texts={[estimate(part), placebo, optional(part.pvalue, number)]} />
      <td class={`al-${TONE[part.mark]}`}>{`${MARK[part.mark]} ${WORD[part.mark]}`}</td>
      <td>{part.needs ?? ""}</td>
      <td>{part.assumption}</td>
    </tr>
  );
}

function ColumnTable({ payload }: { payload: ExplanationPayload }) {
  if (payload.columns.length === 0) return null;
  return (
    <table>
      <caption>Covariate, by column</caption>
      <Heads heads={[...words("column"), ...numbers([CHANGE])]} />
      <tbody>
        {payload.columns.map((one) => (
          <tr key={one.column}>
            <th scope="row">{one.column ?? "not placed"}</th>
            <Numbers texts={[estimate(one)]} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SliceTable({ payload }: { payload: ExplanationPayload }) {
  if (payload.slices.length === 0) return null;
  return (
    <table>
      <caption>Covariate, by slice</caption>
      <Heads heads={[...words("slice"), ...SLICES]} />
      <tbody>
        {payload.slices.map((one) => (
          <tr key={one.code}>
            <th scope="row">{one.words}</th>
            <Numbers
              texts={[
                estimate(one),
                count(one.n_reference),
                count(one.n_current),
                share(one.share_reference),
                share(one.share_current),
                optional(one.loss_reference, number),
                optional(one.loss_current, number),
              ]}
            />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
