import { count, number, share } from "../../charts/format";
import type { EdgeCasePayload } from "../../contract/edges";
import { signed } from "./words";

/** How slices and groups come about, in a few sentences. */
export function Sure({ payload }: { payload: EdgeCasePayload }) {
  const { noun, density } = payload;
  const notes = payload.notes.map((note) => (note.endsWith(".") ? note : `${note}.`)).join(" ");
  return (
    <>
      <p>
        A <b>confirmed</b> slice was found on one half of the current window and held on the other, which had no part in
        the search; so did its size, at least {signed(payload.min_effect)} on {count(payload.min_rows)} {noun} and more.
        Of confirmed slices at most {share(payload.false_share)} are false, on average. <b>Not confirmed</b>: the other
        half did not bear it out. <b>Too few</b>: the other half cannot tell.
      </p>
      <p>
        Effects, losses and intervals (95{"\u202f"}%) are those of the half that a slice was not found on, with days
        that are alike taken together; those on which a slice was found would flatter it.
      </p>
      <p>
        <b>Odd</b> is about data: the share of reference {noun} that are less odd (
        {payload.outlier_method.replaceAll("_", " ")}
        ). <b>Bad</b> is about performance: the mean loss of the {density.n_similar} most similar {noun}, since the loss
        of one alone is mostly luck. Odd starts at {share(payload.odd_from)}, bad at {number(payload.bad_from)}, which
        is where the worst twentieth of the reference begins. Shares follow the lines that you drag; their intervals are
        those of the lines as they were.
      </p>
      {payload.basis === "estimated" && (
        <p>
          No labels: losses are what the scores themselves promise, so that a model that is surely wrong looks fine
          here.
        </p>
      )}
      {notes !== "" && <p>{notes}</p>}
    </>
  );
}
