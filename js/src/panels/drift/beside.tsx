import type { RowFound, Segments } from "../../contract/drift";
import type { Model } from "./model";
import { MARK, share, short, WORD } from "./phrases";

const MOST = 8; // segments that are named

/** What stands beside the columns' verdicts: segments, and what methods found that read rows. Nothing where there is none. */
export function Beside({ model }: { model: Model }) {
  const { segments, by_rows: found } = model.payload;
  if (segments === null && found.length === 0) return null;
  return (
    <div class={model.isJudgedByPython ? "al-beside" : "al-beside al-pending"}>
      {segments !== null && <BySegment segments={segments} />}
      {found.map((one) => (
        <ByRows key={one.method} found={one} />
      ))}
      {!model.isJudgedByPython && <p class="al-title">Of the windows that Python judged, not of those moved here.</p>}
    </div>
  );
}

function BySegment({ segments: { by, each } }: { segments: Segments }) {
  const left = each.length - MOST;
  return (
    <div data-part="segments">
      <p class="al-title">
        {each.length === 1 ? "1 segment" : `${each.length} segments`} by {short(by)}
      </p>
      <ul class="al-segments">
        {each.slice(0, MOST).map(({ name, verdict, drifted, sentence }) => (
          <li key={name} title={sentence}>
            <span class={`al-mark al-${verdict}`} aria-hidden="true">
              {MARK[verdict]}
            </span>{" "}
            <b>{short(name)}</b> {drifted.length > 0 ? `drifted: ${drifted.map(short).join(", ")}` : WORD[verdict]}
          </li>
        ))}
      </ul>
      {left > 0 && <p class="al-title">and {left} more</p>}
    </div>
  );
}

function ByRows({ found: { method, said, carried } }: { found: RowFound }) {
  return (
    <div data-part="by-rows">
      <p class="al-title">By rows: {method}</p>
      <p>
        {said.charAt(0).toUpperCase() + said.slice(1)}
        {carried.length > 0 && ". Most by "}
        {carried.map(({ column, share: of }, i) => (
          <span key={column}>
            {i > 0 && ", "}
            <b>{short(column)}</b> {share(of)}
          </span>
        ))}
        .
      </p>
    </div>
  );
}
