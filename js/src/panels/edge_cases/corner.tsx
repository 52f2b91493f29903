import { number, share } from "../../charts/format";
import type { Estimate, GroupName } from "../../contract/edges";
import type { Model } from "./model";
import { isBad, lossSaid, TITLE } from "./words";

/** One of the four groups, at its corner of the cells: its share, what it is compared with, its loss. Picks it. */
export function Corner({ model, name }: { model: Model; name: GroupName }) {
  const { tally, beside, slice, group } = model;
  const { share: part, loss } = tally.groups[name];
  const other = beside?.groups[name] ?? null;
  const bad = isBad(name);
  return (
    <button
      type="button"
      class={`al-group${bad ? " al-group-bad" : ""}`}
      data-part={name}
      aria-pressed={group === name}
      title={`${whole(model, name)} Pick it to see it alone, again to let it go.`}
      onClick={() => model.pickGroup(name)}
    >
      <span class="al-group-name">
        {bad && (
          <span class="al-mark al-drifted" aria-hidden="true">
            ●
          </span>
        )}
        {TITLE[name]}
      </span>
      <span class="al-group-figures">
        {part === null ? "none" : shareOf(part, tally.n)}
        {other !== null && other.share !== null && (
          <span class="al-ref">
            {" "}
            ({slice === null ? "reference" : "all"} {shareOf(other.share, beside?.n ?? 0)})
          </span>
        )}
        {loss !== null && <span class="al-group-loss"> loss {lossSaid(loss, model.payload)}</span>}
      </span>
    </button>
  );
}

/** None of many is not nothing: with 95 % confidence the share is below three in so many. */
const shareOf = (part: number, of: number) => (part === 0 && of > 0 ? `<${share(Math.min(1, 3 / of))}` : share(part));

/** The group with its intervals, which hold at the report's own thresholds alone. */
function whole({ payload, isOriginal, slice, tally }: Model, name: GroupName): string {
  const own = payload.groups.find((one) => one.name === name);
  const { n } = tally.groups[name];
  if (own === undefined || !isOriginal || slice !== null) return `${n} of ${tally.n} ${payload.noun}.`;
  const said = [`${n} of ${tally.n} ${payload.noun}: ${reach(own.share, share)}`, `loss ${reach(own.loss, number)}`];
  if (own.share_reference !== null) said.push(`reference ${reach(own.share_reference, share)}`);
  return `${said.join("; ")}.`;
}

function reach({ value, low, high }: Estimate, print: (value: number) => string): string {
  if (value === null) return "unknown";
  return low === null || high === null ? print(value) : `${print(value)} [${print(low)}, ${print(high)}]`;
}
