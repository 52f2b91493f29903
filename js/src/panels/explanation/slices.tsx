import { number, share } from "../../charts/format";
import { Whisker, WhiskerAxis, whiskerDomain, whiskerLines } from "../../charts/whisker";
import type { SlicePart } from "../../contract/explain";
import { MiddleCut } from "../shared/middle-cut";
import { stepped } from "../shared/options";
import { useWidth } from "../shared/width";
import type { Model, Placed } from "./model";
import { estimate, MARK, printer, signed, sliceSaid, surely, TONE, toned } from "./words";

/** The covariate part by slice: all of them, or those that say something of the picked column. */
export function Slices({ model, id }: { model: Model; id: string }) {
  const [ref, width] = useWidth(520);
  const { payload, slices, column } = model;
  const wide = Math.max(70, Math.min(150, Math.round(width * 0.24)));
  const domain = whiskerDomain(payload.slices.map((one) => ({ ...one, value: one.change })));
  const print = printer(payload.slices.map(({ change }) => change));
  const at = slices.findIndex(({ place }) => place === model.slice);
  return (
    <div
      class="al-columns al-beside-columns"
      ref={ref}
      style={{ "--al-wide": `${wide}px`, ...whiskerLines(domain, wide, Number.POSITIVE_INFINITY) }}
    >
      <div class="al-titles">
        <p class="al-title" title={payload.slices_words}>
          {column === null ? `Which ${payload.noun}: more of them, or fewer` : `Which ${payload.noun}, by ${column}`}
        </p>
        <p class="al-title">by slice</p>
      </div>
      <div
        class="al-list"
        role="listbox"
        tabIndex={0}
        aria-label="Covariate part by slice"
        aria-activedescendant={at < 0 ? undefined : `${id}-slice-${at}`}
        onKeyDown={(event) => {
          const to = stepped(event, { place: at, size: slices.length, least: -1 });
          if (to !== null) model.pickSlice(slices[to]?.place ?? null);
        }}
      >
        {slices.map((placed, i) => (
          <SliceRow
            key={placed.place}
            id={`${id}-slice-${i}`}
            placed={placed}
            model={model}
            wide={wide}
            domain={domain}
            print={print}
          />
        ))}
        {slices.length === 0 && (
          <p class="al-none">
            No slice {column === null ? "" : `of ${column} `}stands out: the part is spread over many values.
          </p>
        )}
      </div>
      <div class="al-heads al-foot" aria-hidden="true">
        <span />
        <span class="al-cut-head">slices of different columns overlap</span>
        <WhiskerAxis width={wide} domain={domain} print={signed} />
        <span />
      </div>
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly placed: Placed;
  readonly model: Model;
  readonly wide: number;
  readonly domain: readonly [number, number];
  readonly print: (change: number | null) => string;
}

function SliceRow({ id, placed: { place, slice }, model, wide, domain, print }: RowProps) {
  const { payload } = model;
  const sure = surely(slice);
  const picked = model.slice === place;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus and names the active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox hears the keys
    <div
      id={id}
      class="al-row"
      role="option"
      data-part="slice"
      aria-selected={picked}
      title={`${slice.words}: ${sliceSaid(slice, payload)}; ${estimate(slice)}`}
      onClick={() => model.pickSlice(picked ? null : place)}
    >
      <span class={`al-mark al-${TONE[sure]}`} aria-hidden="true">
        {MARK[sure]}
      </span>
      <span class="al-name">
        <span class="al-conditions">
          {slice.conditions.map(({ words }, i, all) => (
            <span class="al-condition" key={words}>
              <MiddleCut text={words} />
              {i < all.length - 1 && <span class="al-and">&nbsp;·</span>}{" "}
            </span>
          ))}
        </span>{" "}
        <span class="al-word">
          share <span class="al-ref">{share(slice.share_reference)}</span> →{" "}
          <span class="al-cur">{share(slice.share_current)}</span>
          <Losses one={slice} words={payload.loss_words} />
        </span>
      </span>{" "}
      <span class="al-whiskers">
        <Whisker width={wide} height={20} domain={domain} value={slice.change} {...ends(slice)} tone={toned(slice)} />
      </span>
      <span class="al-effect">{print(slice.change)}</span>
    </div>
  );
}

const ends = ({ low, high }: SlicePart) => ({ low, high });

/** A slice's loss, then and now, as far as there were enough rows. */
function Losses({ one, words }: { one: SlicePart; words: string }) {
  const [then, now] = [one.loss_reference, one.loss_current];
  if (then === null && now === null) return null;
  return (
    <>
      {" · "}
      {words} {then !== null && <span class="al-ref">{number(then)}</span>}
      {then !== null && now !== null && "\u00a0→\u00a0"}
      {now !== null && <span class="al-cur">{number(now)}</span>}
    </>
  );
}
