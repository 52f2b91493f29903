import { Fragment } from "preact";
import { count } from "../../charts/format";
import { pure } from "../../charts/pure";
import { Whisker } from "../../charts/whisker";
import type { Slice } from "../../contract/edges";
import { MiddleCut } from "../shared/middle-cut";
import type { Model } from "./model";
import { MARK, namesOf, sinceSaid, sliceSaid, TONE, WORD } from "./words";

export interface SliceRowProps {
  readonly id: string;
  readonly slice: Slice;
  readonly place: number;
  readonly size: number;
  readonly selected: boolean;
  readonly model: Model;
  /** What the windows are, so that a row is drawn anew when they move. */
  readonly windows: string;
  readonly domain: readonly [number, number];
  readonly wide: number;
  /** An effect with as many decimals as the others. */
  readonly print: (effect: number) => string;
  readonly pick: (place: number) => void;
}

/** One slice in the list: mark, name and word, effect with its interval. */
export const SliceRow = pure((props: SliceRowProps) => {
  const { slice, model } = props;
  const { verdict } = slice;
  const { n, ...effect } = model.effectOf(slice);
  const since = sinceSaid(slice, model.payload);
  const rest = [`n ${count(n)}`, ...(since === null || !model.isMeasured ? [] : [since])];
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
      title={sliceSaid(slice, model)}
      onClick={() => props.pick(props.place)}
    >
      <span class={`al-mark al-${TONE[verdict]}`} aria-hidden="true">
        {MARK[verdict]}
      </span>
      <span class="al-name">
        <span class="al-conditions">
          {namesOf(slice).map((name, i, all) => (
            <span class="al-condition" key={name}>
              <MiddleCut text={name} />
              {i < all.length - 1 && <span class="al-and">&nbsp;·</span>}{" "}
            </span>
          ))}
        </span>{" "}
        <span class={`al-word al-${TONE[verdict]}`}>
          {model.isMeasured ? WORD[verdict] : `was ${WORD[verdict]}`}
          {rest.map((part) => (
            <Fragment key={part}>
              {" "}
              <span class="al-aside">· {part}</span>
            </Fragment>
          ))}
        </span>
      </span>{" "}
      <span class="al-whiskers">
        <Whisker
          width={props.wide}
          height={20}
          domain={props.domain}
          {...effect}
          tone={verdict === "confirmed" && model.isMeasured ? "alarm" : "quiet"}
        />
      </span>
      <span class="al-effect">{effect.value === null ? "–" : props.print(effect.value)}</span>
    </div>
  );
});
