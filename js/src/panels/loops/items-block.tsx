import { count, share } from "../../charts/format";
import type { Item, LoopPayload } from "../../contract/loops";
import { MiddleCut } from "../shared/middle-cut";
import { estimate, fed, times } from "./words";

const MOST = 4;

/** Items that are shown much more, or much less, than their merit. */
export function ItemsBlock({ payload }: { payload: LoopPayload }) {
  const { over_exposed: over, under_exposed: under } = payload;
  if (over.length + under.length === 0) return null;
  return (
    <section class="al-block al-items">
      <Side title={"most above merit"} items={over} payload={payload} />
      <Side title="most below merit" items={under} payload={payload} />
    </section>
  );
}

function Side({ title, items, payload }: { title: string; items: readonly Item[]; payload: LoopPayload }) {
  return (
    <div>
      <p class="al-title">{title}</p>
      <ol class="al-item-list">
        {items.slice(0, MOST).map((one, place) => (
          <li key={place} class="al-item" title={itemSaid(one, payload)}>
            <span class="al-item-name">
              {one.name === null ? (
                <span class="al-quiet">{share(one.exposure)} of all</span>
              ) : (
                <MiddleCut text={one.name} />
              )}
            </span>
            <span class="al-num">{one.ratio.value === null ? "–" : times(one.ratio.value)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

const itemSaid = (one: Item, payload: LoopPayload) =>
  `${one.name ?? "name not shared (public_items=True shares it)"}: ratio ${estimate(one.ratio)}; ${share(one.exposure)} of impressions, ${count(one.n_impressions)} impressions, ${count(one.n_clicks)} ${fed(payload)}`;
