"""Options as users write them, and the code that spells them out."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
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
