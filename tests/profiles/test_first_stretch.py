from __future__ import annotations

import pytest

from afterlaunch.profiles.first_stretch import LEAST, length_of


@pytest.mark.parametrize("n", range(2, 400))
def test_the_first_stretch_leaves_a_quarter_and_is_a_third_or_more_of_long_logs(n) -> None:
    length = length_of(n)
    assert 1 <= length <= n - n // 4
    assert length == n // 2 or length >= max(n // 3, LEAST)


def test_from_three_weeks_on_the_reference_yields_its_own_placebos() -> None:
    assert all(length_of(n) >= LEAST for n in range(21, 400))
