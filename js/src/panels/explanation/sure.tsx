import { count, number, share } from "../../charts/format";
import type { ExplanationPayload } from "../../contract/explain";
import { HOLDS } from "./words";

/** What every part rests on, and what was tested, in a few sentences. */
export function Sure({ payload }: { payload: ExplanationPayload }) {
  const { noun, every, reference, current } = payload;
  const notes = payload.notes.map((note) => (note.endsWith(".") ? note : `${note}.`)).join(" ");
  const unit = every === null ? `independent ${noun}` : `buckets of ${every}`;
  return (
    <>
      <p>
        <b>Grey bands</b> are placebos: what a part is between quiet stretches of the reference, by {unit}. A part{" "}
        <b>hurts</b> or <b>helps</b> beyond its band; the chance of any such part in a quiet log is at most{" "}
        {share(payload.alarm_rate)}. Whiskers are 95{"\u202f"}% intervals.
      </p>
      <p>
        <b>Favoured</b>: {payload.favoured_words}.{" "}
        {payload.tests.map(
          ({ words, pvalue, holds }) => `${words}: ${HOLDS[holds]}${pvalue === null ? "" : ` (p ${number(pvalue)})`}. `,
        )}
      </p>
      <p>
        <b>Rows in common</b>, effectively: {common(reference.overlap, reference.overlap_share)} of the reference,{" "}
        {common(current.overlap, current.overlap_share)} of the current window. Concept is measured on these.
      </p>
      <ul class="al-assumptions">
        {payload.accountings
          .flatMap(({ parts }) => parts)
          .filter(({ within }) => within === null)
          .map(({ name, title, assumption }) => (
            <li key={name}>
              <b>{title}</b> rests on: {assumption}.
            </li>
          ))}
      </ul>
      <p>
        {payload.columns_words} {payload.slices_words}
      </p>
      {notes !== "" && <p>{notes}</p>}
    </>
  );
}

const common = (rows: number | null, part: number | null) =>
  rows === null || part === null ? "unknown" : `${count(rows)} (${share(part)})`;
