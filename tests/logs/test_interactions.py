"""The log of impressions: what it takes, what it refuses and what it says."""

from __future__ import annotations

import math
import pickle
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.logs.strategies import frames

from afterlaunch.errors import AfterlaunchError, BadColumn, BadInput, BadOption, EmptyWindow, MissingColumn
from afterlaunch.logs import InteractionLog

START = datetime(2026, 1, 5, tzinfo=UTC)
FRAME = pl.DataFrame(
    {
        "at": [START + timedelta(hours=hour // 3) for hour in range(240)],
        "film": [f"film {place % 5}" for place in range(240)],
        "who": [f"user {place // 3 % 7}" for place in range(240)],
        "place": [1, 2, 3] * 80,
        "seen": [place % 4 == 0 for place in range(240)],
        "p": [0.5, 0.25, 0.25] * 80,
        "land": ["FR", "DE"] * 120,
    }
)
ROLES = {"time": "at", "item": "film", "user": "who", "position": "place", "clicked": "seen", "propensity": "p"}


def log_of(*changes: pl.Expr | pl.Series, without: str | None = None, **roles: object) -> InteractionLog:
    named = {role: name for role, name in {**ROLES, **roles}.items() if role != without}
    return InteractionLog(FRAME.with_columns(*changes), **named)


def test_a_log_knows_its_roles_rows_and_items():
    log = log_of()
    assert (log.time, log.item, log.user, log.position, log.clicked, log.propensity) == (
        *tuple(ROLES.values())[:4],
        "seen",
        "p",
    )
    assert (log.n_items, log.deterministic, log.lists_propensities, log.catalog) == (5, False, False, None)
    assert (log.noun, log.noise, log.in_memory) == ("impressions", None, True)
    assert log.collect().height == 240


def test_windows_and_conditions_are_those_of_any_log():
    log = log_of()
    assert log.between("2026-01-06", "2026-01-07").collect().height == 72
    assert log.last("2h").where(pl.col("land") == "FR").collect().height == 3
    assert isinstance(log.last("2h"), InteractionLog)
    assert log.last("2h").catalog is log.catalog
    with pytest.raises(EmptyWindow, match=r"no impressions between 2027"):
        log.between("2027-01-01", "2027-01-02")
    with pytest.raises(MissingColumn, match="no column 'lande' for a condition; did you mean 'land'"):
        log.where(pl.col("lande") == "FR")


def test_flags_may_be_numbers_and_nan_is_no_value():
    flags = pl.when(pl.col("seen")).then(1.0).when(pl.col("place") == 2).then(math.nan).otherwise(0.0).alias("seen")
    log = log_of(flags)
    assert log.collect()["seen"].dtype == pl.Boolean
    assert log.collect()["seen"].sum() == 60
    assert "count as not clicked: 60" in " ".join(log.notes)


def test_a_log_is_read_from_files_without_loading_them(tmp_path):
    for place, part in enumerate((FRAME.head(100), FRAME.tail(140))):
        part.write_parquet(tmp_path / f"{place}.parquet")
    log = InteractionLog(tmp_path, **ROLES)
    assert (log.in_memory, len(log.paths), log.n_items) == (False, 2, 5)
    assert log.part(log.paths[0]).collect().height == 100
    assert pickle.loads(pickle.dumps(log)).collect().equals(log.collect())  # noqa: S301 - our own bytes


def test_any_kind_of_frame_is_a_log():
    for data in (
        FRAME.to_pandas(),
        FRAME.to_arrow(),
        FRAME.lazy(),
        FRAME.with_columns(pl.col("film").cast(pl.Categorical)),
    ):
        assert InteractionLog(data, **ROLES).n_items == 5


def test_a_summary_says_what_each_column_holds():
    lines = log_of().summary().splitlines()
    assert lines[:2] == ["240 impressions, 6 columns", "at: 2026-01-05 to 2026-01-08 (UTC)"]
    told = {line.split()[0]: line.split()[1:3] for line in lines[4:10]}
    assert told == {
        "at": ["time", "time"],
        "film": ["item", "label"],
        "who": ["user", "label"],
        "place": ["position", "number"],
        "seen": ["clicked", "flag"],
        "p": ["propensity", "share"],
    }
    assert repr(log_of()).startswith("<InteractionLog: 6 columns ('at', 'film'")


def test_a_log_survives_names_that_are_code():
    name = "<img src=x onerror=alert(1)>"
    log = InteractionLog(FRAME.rename({"film": name}), time="at", item=name)
    assert "<img" not in log._repr_html_()


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("changes", "roles", "error", "message"),
    [
        ([], {"item": "films"}, MissingColumn, "no column 'films' for item; did you mean 'film'"),
        ([], {"user": "film"}, BadColumn, "'film' is named as item and as user: name it once"),
        ([], {"user": 3}, BadOption, "user=3 is no column name: write user='user'"),
        (
            [pl.lit(None, pl.String).alias("film")],
            {},
            BadColumn,
            "'film' holds no item: all of its 240 values are null",
        ),
        ([pl.lit("Heat").alias("film")], {}, BadInput, "'film' holds a single item, so that it is shown always"),
        ([pl.lit(0.5).alias("film")], {}, BadColumn, "'film' is Float64: item is a name or a whole number; cast it"),
        ([pl.lit(0.0).alias("p")], {}, None, ""),
        ([pl.col("p") - 0.25], {}, BadColumn, "'p' is 0 for 160 impressions: what was shown had a chance above 0"),
        ([pl.col("p") - 0.5], {}, BadColumn, r"'p' runs from -0\.25 to 0, a propensity is above 0 and at most 1"),
        (
            [(1 / pl.col("p")).alias("p")],
            {},
            BadColumn,
            "'p' runs from 2 to 4, a propensity .* not its score or its inverse",
        ),
        ([pl.lit("high").alias("p")], {}, BadColumn, "'p' is String: propensity is a probability, or a list"),
        ([pl.lit(None, pl.Float64).alias("p")], {}, BadColumn, "'p' holds no propensity: all values are null"),
        (
            [pl.lit(4).alias("seen")],
            {},
            BadColumn,
            r"'seen' holds 4: clicked is a boolean, or 0 and 1; say which values",
        ),
        ([pl.lit("yes").alias("seen")], {}, BadColumn, "'seen' is String: clicked is a boolean, or 0 and 1"),
        (
            [pl.lit(True).alias("seen")],
            {},
            BadColumn,
            "'seen' is true in all 240 impressions: these are the clicks alone",
        ),
        ([pl.col("place") - 5], {}, BadColumn, "'place' holds -4: places in a list are counted from 1"),
        ([pl.col("place") / 2], {}, BadColumn, "'place' holds fractions: places in a list are whole numbers"),
        ([pl.lit(1).alias("place")], {}, BadColumn, "'place' repeats a place in 80 of 80 lists .* 1 places for 3 impr"),
        (
            [pl.when(pl.col("place") < 3).then("place")],
            {},
            BadColumn,
            "20 impressions were clicked but have no place in 'place': what was never shown cannot be clicked",
        ),
    ],
)
def test_what_no_log_of_impressions_can_hold_is_refused(changes, roles, error, message):
    if error is None:
        assert log_of(*changes, **roles).deterministic
        return
    with pytest.raises(error, match=message):
        log_of(*changes, **roles)


def test_a_catalogue_smaller_than_the_items_seen_is_refused():
    with pytest.raises(
        BadInput, match=r"the log shows 2 items that the catalogue of 3 lacks, such as \['film 3', 'film 4'\]"
    ):
        log_of(catalog=["film 0", "film 1", "film 2"])


def test_a_catalogue_is_any_collection_of_items_or_a_table_with_them():
    names = [f"film {place}" for place in range(9)]
    for catalog in (names, tuple(names), set(names), pl.Series(names), pl.DataFrame({"film": names}), iter(names)):
        log = log_of(catalog=catalog)
        assert sorted(log.catalog.to_list()) == names
    numbered = InteractionLog(FRAME.with_columns(film=pl.int_range(240) % 5), time="at", item="film", catalog=range(7))
    assert numbered.catalog.to_list() == list(range(7))
    assert log_of(catalog=[*names, "film 1"]).catalog.to_list() == names


@pytest.mark.parametrize(
    ("catalog", "error", "message"),
    [
        ([], BadInput, "the catalogue is empty: pass every item"),
        ([1, 2], BadColumn, "items are String in column 'film' and Int64 in the catalogue: bring both to one type"),
        (["film 0", None], BadInput, "the catalogue holds 1 items without a name: drop them"),
        (["film 0", 3], BadInput, "the catalogue mixes types"),
        (pl.DataFrame({"movie": ["film 0"]}), BadInput, "the catalogue has no column 'film': it has 'movie'"),
    ],
)
def test_a_catalogue_that_is_none_is_refused(catalog, error, message):
    with pytest.raises(error, match=message):
        log_of(catalog=catalog)


def test_a_deterministic_policy_is_a_fact_and_not_an_error():
    log = log_of(pl.lit(1.0).alias("p"))
    assert log.deterministic
    assert "All propensities are 0 or 1: the policy left nothing to chance" in " ".join(log.notes)
    assert not log_of().deterministic


def test_days_may_hold_several_lists():
    days = FRAME.with_columns(pl.col("at").dt.date(), place=pl.lit(1))
    log = InteractionLog(days, **ROLES)
    assert any("which places make a list cannot be told" in note for note in log.notes)
    assert days.schema["at"] == pl.Date
    assert log.between(date(2026, 1, 6), date(2026, 1, 7)).collect().height == 72


def test_a_few_broken_lists_are_noted():
    wide = pl.concat([FRAME.with_columns(pl.col("at").dt.offset_by(f"{week}w")) for week in range(3)])
    assert (
        "A few lists repeat a place: 1."
        in InteractionLog(
            wide.with_columns(place=pl.when(pl.int_range(720) == 1).then(1).otherwise("place")), **ROLES
        ).notes
    )


# ---------------------------------------------------------------- propensities of the whole catalogue


def listed(*lists: list[float]) -> pl.DataFrame:
    n = len(lists)
    at = [START + timedelta(days=day) for day in range(n)]
    return pl.DataFrame({"at": at, "film": ["a", "b", "c", "a"][:n], "p": list(lists)})


def listed_log(*lists: list[float], catalog: object = ("a", "b", "c"), **options: object) -> InteractionLog:
    return InteractionLog(listed(*lists), time="at", item="film", propensity="p", catalog=catalog, **options)


def test_a_list_of_propensities_over_the_catalogue_is_kept():
    log = listed_log([0.5, 0.3, 0.2], [0.1, 0.9, 0.0], [0.2, 0.2, 0.6])
    assert log.lists_propensities
    assert log.collect()["p"].to_list()[1] == [0.1, 0.9, 0.0]
    arrays = listed([0.5, 0.3, 0.2], [0.1, 0.9, 0.0]).with_columns(pl.col("p").cast(pl.Array(pl.Float64, 3)))
    assert InteractionLog(arrays, time="at", item="film", propensity="p", catalog=["a", "b", "c"]).lists_propensities


def test_propensities_of_lists_of_two_add_up_to_two():
    assert listed_log([1.0, 0.6, 0.4], [0.8, 0.9, 0.3]).lists_propensities


@pytest.mark.parametrize(
    ("lists", "options", "error", "message"),
    [
        ([[0.5, 0.5], [0.5, 0.5]], {}, BadColumn, "have 2 entries, the catalogue 3 items"),
        ([[0.5, 0.5], [0.2, 0.3, 0.5]], {}, BadColumn, "have 2 to 3 entries, the catalogue 3 items"),
        (
            [[0.2, 0.2, 0.2], [0.5, 0.2, 0.3]],
            {},
            BadColumn,
            r"add up to 0\.6 to 1: propensities add up to 1 for one place",
        ),
        ([[0.9, 0.5, 0.2], [0.5, 0.2, 0.3]], {}, BadColumn, r"add up to 1 to 1\.6"),
        ([[0.0, 0.5, 0.5], [0.2, 0.3, 0.5]], {}, BadColumn, "'p' is 0 for 1 impressions: what was shown had a chance"),
        ([[0.5, None, 0.5], [0.2, 0.3, 0.5]], {}, BadColumn, "1 lists in column 'p' hold null or NaN"),
        ([[1.5, -0.5, 0.0], [0.2, 0.3, 0.5]], {}, BadColumn, r"'p' runs from -0\.5 to 1\.5"),
        ([[0.5, 0.3, 0.2]], {"catalog": None}, BadInput, "'p' holds lists: pass catalog="),
        ([[0.5, 0.3, 0.2]], {"catalog": ["a", "b", "c", "a"]}, BadInput, "names 1 items twice"),
    ],
)
def test_lists_that_are_no_propensities_are_refused(lists, options, error, message):
    with pytest.raises(error, match=message):
        listed_log(*lists, **options)


def test_lists_of_certainties_are_a_deterministic_policy():
    assert listed_log([1.0, 0.0, 0.0], [0.0, 1.0, 0.0]).deterministic


# ---------------------------------------------------------------- expected exposure as a table

EXPOSURE = pl.DataFrame(
    {"period": [date(2026, 1, 5)] * 5, "film": [f"film {place}" for place in range(5)], "impressions": [48.0] * 5}
)


def test_expected_exposure_is_read_as_moments_items_and_amounts():
    log = log_of(without="propensity", expected_exposure=EXPOSURE)
    assert log.expected_exposure.columns == ["period", "item", "expected"]
    assert log.expected_exposure["period"][0] == START
    renamed = EXPOSURE.rename({"period": "at", "film": "item"})
    assert log_of(without="propensity", expected_exposure=renamed).expected_exposure.equals(log.expected_exposure)


@pytest.mark.parametrize(
    ("table", "error", "message"),
    [
        (EXPOSURE.drop("period"), BadInput, "expected_exposure has the columns 'film', 'impressions': pass three"),
        (EXPOSURE.with_columns(other=pl.lit(1.0)), BadInput, "pass three"),
        (EXPOSURE.with_columns(impressions=pl.lit(-1.0)), BadInput, r"holds -1\.0 impressions: none can be below 0"),
        (EXPOSURE.with_columns(impressions=pl.lit(math.nan)), BadInput, "rows without a value"),
        (EXPOSURE.with_columns(period=pl.lit("soon")), BadInput, "rows without a value that can be read"),
        (
            EXPOSURE.with_columns(film=pl.int_range(5)),
            BadColumn,
            "items are String in column 'film' and Int64 in expected",
        ),
    ],
)
def test_expected_exposure_that_is_none_is_refused(table, error, message):
    with pytest.raises(error, match=message):
        log_of(without="propensity", expected_exposure=table)


def test_propensities_are_said_in_one_way():
    with pytest.raises(BadOption, match="two ways to say one thing: pass one of them"):
        log_of(expected_exposure=EXPOSURE)


def test_expected_exposure_stays_within_the_catalogue():
    with pytest.raises(BadInput, match=r"expected_exposure has 1 item that the catalogue of 5 lacks"):
        log_of(
            without="propensity",
            catalog=[f"film {place}" for place in range(5)],
            expected_exposure=EXPOSURE.with_columns(film=pl.lit("Heat")),
        )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(frames().flatmap(lambda frame: st.tuples(st.just(frame), st.permutations([*frame.columns, *"abcdefghi"]))))
def test_any_frame_with_any_roles_is_a_log_or_an_error_of_ours(drawn):
    frame, names = drawn
    roles = dict(zip(("time", "item", "propensity", "clicked", "user", "position", "noise"), names, strict=False))
    try:
        log = InteractionLog(frame, **roles)
    except AfterlaunchError as error:
        return None if str(error).strip() else pytest.fail("an error without a message")
    assert log.collect().height <= frame.height
    assert log.summary()
    return None
