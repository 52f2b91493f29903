"""Altair charts that show themselves as a picture: Altair's own displays need a CDN or a Vega that JupyterLab lacks."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, cast

import altair as alt
import vl_convert

if TYPE_CHECKING:
    from afterlaunch.results import AnyChart

SCALE = 2.0
NO_XML = {place: 0x2400 + place for place in range(0x20) if chr(place) not in "\t\n\r"} | dict.fromkeys(
    (0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), 0xFFFD
)


class _Offline:
    """Overrides how a chart shows itself, and carries that over to the charts that are made by combining it."""

    def to_dict(self, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401  (as Altair has it)
        """Return the specification, with symbols for characters on which the renderer would end the whole process."""
        return _as_xml(super().to_dict(*args, **kwargs))  # type: ignore[misc]

    def _repr_mimebundle_(self, *args: object, **kwargs: object) -> dict[str, object]:
        del args, kwargs
        chart = cast("alt.Chart", self)
        picture = vl_convert.vegalite_to_png(chart.to_json(), scale=SCALE)
        return {"image/png": base64.b64encode(picture).decode(), "text/plain": f"<{type(self).__mro__[2].__name__}>"}

    def __add__(self, other: Any) -> Any:  # noqa: ANN401  (as Altair has it)
        return offline(super().__add__(other))  # type: ignore[misc]

    def __and__(self, other: Any) -> Any:  # noqa: ANN401
        return offline(super().__and__(other))  # type: ignore[misc]

    def __or__(self, other: Any) -> Any:  # noqa: ANN401
        return offline(super().__or__(other))  # type: ignore[misc]


class OfflineChart(_Offline, alt.Chart):
    """A single chart."""


class OfflineLayerChart(_Offline, alt.LayerChart):
    """Charts on top of each other."""


class OfflineHConcatChart(_Offline, alt.HConcatChart):
    """Charts side by side."""


class OfflineVConcatChart(_Offline, alt.VConcatChart):
    """Charts below each other."""


class OfflineConcatChart(_Offline, alt.ConcatChart):
    """Charts in rows of several."""


class OfflineFacetChart(_Offline, alt.FacetChart):
    """One chart for each of several groups."""


def _as_xml(plain: Any) -> Any:  # noqa: ANN401 - any part of a specification
    """Return plain values whose texts and keys hold no character that XML forbids."""
    if isinstance(plain, str):
        return plain.translate(NO_XML)
    if isinstance(plain, dict):
        return {_as_xml(key): _as_xml(value) for key, value in cast("dict[Any, Any]", plain).items()}
    return [_as_xml(one) for one in cast("list[Any]", plain)] if isinstance(plain, list) else plain


OFFLINE: dict[type, type] = {kind.__mro__[2]: kind for kind in _Offline.__subclasses__()}


def offline(chart: AnyChart) -> AnyChart:
    """Return a copy of the chart that shows itself as a PNG; in all else it is the Altair chart that it was."""
    kind = OFFLINE.get(type(chart))
    if kind is None:
        return chart
    copy = chart.copy(deep=False)
    object.__setattr__(copy, "__class__", kind)  # Altair's own would make it a part of the specification
    return copy
