import numpy as np
import pytest

from afterlaunch.logs.outcomes import NEVER, Outcomes
from afterlaunch.performance.findings import duration
from afterlaunch.performance.maturity import learn_maturity

DAY = 86_400_000_000
DAYS, ROWS = 60, 100


def late(rng, delay, *, ever=1.0, end=None, bad_first=False):
    """Return outcomes of 60 days as they are known at the end: labels take `delay` days, a share never comes."""
    n = DAYS * ROWS
    time = np.sort(rng.integers(0, DAYS * DAY, n))
    target = (rng.random(n) < 0.3).astype(float)
    wait = delay(n)
    if bad_first:
        wait = np.where(target == 1, 0.4, 1.4) * wait
    arrives = time + (wait * DAY).astype(np.int64)
    end = DAYS * DAY if end is None else end
    known = (arrives <= end) & (rng.random(n) < ever)
    score = np.clip(0.3 + 0.1 * rng.normal(size=n), 0.01, 0.99)
    return Outcomes(
        task="binary",
        classes=(0, 1),
        target=np.where(known, target, np.nan),
        labelled=known,
        score=score,
        prediction=(score > 0.5).astype(float),
        time_us=time,
        label_time_us=np.where(known, arrives, NEVER),
        notes=(),
    )


def learnt(outcomes):
    return learn_maturity(outcomes, outcomes.time_us // DAY, DAYS, is_old=np.zeros(outcomes.n, dtype=bool))


def test_buckets_are_mature_once_nearly_all_of_their_labels_can_have_come():
    rng = np.random.default_rng(0)
    found = learnt(late(rng, lambda n: rng.exponential(4.0, n)))
    needed = 4.0 * np.log(20)
    assert found.age_us / DAY == pytest.approx(needed, rel=0.06)
    assert found.mature[: DAYS - 14].all()
    assert not found.mature[DAYS - 11 :].any()
    assert found.final == pytest.approx(1.0, abs=0.01)


def test_rows_that_never_get_a_label_do_not_keep_buckets_waiting():
    rng = np.random.default_rng(1)
    found = learnt(late(rng, lambda n: rng.exponential(4.0, n), ever=0.6))
    assert found.final == pytest.approx(0.6, abs=0.02)
    assert found.mature[: DAYS - 15].all()
    assert not found.mature[-5:].any()
    assert not found.still_rising


def test_a_fixed_delay_leaves_the_last_days_waiting():
    rng = np.random.default_rng(2)
    found = learnt(late(rng, lambda n: np.full(n, 7.0)))
    assert found.mature[:52].all()
    assert not found.mature[53:].any()


def test_labels_that_take_longer_than_the_log_are_said_to_be_still_coming():
    rng = np.random.default_rng(3)
    assert learnt(late(rng, lambda n: rng.exponential(60.0, n))).still_rising


def test_with_all_labels_in_every_bucket_is_mature():
    rng = np.random.default_rng(4)
    found = learnt(late(rng, lambda n: rng.exponential(3.0, n), end=10**18))
    assert found.mature.all()


def test_a_log_without_times_of_labels_says_nothing():
    rng = np.random.default_rng(5)
    outcomes = late(rng, lambda n: rng.exponential(3.0, n))
    bare = Outcomes(**{name: getattr(outcomes, name) for name in outcomes.__slots__} | {"label_time_us": None})
    assert learnt(bare) is None


def test_bad_outcomes_that_come_first_are_noticed():
    rng = np.random.default_rng(6)
    found = learnt(late(rng, lambda n: rng.exponential(4.0, n), bad_first=True))
    assert {one.of for one in found.differences} == {"1", "loss"}
    assert all(one.found.early > one.found.late for one in found.differences)


@pytest.mark.simulation
def test_labels_that_come_as_they_may_are_called_different_in_at_most_one_case_of_twenty():
    rng = np.random.default_rng(7)
    runs = 200
    wrong = [bool(learnt(late(rng, lambda n: rng.exponential(4.0, n))).differences) for _ in range(runs)]
    assert np.mean(wrong) <= 0.05 + 2 * (0.05 * 0.95 / runs) ** 0.5


def test_durations_are_said_in_their_largest_unit():
    assert duration(3 * DAY) == "3 days"
    assert duration(DAY) == "1 day"
    assert duration(90_000_000) == "1.5 minutes"
