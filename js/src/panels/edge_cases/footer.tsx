import { span } from "../../charts/calendar";
import { count } from "../../charts/format";
import type { EdgeCasePayload } from "../../contract/edges";

/** What the panel saw, how its numbers were made, and by which version. */
export function Footer({ payload }: { payload: EdgeCasePayload }) {
  const { noun } = payload;
  const saw = [
    ...(payload.n_reference > 0
      ? [`reference ${dates(payload, payload.reference)}${count(payload.n_reference)} ${noun}`]
      : []),
    `current ${dates(payload, payload.current)}${count(payload.n_current)} ${noun}, ${count(payload.n_labelled)} with labels`,
    payload.basis === "estimated" ? `${payload.loss_words}, estimated` : payload.loss_words,
    `outlier score: ${payload.outlier_method.replaceAll("_", " ")}`,
    `${count(payload.n_searched)} groups compared`,
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

function dates({ buckets }: EdgeCasePayload, window: readonly [number, number] | null): string {
  if (window === null || buckets.every === null) return "";
  const end = buckets.ends_ms[window[1] - 1] ?? 0;
  return `${span(buckets.starts_ms[window[0]] ?? 0, end, buckets.zone)}, `;
}
