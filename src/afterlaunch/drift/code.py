"""The call that reproduces a report, for its own windows or those that a reader brushed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlaunch.drift.words import local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afterlaunch.drift.payload import Buckets, DriftPayload
    from afterlaunch.results import ViewState, Window

ONE_LOG = "al.measure_drift(log, reference={reference}, current={current}"
TWO_LOGS = "al.measure_drift(new.between(*{current}), reference=old.between(*{reference})"
TIMELESS = "al.measure_drift(new, reference=old"


def template(source: str, options: Mapping[str, str]) -> str:
    """Return one of the calls above with the options that were chosen, and places for the windows."""
    chosen = "".join(f", {name}={value}" for name, value in options.items())
    return f"{source}{chosen})"


def call(payload: DriftPayload, state: ViewState) -> str:
    """Return the call with the windows of `state`, or the payload's own where it has none."""
    reference = state.reference or window_of(payload.buckets, payload.reference)
    current = state.current or window_of(payload.buckets, payload.current)
    # Once each, and before any option: a column may well be called "{reference}".
    return payload.code.replace("{current}", _literal(current), 1).replace("{reference}", _literal(reference), 1)


def window_of(buckets: Buckets, window: tuple[int, int]) -> Window:
    """Return a range of buckets as ISO moments in the log's zone, without a clock where days are whole."""
    return _iso(buckets.starts_ms[window[0]], buckets.zone), _iso(buckets.ends_ms[window[1] - 1], buckets.zone)


def _iso(at_ms: int, zone: str) -> str:
    at = local(at_ms, zone)
    midnight = (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)
    return at.date().isoformat() if midnight else at.isoformat()


def _literal(window: Window) -> str:
    return f'("{window[0]}", "{window[1]}")'
