import { count, number, share } from "../../charts/format";
import type { EdgeCasePayload, Slice } from "../../contract/edges";
import { AllNumbers, Heads, Numbers, numbers, optional, words } from "../shared/all-numbers";
import { moment } from "../shared/phrases";
import type { Model } from "./model";
import { GROUPS } from "./tally";
import { estimate, MARK, signed, TITLE, TONE, WORD } from "./words";

type Cell = (slice: Slice, payload: EdgeCasePayload) => string;

const MEANT: Record<string, string> = {
  "effect, 95\u202f%": "on rows that the slice was not found on",
  q: "share of false finds to expect among the slices with a q up to this one",
  explains: "of all loss: what the slice has in excess of elsewhere",
  "above promise": "loss above what the calibrated score promised",
  change: "the effect less that in the reference",
};

const NUMBERS: readonly (readonly [string, Cell])[] = [
  ["n", ({ n }) => count(n)],
  ["share", (slice) => share(slice.share)],
  ["loss", ({ loss }) => optional(loss, number)],
  ["elsewhere", ({ loss_elsewhere: elsewhere }) => optional(elsewhere, number)],
  ["effect, 95\u202f%", ({ effect }) => estimate(effect)],
  ["q", ({ qvalue }) => optional(qvalue, number)],
  ["explains", ({ explained_share: explained }) => optional(explained, share)],
  ["above promise", ({ above_promise: above }) => estimate(above)],
  ["in the reference", ({ before }) => estimate(before)],
  ["change", ({ change }) => estimate(change)],
  ["worse since", ({ worse_since_ms: since }, { buckets }) => (since === null ? "–" : moment(since, buckets))],
];

const HEADS = [
  ...words("verdict", "slice"),
  ...numbers(
    NUMBERS.map(([name]) => name),
    MEANT,
  ),
  ...words("needs"),
];

/** The numbers behind the picture: the groups, then the slices in the order of the list. */
export function TableView({ model }: { model: Model }) {
  return (
    <AllNumbers>
      <GroupTable model={model} />
      <table>
        <caption>Slices{model.isMeasured ? "" : `, as measured in ${model.measured}`}</caption>
        <Heads heads={HEADS} />
        <tbody>
          {model.payload.slices.map((slice, place) => (
            <tr key={place}>
              <td class={`al-${TONE[slice.verdict]}`}>{`${MARK[slice.verdict]} ${WORD[slice.verdict]}`}</td>
              <th scope="row">{slice.words}</th>
              <Numbers texts={NUMBERS.map(([, cell]) => cell(slice, model.payload))} />
              <td>{slice.needs ?? ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </AllNumbers>
  );
}

function GroupTable({ model }: { model: Model }) {
  const { tally, beside, slice, shown, payload } = model;
  const other = slice === null ? "reference" : `all ${payload.noun}`;
  return (
    <table>
      <caption>
        Groups of {shown === null ? `all ${payload.noun}` : shown.words}: odd from {signed(model.odd).replace("+", "")},
        bad from {number(model.bad)}
      </caption>
      <Heads
        heads={[
          ...words("group"),
          ...numbers(["n", "share", "loss", "share of loss", `share, ${other}`, `loss, ${other}`]),
        ]}
      />
      <tbody>
        {GROUPS.map((name) => {
          const [now, then] = [tally.groups[name], beside?.groups[name] ?? null];
          const cells = [
            count(now.n),
            optional(now.share, share),
            optional(now.loss, number),
            optional(now.lossShare, share),
            optional(then?.share ?? null, share),
            optional(then?.loss ?? null, number),
          ];
          return (
            <tr key={name}>
              <th scope="row">{TITLE[name]}</th>
              <Numbers texts={cells} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
