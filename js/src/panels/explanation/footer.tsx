import { span } from "../../charts/calendar";
import { count } from "../../charts/format";
import type { ExplanationPayload, Window } from "../../contract/explain";

/** What the panel saw, and by which version. */
export function Footer({ payload }: { payload: ExplanationPayload }) {
  const saw = [
    `reference ${seen(payload, payload.reference)}`,
    `current ${seen(payload, payload.current)}`,
    payload.loss_words,
    payload.every === null ? `independent ${payload.noun}` : `blocks of ${payload.every}`,
  ].join(" · ");
  const notes = payload.notes.join(" · ");
  return (
    <div class="al-footer">
      <p class="al-saw" title={saw}>
        {saw}
      </p>
      <p class="al-product">{payload.product}</p>
      <p class="al-notes" title={notes}>
        {notes === "" ? "\u00a0" : notes}
      </p>
    </div>
  );
}

function seen({ zone, noun }: ExplanationPayload, window: Window): string {
  const dates =
    window.start_ms === null || window.end_ms === null ? "" : `${span(window.start_ms, window.end_ms, zone)}, `;
  return `${dates}${count(window.n_rows)} ${noun}, ${count(window.n_labelled)} with labels`;
}
