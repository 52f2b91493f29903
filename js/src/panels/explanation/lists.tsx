// What the covariate part is made of: by column, and by slice.

import { number, share } from "../../charts/format";
import { Whisker, whiskerDomain } from "../../charts/whisker";
import type { ColumnPart, ExplanationPayload, SlicePart } from "../../contract/explain";
import { MiddleCut } from "../shared/middle-cut";
import { estimate, printer } from "./words";

const MOST_COLUMNS = 8;
const WIDE = 120;

export interface ListsProps {
  readonly payload: ExplanationPayload;
  readonly slice: number | null;
  readonly pick: (place: number) => void;
}

export function Lists({ payload, slice, pick }: ListsProps) {
  const { columns, slices } = payload;
  if (columns.length === 0) return null;
  return (
    <div class="al-shares">
      <ColumnList columns={columns} words={payload.columns_words} />
      {slices.length > 0 && <SliceList payload={payload} slice={slice} pick={pick} />}
    </div>
  );
}

/** The columns with the largest parts; the others and what is not placed together, so that the list adds up. */
function ColumnList({ columns, words }: { columns: readonly ColumnPart[]; words: string }) {
  const named = columns.filter(({ column }) => column !== null);
  const shown = named.slice(0, MOST_COLUMNS);
  const rest = columns.filter((one) => !shown.includes(one)).reduce((sum, { change }) => sum + change, 0);
  const print = printer([...shown.map(({ change }) => change), rest]);
  const domain = whiskerDomain(shown.map((one) => ({ ...one, value: one.change })));
  return (
    <section aria-label="Covariate part by column">
      <h3 class="al-list-title" title={words}>
        Covariate, by column
      </h3>
      <ul class="al-share-list">
        {shown.map((one) => (
          <li key={one.column} title={estimate(one)}>
            <span class="al-share-name">
              <MiddleCut text={one.column ?? ""} />
            </span>
            <Whisker width={WIDE} height={20} domain={domain} value={one.change} {...ends(one)} tone={tone(one)} />
            <span class="al-share-change">{print(one.change)}</span>
          </li>
        ))}
        <li>
          <span class="al-share-name al-aside">
            {named.length > shown.length ? `${named.length - shown.length} more, and not placed` : "not placed"}
          </span>
          <span />
          <span class="al-share-change al-aside">{print(rest)}</span>
        </li>
      </ul>
    </section>
  );
}

function SliceList({ payload, slice, pick }: ListsProps) {
  const { slices } = payload;
  const print = printer(slices.map(({ change }) => change));
  const domain = whiskerDomain(slices.map((one) => ({ ...one, value: one.change })));
  return (
    <section aria-label="Covariate part by slice">
      <h3 class="al-list-title" title={payload.slices_words}>
        Covariate, by slice
      </h3>
      <ul class="al-share-list">
        {slices.map((one, place) => (
          <li key={one.code}>
            <button
              type="button"
              class="al-share-pick"
              aria-pressed={place === slice}
              title={sliceSaid(one, payload)}
              onClick={() => pick(place)}
            >
              <span class="al-share-name">
                <MiddleCut text={one.words} />
                <span class="al-aside al-share-from">
                  {share(one.share_reference)} → {share(one.share_current)}
                </span>
              </span>
              <Whisker width={WIDE} height={20} domain={domain} value={one.change} {...ends(one)} tone={tone(one)} />
              <span class="al-share-change">{print(one.change)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const ends = ({ low, high }: ColumnPart | SlicePart) => ({ low, high });

/** What surely adds to the loss stands out. */
const tone = ({ low }: ColumnPart | SlicePart) => (low !== null && low > 0 ? "alarm" : "quiet");

/** "carrier is EV: 8 % of flights, were 3 %; log loss 0.61, was 0.6; +0.02 [0.01, 0.03] of the change". */
export function sliceSaid(one: SlicePart, { noun, loss_words: loss }: ExplanationPayload): string {
  const said = [`${share(one.share_current)} of ${noun}, were ${share(one.share_reference)}`];
  if (one.loss_current !== null && one.loss_reference !== null)
    said.push(`${loss} ${number(one.loss_current)}, was ${number(one.loss_reference)}`);
  return `${one.words}: ${[...said, `${estimate(one)} of the change`].join("; ")}`;
}
