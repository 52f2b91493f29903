from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from tests.profiles.frames import decision_counts

import afterlaunch as al
from afterlaunch.logs import as_log
from afterlaunch.profiles import learn_plan, profile

N = 20_000
FAHRENHEIT = np.random.default_rng(0).normal(75, 6, N)
CELSIUS = (np.random.default_rng(1).normal(75, 6, N) - 32) * 5 / 9


def frame(values):
    return pl.DataFrame({"x": values})


def plan_of(old, new):
    return learn_plan(as_log(frame(old)), compared=as_log(frame(new)))["x"]


def shown(report):
    return next(one for one in report.data.columns if one.name == "x")


def test_values_beyond_the_reference_are_cut_at_their_own_quantiles():
    plan = plan_of(FAHRENHEIT, CELSIUS)
    bins = np.bincount(np.searchsorted(plan.decision_edges(), CELSIUS, side="right"), minlength=plan.n_decision) / N
    assert plan.beyond == (8, 0)  # the open tail, six between, and what lies next to the reference
    assert bins[1:7] == pytest.approx(0.96 / 6, rel=0.1)
    assert bins[0] == pytest.approx(0.02, abs=0.005)
    assert np.sum(plan.edges < CELSIUS.max()) >= 16


@pytest.mark.parametrize(
    "new",
    [
        FAHRENHEIT,
        np.append(FAHRENHEIT, 1e6),
        np.append(FAHRENHEIT, [1e6] * 50),
        np.append(FAHRENHEIT, [-999_999.0] * 2_000),
        np.append(FAHRENHEIT, np.full(19, 40.0)),
    ],
)
def test_where_almost_nothing_lies_beyond_or_a_sentinel_alone_the_edges_are_the_references(new):
    assert plan_of(FAHRENHEIT, new) == learn_plan(as_log(frame(FAHRENHEIT)))["x"]


@pytest.mark.parametrize("spoil", [[1e6], [-1e300, 1e300], [-999_999.0] * 5_000])
def test_outliers_and_sentinels_do_not_move_the_edges_beyond(spoil):
    clean, spoilt = plan_of(FAHRENHEIT, CELSIUS), plan_of(FAHRENHEIT, np.append(CELSIUS, spoil))
    assert spoilt.decision_edges() == pytest.approx(clean.decision_edges(), abs=0.2)
    assert spoilt.reach == pytest.approx(clean.reach, abs=0.2)


FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@given(
    hnp.arrays(np.float64, st.integers(1, 400), elements=FLOATS),
    hnp.arrays(np.float64, st.integers(1, 400), elements=st.one_of(FLOATS, st.sampled_from([0.0, 3.0, 1e9, -5.5]))),
    st.integers(1, 40),
)
@settings(deadline=None)
def test_bins_beyond_nest_in_the_references_own(old, new, times):
    new = np.repeat(new, times)
    own, plan = learn_plan(as_log(frame(old)))["x"], plan_of(old, new)
    assert np.array_equal(np.delete(plan.edges, plan.added), own.edges)
    assert np.all(np.diff(plan.edges) > 0)
    assert plan.n_decision == own.n_decision + sum(plan.beyond)
    last = plan.n_decision - plan.beyond[1] - 1
    inner = plan.decision_edges()[plan.beyond[0] : last]
    assert np.array_equal(inner, own.decision_edges())


def test_every_number_of_the_report_is_that_of_the_references_own_bins():
    old, new = frame(FAHRENHEIT), frame(np.where(np.arange(N) % 3 == 0, CELSIUS, FAHRENHEIT[::-1]))
    cut = al.measure_drift(new, reference=old)
    plain = al.measure_drift(al.profile(new, like=al.profile(old)), reference=al.profile(old))
    assert sum(shown(cut).beyond) > 0
    assert shown(plain).beyond == (0, 0)
    numbers = cut.table.drop("cause")
    assert numbers.equals(plain.table.drop("cause"))
    assert cut.windows.equals(plain.windows)


def test_rows_of_a_bin_beyond_can_be_selected():
    report = al.measure_drift(frame(CELSIUS), reference=frame(FAHRENHEIT))
    column = shown(report)
    for place in range(sum(column.beyond)):
        report.selection = al.Selection(column="x", bins=(place, place + 1))
        rows = report.selected_rows()["x"]
        assert rows.is_between(column.edges[place] - 2, column.edges[place + 1] + 2).mean() > (0.9 if place else 0.1)
    report.selection = al.Selection(column="x", bins=(0, sum(column.beyond) + 1))
    first = learn_plan(as_log(frame(FAHRENHEIT)))["x"].decision_edges()[0]
    assert report.selected_rows().height == np.sum(first > CELSIUS)


def test_edges_beyond_are_shared_rounded_and_in_order():
    column = shown(al.measure_drift(frame(CELSIUS), reference=frame(FAHRENHEIT)))
    edges = np.array(column.edges)
    assert np.all(np.diff(edges) >= 0)
    assert not set(edges.tolist()) & set(CELSIUS.tolist())
    assert edges[0] <= np.quantile(CELSIUS, 0.02)
    assert edges[0] > CELSIUS.min()
    own = shown(al.measure_drift(frame(FAHRENHEIT), reference=frame(FAHRENHEIT))).edges
    assert tuple(edges[column.beyond[0] :]) == own


def test_few_new_values_have_bins_of_their_own():
    rng = np.random.default_rng(0)
    plan = plan_of(rng.integers(0, 5, N), rng.integers(3, 9, N))
    assert set(plan.decision_edges()[-8::2]) >= {5.0, 6.0, 7.0, 8.0}


def test_what_lies_out_of_reach_stays_in_the_tail_and_its_unit_is_still_told():
    plan = plan_of(FAHRENHEIT, FAHRENHEIT * 1000)
    assert plan.beyond == (0, 0)
    assert plan.added.size >= 16
    counted = profile(frame(FAHRENHEIT), like=plan_holding(plan))
    assert decision_counts(counted, "x").sum() == N


def plan_holding(column):
    whole = learn_plan(as_log(frame(FAHRENHEIT)))
    return whole.__class__(columns=(column,), time=None, zone=whole.zone, every=None)


def test_profiles_made_by_one_plan_with_edges_beyond_still_add_up():
    plan = learn_plan(as_log(frame(FAHRENHEIT)), compared=as_log(frame(CELSIUS)))
    parts = [profile(frame(part), like=plan) for part in (CELSIUS[:7_000], CELSIUS[7_000:])]
    assert parts[0] + parts[1] == profile(frame(CELSIUS), like=plan)
