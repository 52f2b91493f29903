import { roundShare } from "../../charts/format";
import type { Model } from "./model";
import { number, share } from "./phrases";

/** How a verdict comes about, in five sentences. */
export function Sure({ model }: { model: Model }) {
  const { payload, axis, threshold } = model;
  const season = payload.buckets.season_name;
  const notes = payload.notes.map((note) => (note.endsWith(".") ? note : `${note}.`)).join(" ");
  return (
    <>
      <p>
        <b>Drifted</b> needs two things:{" "}
        {model.isByEffect
          ? `an effect that matters (at least ${roundShare(threshold)} of rows moved; drag the line to change it)`
          : `a change that matters (${payload.measure_in_page} of ${number(threshold)} and more)`}
        , and more than natural variation explains.
      </p>
      <p>
        <b>Effect</b> is the share of rows that moved: for numbers the largest gap between the cumulative shares, for
        categories half the summed change, or the change of missing values where that is larger.
      </p>
      {axis.timeless ? (
        <p>
          <b>Natural</b> here is what independent rows vary by chance, since the data name no time. Days that differ
          among themselves would need more: name a time column.
        </p>
      ) : (
        <p>
          <b>Natural</b> is learnt from how the reference varies within itself, its memory from {axis.step} to{" "}
          {axis.step}
          {season === null ? "" : ` and its ${season}`} included, however many rows there are.
        </p>
      )}
      <p>
        The chance of <b>any</b> false “drifted” among the {payload.columns.length} columns is at most{" "}
        {share(payload.alarm_rate)}. Moving the windows until something shows is a search, and its finds are hints.
      </p>
      <p>
        <b>Cannot tell</b>: the data are too few to say either way. <b>Large but usual</b>: it matters, but the
        reference moves as much by itself.
      </p>
      {notes !== "" && <p>{notes}</p>}
    </>
  );
}
