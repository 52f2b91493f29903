"""A column whose unit changed: a known factor or affine map takes the values before to those after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from afterlaunch.phrases import number
from afterlaunch.quality.change import Change, Hint
from afterlaunch.stats.arrays import FloatArray, distinct

RANK = 40  # faults are tried from the most telling, the lowest rank, to the least

EXPLAINED = 0.1  # what the map leaves of the distance between the two windows, at most
CLOSE = 0.01  # how near a fitted factor must be to a known one where growth could reach it
SHAPE = 0.05  # how much more or less than expected the values may spread: a shift or a new shape does not fit
CLEAR = 0.25  # the same for maps that no growth makes: a shifted zero, or a factor of five and more
LARGE = 5.0
LEVEL = 0.1  # standard deviations by which a mere shift may miss a known one
FAR = 10.0  # standard deviations, further than drift moves a level
MIN_POINTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """after = factor x before + offset."""

    name: str
    factor: float
    offset: float = 0.0

    @property
    def could_be_growth(self) -> bool:
        """Whether ordinary growth could look like it: a plain factor below five."""
        return self.offset == 0 and 1 / LARGE < self.factor < LARGE

    def apply(self, quantiles: FloatArray) -> FloatArray:
        """Return quantiles in the new unit; a negative factor turns their order."""
        return np.sort(self.factor * quantiles + self.offset)


def _both_ways(one: str, other: str, factor: float) -> tuple[Conversion, Conversion]:
    there = Conversion(name=f"{one} to {other}", factor=factor)
    return there, Conversion(name=f"{other} to {one}", factor=1 / factor)


CONVERSIONS: tuple[Conversion, ...] = (
    Conversion(name="°F to °C", factor=5 / 9, offset=-160 / 9),
    Conversion(name="°C to °F", factor=9 / 5, offset=32.0),
    Conversion(name="°C to K", factor=1.0, offset=273.15),
    Conversion(name="K to °C", factor=1.0, offset=-273.15),
    Conversion(name="°F to K", factor=5 / 9, offset=255.372),
    Conversion(name="K to °F", factor=9 / 5, offset=-459.67),
    *_both_ways("miles", "kilometres", 1.609344),
    *_both_ways("nautical miles", "kilometres", 1.852),
    *_both_ways("metres per second", "kilometres per hour", 3.6),
    *_both_ways("metres per second", "miles per hour", 2.236936),
    *_both_ways("inches", "centimetres", 2.54),
    *_both_ways("inches", "millimetres", 25.4),
    *_both_ways("metres", "feet", 3.28084),
    *_both_ways("kilograms", "pounds", 2.204623),
    *_both_ways("gallons", "litres", 3.785412),
    *_both_ways("millibars", "inches of mercury", 0.02953),
    *_both_ways("radians", "degrees", 180 / np.pi),
    *_both_ways("minutes", "seconds", 60.0),
    *_both_ways("hours", "seconds", 3600.0),
    *_both_ways("days", "hours", 24.0),
    *_both_ways("days", "seconds", 86400.0),
    *_both_ways("dozens", "pieces", 12.0),
    *_both_ways("tens", "units", 10.0),
    *_both_ways("shares", "percent", 100.0),
    *_both_ways("units", "thousandths", 1000.0),
    *_both_ways("units", "millionths", 1e6),
    *_both_ways("units", "billionths", 1e9),
    Conversion(name="the sign was turned", factor=-1.0),
)
FACTORS: FloatArray = np.array([one.factor for one in CONVERSIONS])
OFFSETS: FloatArray = np.array([one.offset for one in CONVERSIONS])


def find_unit_change(change: Change) -> Hint | None:
    """Return a hint when a known conversion explains nine tenths of the change or more.

    Compared on trimmed quantiles. A factor that growth could reach must be met within 1 % and two standard errors, and
    the values must spread by it too. That does not tell a factor which happens to lie there.
    """
    if not change.ordered:
        return None
    before, after = change.quantiles
    known = np.isfinite(before) & np.isfinite(after)
    x, y = before[known], after[known]
    if x.size < MIN_POINTS or distinct(x).size < MIN_POINTS // 2:
        return None
    converted = np.sort(FACTORS[:, None] * x + OFFSETS[:, None], axis=1)
    best = CONVERSIONS[int(np.abs(y - converted).mean(axis=1).argmin())]
    certain = not best.could_be_growth and not _could_be_drift(best, x, y)
    fits = _fits_alone(best, x, y) if certain else _fits_closely(best, x, y, change)
    if not fits or _gap(best.apply(x), y) >= EXPLAINED * _gap(x, y):
        return None
    return Hint(
        fault="unit change",
        column=change.column,
        text=_text(best),
        about=best.name,
        sure=certain,
    )


def _could_be_drift(conversion: Conversion, x: FloatArray, y: FloatArray) -> bool:
    """Whether drift may look so: a turned sign like a shift; °F of an oven, where 32 hardly count, like growth."""
    if conversion.factor in {1, -1} or conversion.offset == 0:
        return conversion.factor == -1
    return abs(float(y.mean()) / (conversion.factor * float(x.mean()) or 1.0) - 1) < CLEAR


def _fits_alone(conversion: Conversion, x: FloatArray, y: FloatArray) -> bool:
    """Whether what came is spread as the conversion makes it; and of a mere shift, that it is as large.

    So large a shift that it takes values out of all that they were is no drift, and need not be met as closely.
    """
    expected = conversion.apply(x)
    off = abs(float((y - expected).mean())) / max(float(expected.std()), 1e-300)
    far = abs(conversion.offset) > FAR * float(x.std())
    return abs(_slope(expected, y) - 1) < CLEAR and (conversion.factor != 1 or far or off < LEVEL)


def _fits_closely(conversion: Conversion, x: FloatArray, y: FloatArray, change: Change) -> bool:
    """Whether what came is what the conversion makes, in level and in spread: growth could come near it."""
    expected = conversion.apply(x)
    variation = min(float(x.std() / max(abs(x.mean()), 1e-300)), 1.0)
    error = float(np.sqrt(sum(1 / max(n, 1) for n in change.n_values)))
    in_level = abs(_factor(expected, y) - 1) < CLOSE + 2 * variation * error
    return in_level and abs(_slope(expected, y) - 1) < SHAPE + 2 * error


def _slope(expected: FloatArray, y: FloatArray) -> float:
    spread = expected - expected.mean()
    return float(spread @ y / max(float(spread @ spread), 1e-300))


def _factor(expected: FloatArray, y: FloatArray) -> float:
    return float(expected @ y / (expected @ expected))


def _gap(x: FloatArray, y: FloatArray) -> float:
    return float(np.abs(y - x).mean())


def _text(conversion: Conversion) -> str:
    if conversion.factor == -1:
        return "the sign was turned: values are about −1 times what they were"
    shift = f" {'+' if conversion.offset > 0 else '−'} {number(abs(conversion.offset))}" if conversion.offset else ""
    factor = "values" if conversion.factor == 1 else f"{number(conversion.factor)} × values"
    return f"unit change, {conversion.name}: new values are about {factor} before{shift}"
