"""The words of an edge-case report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.phrases import number, share, short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlaunch.edges.payload import Basis, Group, Slice, Verdict
    from afterlaunch.reports import Estimate

PROMISED = {True: "The scores themselves promised", False: "Reference rows like these had"}
MARKS = {"confirmed": "●", "not_confirmed": "○", "cannot_tell": "◌"}


def verdict_of(slices: Sequence[Slice], *, can_tell: bool) -> Verdict:
    """Return the report's verdict: edge cases where a slice is confirmed, unknown where none could be judged."""
    found = {one.verdict for one in slices}
    if "confirmed" in found:
        return "edge_cases"
    return "cannot_tell" if not can_tell or found == {"cannot_tell"} else "none_found"


def slice_sentence(words: str, loss_words: str, loss: float | None, elsewhere: float | None, *, promise: bool) -> str:
    """Return what there is to say of a slice.

    >>> slice_sentence("hour ≥ 17", "log loss", 0.61, 0.44, promise=False)
    'hour ≥ 17: log loss 0.61 against 0.44 elsewhere'
    """
    if loss is None or elsewhere is None:
        return f"{words}: {loss_words} unknown on held-out rows"
    what = f"{loss_words} above promise" if promise else loss_words
    return f"{words}: {what} {number(loss)} against {number(elsewhere)} elsewhere"


def sentence(  # noqa: PLR0913 - what the sentence is made of
    slices: Sequence[Slice],
    *,
    verdict: Verdict,
    loss_words: str,
    basis: Basis,
    before: Estimate | None,
    now: Estimate,
    against: str | None,
    promise: bool,
) -> str:
    """Return the verdict in one sentence."""
    level = _level(loss_words, basis, before, now)
    tail = f", against {against}" if against else ""
    if verdict == "cannot_tell":
        return f"{level}; cannot tell where it hurts{tail}."
    confirmed = [one for one in slices if one.verdict == "confirmed"]
    worse = "further above its promise than elsewhere" if promise else "worse than elsewhere"
    if not confirmed:
        return f"{level}; no group of rows is {worse}{tail}."
    first = short(confirmed[0].words)
    if len(confirmed) == 1:
        return f"{level}; 1 slice is {worse}: {first}{tail}."
    return f"{level}; {len(confirmed)} slices are {worse.replace('its', 'their')}, led by {first}{tail}."


def _level(loss_words: str, basis: Basis, before: Estimate | None, now: Estimate) -> str:
    name = f"{'Estimated ' if basis == 'estimated' else ''}{loss_words}"
    name = name[0].upper() + name[1:]
    if now.value is None:
        return f"{name} is unknown"
    if before is None or before.value is None:
        return f"{name} is {number(now.value)}"
    return f"{name} is {number(now.value)}, in the reference {number(before.value)}"


def evidence(  # noqa: PLR0913 - what the line is made of
    slices: Sequence[Slice],
    *,
    false_share: float,
    stretch: str,
    n_searched: int,
    basis: Basis,
    promised: float | None,
    by_score: bool,
    n_labelled: int,
) -> str:
    """Return how sure the verdict is, in one line."""
    n = sum(one.verdict == "confirmed" for one in slices)
    parts = [
        (
            f"{n_searched:,} groups compared; {len(slices)} stood out on one half of the {stretch}, "
            f"{n} held on the other (of these at most {share(false_share)} false, on average)."
        )
    ]
    unsure = [one.needs for one in slices if one.verdict == "cannot_tell"]
    if unsure:
        wanted = sorted({need for need in unsure if need})
        parts.append(f"{len(unsure)} cannot be told{f': {wanted[0]}' if wanted else ''}.")
    if basis == "estimated":
        few = f"Only {n_labelled} labels" if n_labelled else "No labels"
        parts.append(f"{few}: losses are those to be expected if answers are as they were in the reference.")
    elif promised is not None:
        parts.append(f"{PROMISED[by_score]} {number(promised)}.")
    return " ".join(parts)


def groups_sentence(groups: Sequence[Group], noun: str) -> str:
    """Return what share of rows are edge cases and how many of these look ordinary."""
    by_name = {group.name: group for group in groups}
    edge, both = by_name["edge_case"], by_name["both"]
    n = edge.n + both.n
    total = sum(group.n for group in groups)
    if not n:
        return f"No {noun} are edge cases."
    carried = None if edge.loss_share is None or both.loss_share is None else edge.loss_share + both.loss_share
    said = f"{share(n / total)} of {noun} are edge cases"
    said += f"; they carry {share(carried)} of the loss" if carried is not None else ""
    return f"{said}. {share(edge.n / n)} of them look ordinary: an outlier alarm would miss those."
