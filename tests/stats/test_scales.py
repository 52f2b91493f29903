import numpy as np
import pytest

from afterlaunch.stats.scales import SCALES

VALUES = {"identity": [-3, 0, 7], "logit": [0.01, 0.5, 0.99], "log": [0.1, 1, 40], "fisher": [-0.9, 0, 0.6],
          "log_gap": [-2, 0, 0.9], "square": [0.01, 0.2, 3], "length": [0.01, 0.2, 3]}  # fmt: skip


@pytest.mark.parametrize("name", SCALES)
def test_a_value_comes_back_from_its_scale(name):
    values = np.array(VALUES[name], dtype=float)
    assert SCALES[name].back(SCALES[name].to(values)) == pytest.approx(values)


@pytest.mark.parametrize("name", SCALES)
def test_the_slope_is_the_scales_derivative(name):
    values = np.array(VALUES[name], dtype=float)
    step = 1e-7
    rise = (SCALES[name].to(values + step) - SCALES[name].to(values - step)) / (2 * step)
    assert SCALES[name].slope(values) == pytest.approx(rise, rel=1e-5)


@pytest.mark.parametrize("name", SCALES)
def test_a_scale_keeps_order(name):
    assert (np.diff(SCALES[name].to(np.array(VALUES[name], dtype=float))) > 0).all()
