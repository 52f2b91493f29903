"""The call that reproduces a report, for its own windows or those that a reader brushed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from afterlaunch.drift.words import local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afterlaunch.drift.payload import Buckets, DriftPayload
    from afterlaunch.results import ViewState, Window

ONE_LOG = "al.measure_drift(log, reference={reference}, current={current}"
TWO_LOGS = "al.measure_drift(new.between(*{current}), reference=old.between(*{reference})"
TIMELESS = "al.measure_drift(new, reference=old"
CHOSEN = re.compile(r"^, min_effect=[^,)]+")


def template(source: str, options: Mapping[str, str]) -> str:
    """Return one of the calls above with the options that were chosen, the threshold first."""
    first = sorted(options.items(), key=lambda option: option[0] != "min_effect")
    chosen = "".join(f", {name}={value}" for name, value in first)
    return f"{source}{chosen})"


def call(payload: DriftPayload, state: ViewState) -> str:
    """Return the call with the windows and the threshold of `state`, or the payload's own where it has none."""
    # Only in what stands before the options: a column may well be called "{reference}".
    source = next(one for one in (ONE_LOG, TWO_LOGS, TIMELESS) if payload.code.startswith(one))
    reference = state.reference or window_of(payload.buckets, payload.reference)
    current = state.current or window_of(payload.buckets, payload.current)
    windowed = source.replace("{current}", _literal(current)).replace("{reference}", _literal(reference))
    options = payload.code[len(source) :]
    if state.threshold is not None and state.threshold != payload.min_effect:
        options = f", min_effect={round(state.threshold, 4):g}{CHOSEN.sub('', options)}"
    return windowed + options


def window_of(buckets: Buckets, window: tuple[int, int]) -> Window:
    """Return a range of buckets as ISO moments in the log's zone, without a clock where days are whole."""
    return _iso(buckets.starts_ms[window[0]], buckets.zone), _iso(buckets.ends_ms[window[1] - 1], buckets.zone)


def _iso(at_ms: int, zone: str) -> str:
    at = local(at_ms, zone)
    midnight = (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)
    return at.date().isoformat() if midnight else at.isoformat()


def _literal(window: Window) -> str:
    return f'("{window[0]}", "{window[1]}")'
