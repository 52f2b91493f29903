import { count } from "../../charts/format";
import { pure } from "../../charts/pure";
import { Whisker } from "../../charts/whisker";
import type { EdgeCasePayload, Slice } from "../../contract/edges";
import { MiddleCut } from "../shared/middle-cut";
import { estimate, MARK, signed, sinceSaid, sliceSaid, TONE, WORD } from "./words";

export interface SliceRowProps {
  readonly id: string;
  readonly slice: Slice;
  readonly place: number;
  readonly size: number;
  readonly selected: boolean;
  readonly payload: EdgeCasePayload;
  readonly domain: readonly [number, number];
  readonly wide: number;
  readonly pick: (place: number) => void;
}

/** One slice in the list: mark, name and word, effect with its interval. */
export const SliceRow = pure((props: SliceRowProps) => {
  const { slice, payload } = props;
  const { effect, verdict } = slice;
  const since = sinceSaid(slice, payload);
  const rest = [`n ${count(slice.n)}`, ...(since === null ? [] : [since])].join(" · ");
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus and names the active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox hears the keys
    <div
      class="al-row"
      role="option"
      id={props.id}
      aria-selected={props.selected}
      aria-setsize={props.size}
      aria-posinset={props.place + 2}
      aria-label={`${slice.words} ${WORD[verdict]}, ${rest}, ${estimate(effect)}`}
      title={sliceSaid(slice, payload)}
      onClick={() => props.pick(props.place)}
    >
      <span class={`al-mark al-${TONE[verdict]}`} aria-hidden="true">
        {MARK[verdict]}
      </span>
      <span class="al-name">
        <MiddleCut text={slice.words} />
        <span class={`al-word al-${TONE[verdict]}`}>
          {WORD[verdict]} <span class="al-role">· {rest}</span>
        </span>
      </span>
      <Whisker
        width={props.wide}
        height={30}
        domain={props.domain}
        {...effect}
        matters={payload.min_effect}
        tone={verdict === "confirmed" ? "alarm" : "quiet"}
      />
      <span class="al-effect">{signed(effect.value)}</span>
    </div>
  );
});
