"""Whatever table comes in: a log that shows itself, or an error of ours."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, TypeVar

import polars as pl
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from tests.logs.strategies import frames, names, roles

from afterlaunch.errors import AfterlaunchError
from afterlaunch.logs import PredictionLog

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

patient = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def converted(convert: Callable[[], T]) -> T:
    """Return a frame as another library has it; try another frame where that library cannot hold it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return convert()
        except (Exception, pl.exceptions.PanicException):  # noqa: BLE001 - theirs to raise, not ours to list
            reject()


def use(data: object, **named: object) -> PredictionLog | None:
    """Do with a table what users do with a log; any error but ours fails the test."""
    try:
        log = PredictionLog(data, **named)  # pyright: ignore[reportArgumentType]
    except AfterlaunchError as error:
        return None if str(error).strip() else pytest.fail("an error without a message")
    rows = log.collect()
    assert all(column.dtype == rows.schema[column.name] for column in log.columns)
    assert len({column.name for column in log.columns}) == len(log.columns)
    assert log.summary()
    assert "<img" not in log._repr_html_()
    if log.time is not None and rows.height:
        assert log.last("1d").collect().height >= 1
    return log


@patient
@given(frames().flatmap(lambda frame: st.tuples(st.just(frame), roles(frame))))
def test_any_polars_frame_with_any_roles_is_a_log_or_an_error_of_ours(drawn: tuple[pl.DataFrame, dict[str, object]]):
    frame, named = drawn
    use(frame, **named)
    use(frame.lazy(), **named)


@patient
@given(frames())
def test_any_frame_without_roles_is_a_log_or_an_error_of_ours(frame: pl.DataFrame):
    use(frame)


@patient
@given(frames(), st.lists(names, min_size=5, max_size=5))
def test_any_arrow_table_with_doubled_names_is_a_log_or_an_error_of_ours(frame: pl.DataFrame, doubled: list[str]):
    arrow = converted(frame.to_arrow)
    use(arrow.rename_columns(doubled[: arrow.num_columns]))


@patient
@given(frames(), st.lists(names, min_size=5, max_size=5))
def test_any_pandas_frame_with_doubled_names_is_a_log_or_an_error_of_ours(frame: pl.DataFrame, doubled: list[str]):
    pandas = converted(frame.to_pandas)
    pandas.columns = doubled[: pandas.shape[1]]
    use(pandas)


@patient
@given(frames().flatmap(lambda frame: st.tuples(st.just(frame), roles(frame))))
def test_any_parquet_file_is_a_log_or_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[pl.DataFrame, dict[str, object]]
):
    frame, named = drawn
    path = tmp_path_factory.mktemp("any") / "frame.parquet"
    converted(lambda: frame.write_parquet(path))
    log = use(path, **named)
    if log is not None:
        assert log.part(path).collect().equals(log.collect())
