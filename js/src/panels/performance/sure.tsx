import { share } from "../shared/phrases";
import type { Model } from "./model";

/** How a verdict comes about, in a few sentences. */
export function Sure({ model }: { model: Model }) {
  const { payload, axis } = model;
  const season = payload.buckets.season_name;
  return (
    <>
      <p>
        <b>Dropped</b> and <b>improved</b> need two things: a change that matters (every metric has its own measure of
        that: the dashed line), and one larger than natural variation explains.
      </p>
      {axis.timeless ? (
        <p>
          <b>Natural</b> here is what independent rows vary by chance, since the data name no time. Days that differ
          among themselves would need more: name a time column.
        </p>
      ) : (
        <p>
          <b>Natural</b> is learnt from how the reference varies within itself, its memory from {axis.bucket} to{" "}
          {axis.bucket}
          {season === null ? "" : ` and its ${season}`} included, however many rows there are.
        </p>
      )}
      <p>
        The chance of <b>any</b> false “dropped” or “improved” is at most {share(payload.alarm_rate)}
        {payload.segments.length > 0 ? ", half of it for all rows and half for the segments together" : ""}. Moving the
        windows until something shows is a search, and its finds are hints.
      </p>
      <p>
        <b>Stable</b>: a change for the worse of five times what matters is ruled out. <b>Cannot tell</b>: it is not,
        and the list says what would help.
      </p>
      {!model.isOriginal && (
        <p>
          These windows were judged in this page, from sums by {axis.bucket}: ROC AUC, average precision and calibration
          error take scores of one of 32 cells as alike.
        </p>
      )}
    </>
  );
}
