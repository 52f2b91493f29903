"""Options as users write them, and the code that spells them out."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

import afterlaunch as al
from afterlaunch.drift.importance import read_importance
from afterlaunch.errors import BadOption

NAMES = ["amount", "items"]
WAYS = {"array": np.array, "series": pl.Series, "index": pd.Index, "tuple": tuple, "iterator": iter}


@pytest.fixture
def labelled(frame):
    return frame.to_pandas(), (frame["amount"] > 50).to_numpy()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_columns_are_any_iterable_of_names(frame, way):
    report = al.measure_drift(frame, reference=frame, columns=way(NAMES))
    assert report.table["column"].sort().to_list() == NAMES
    assert report.code() == "al.measure_drift(new, reference=old, columns=['amount', 'items'])"


@pytest.mark.parametrize(
    "options", [{"columns": []}, {"columns": 3}, {"measures": al.measures.PSI()}, {"measures": "psi"}]
)
def test_what_is_no_list_is_named(frame, options):
    with pytest.raises(BadOption, match=f"{next(iter(options))}="):
        al.measure_drift(frame, reference=frame, **options)


def test_one_measure_is_named_once(frame):
    with pytest.raises(BadOption, match="psi twice"):
        al.measure_drift(frame, reference=frame, measures=[al.measures.PSI(), al.measures.PSI(bins=20)])


def test_the_code_spells_out_measures_and_importance_and_runs(frame):
    options = {"measures": [al.measures.PSI(bins=20), al.measures.KS], "importance": {"items": 2}, "min_effect": 0.2}
    report = al.measure_drift(frame, reference=frame, **options)
    code = report.code()
    assert code.endswith("measures=[al.measures.PSI(bins=20), al.measures.KS()])")
    again = eval(code, {"al": al, "new": frame, "old": frame})  # noqa: S307 - our own code
    assert again.data == report.data


def test_a_fitted_estimator_is_called_model_in_the_code(frame, labelled):
    model = RandomForestClassifier(5, random_state=0).fit(labelled[0][NAMES], labelled[1])
    assert "importance=model" in al.measure_drift(frame, reference=frame, importance=model).code()


def test_importances_of_encoded_features_are_summed_by_column(labelled):
    table, target = labelled
    made = ColumnTransformer([("n", StandardScaler(), NAMES), ("c", OneHotEncoder(), ["country"])])
    model = make_pipeline(made, LogisticRegression()).fit(table, target)
    found = read_importance(model, ["amount", "items", "country", "member"])
    assert set(found) == {"amount", "items", "country"}
    sizes = np.abs(model[-1].coef_[0])
    assert found["country"] == pytest.approx(sizes[2:].sum() / sizes[0])


def test_a_search_gives_the_importances_of_what_it_found(labelled):
    search = GridSearchCV(RandomForestClassifier(5, random_state=0), {"max_depth": [2]}, cv=2)
    assert read_importance(search.fit(labelled[0][NAMES], labelled[1]), NAMES)["amount"] == 1


def test_an_estimator_of_other_columns_is_refused(labelled):
    model = LogisticRegression().fit(labelled[0][NAMES], labelled[1])
    with pytest.raises(BadOption, match="'amount' and others, none of them a column here"):
        read_importance(model, ["country"])


def test_importance_may_name_the_segment_column(frame):
    report = al.measure_drift(frame, reference=frame, by="country", importance={"country": 1})
    assert set(report.segments) == {"FR", "DE", "IT", "ES"}


def test_a_column_called_as_a_place_for_a_window_keeps_its_name_in_the_code(frame):
    odd = frame.rename({"amount": "{current}", "items": "{reference}"})
    report = al.measure_drift(odd, reference=odd, columns=["{current}", "{reference}"])
    assert report.code() == "al.measure_drift(new, reference=old, columns=['{current}', '{reference}'])"


@pytest.mark.parametrize("options", [{}, {"min_effect": 0.2}, {"columns": ["a, min_effect=7"]}])
def test_the_code_has_the_threshold_that_was_moved(frame, options):
    named = frame.rename({"amount": "a, min_effect=7"})
    measures = [al.measures.PSI(bins=12, min_effect=0.3)]
    report = al.measure_drift(named, reference=named, measures=measures, **options)
    report.widget.threshold = 0.5
    code = report.code()
    assert code.startswith("al.measure_drift(new, reference=old, min_effect=0.5")
    again = eval(code, {"al": al, "new": named, "old": named})  # noqa: S307 - our own code
    assert (again.data.min_effect, again.data.measure) == (0.5, "psi")


def test_a_length_of_buckets_that_a_profile_has_not_is_noted(frame):
    log = al.PredictionLog(
        frame.with_columns(at=pl.datetime(2024, 1, 1) + pl.duration(hours=pl.int_range(pl.len()))), time="at"
    )
    counts = al.profile(log)
    assert any("every='1h' was not used" in note for note in al.measure_drift(counts, every="1h").data.notes)
    assert not any("was not used" in note for note in al.measure_drift(counts).data.notes)


def test_zones_that_differ_are_noted(frame):
    at = pl.datetime(2024, 1, 1) + pl.duration(minutes=10 * pl.int_range(pl.len()))
    old, new = (
        al.PredictionLog(frame.with_columns(at=at.dt.replace_time_zone(zone)), time="at")
        for zone in ("Europe/Berlin", "America/New_York")
    )
    notes = al.measure_drift(new, reference=old).data.notes
    assert any("Europe/Berlin in the reference and in America/New_York in the new data" in note for note in notes)


def test_a_window_of_too_few_rows_says_how_many_it_needs(frame):
    report = al.measure_drift(frame.head(7), reference=frame)
    assert set(report.table["needs"]) == {"20 rows in each window"}
    assert "cannot tell: 20 rows in each window" in report.evidence


def test_an_estimator_without_importances_is_told_of_permutation_importance(frame, labelled):
    x, y = labelled[0][NAMES], labelled[1]
    model = HistGradientBoostingClassifier(max_iter=5).fit(x, y)
    with pytest.raises(BadOption, match=r"or give importance=.* permutation_importance\(model, X, y\)"):
        al.measure_drift(frame, reference=frame, importance=model)
    measured = permutation_importance(model, x, y, n_repeats=1, random_state=0).importances_mean
    report = al.measure_drift(frame, reference=frame, importance=dict(zip(x.columns, measured, strict=True)))
    assert report.table.sort("importance", descending=True, nulls_last=True)["column"].item(0) == "amount"
