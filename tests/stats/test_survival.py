import numpy as np
import pytest
from scipy import stats

from afterlaunch.stats.survival import arrivals


def watched(seed, n=400):
    rng = np.random.default_rng(seed)
    truly, until = rng.exponential(5.0, n).round(1), rng.uniform(0.0, 20.0, n).round(1)
    return np.minimum(truly, until), truly <= until


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")  # where all has happened
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_curve_is_scipys(seed):
    age, happened = watched(seed)
    found = arrivals(age, happened)
    theirs = stats.ecdf(stats.CensoredData(uncensored=age[happened], right=age[~happened]))
    assert found.by(theirs.cdf.quantiles) == pytest.approx(theirs.cdf.probabilities)
    span = theirs.cdf.confidence_interval(method="log-log")
    inner = (found.share > 0) & (found.share < 1)
    assert found.low[inner] == pytest.approx(span.low.evaluate(found.age[inner]), rel=1e-6)
    assert found.high[inner] == pytest.approx(span.high.evaluate(found.age[inner]), rel=1e-6)


def test_rows_still_waiting_do_not_bend_the_curve():
    age, happened = watched(7, n=20_000)
    found = arrivals(age, happened)
    at = np.array([1.0, 3.0, 8.0])
    assert found.by(at) == pytest.approx(1 - np.exp(-(at + 0.05) / 5), abs=0.012)
    naive = np.array([(age[happened] <= one).mean() for one in at])
    assert (naive > found.by(at) + 0.02).any()


def test_nothing_has_happened_before_the_first_event():
    found = arrivals(np.array([2.0, 4.0]), np.array([True, True]))
    assert found.by(np.array([1.0, 2.0, 9.0])).tolist() == [0.0, 0.5, 1.0]
    assert found.age_of(0.5) == 2.0
    assert found.age_of(1.0) == 4.0


def test_without_any_event_there_is_no_age_of_a_share():
    found = arrivals(np.array([2.0, 4.0]), np.array([False, False]))
    assert found.by(np.array([9.0])).tolist() == [0.0]
    assert found.age_of(0.1) is None
