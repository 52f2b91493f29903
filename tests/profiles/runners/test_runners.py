from __future__ import annotations

import polars as pl
import pytest
from distributed import Client, LocalCluster
from tests.profiles.frames import log_of, random_frame

from afterlaunch.logs import PredictionLog
from afterlaunch.profiles import learn_plan, profile
from afterlaunch.profiles.runners import Dask, Local


@pytest.fixture(scope="module")
def frame():
    return random_frame(6_000)


@pytest.fixture(scope="module")
def log(frame, tmp_path_factory):
    folder = tmp_path_factory.mktemp("log")
    for place, part in enumerate(frame.iter_slices(1_000)):
        part.write_parquet(folder / f"{place}.parquet")
    return PredictionLog(folder / "*.parquet", time="at")


@pytest.fixture(scope="module")
def client():
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        yield client


def saved(counted, folder) -> bytes:
    counted.save(folder / "p.parquet")
    return (folder / "p.parquet").read_bytes()


def test_files_give_the_bytes_of_one_frame(frame, log, tmp_path):
    plan = learn_plan(log_of(frame))
    whole = saved(profile(log_of(frame), like=plan), tmp_path)
    assert saved(profile(log, like=plan), tmp_path) == whole


def test_processes_give_the_bytes_of_one_frame(frame, log, tmp_path):
    plan = learn_plan(log_of(frame))
    whole = saved(profile(log_of(frame), like=plan), tmp_path)
    assert saved(profile(log, like=plan, runner=Local(processes=2)), tmp_path) == whole


def test_a_dask_cluster_gives_the_bytes_of_one_frame(frame, log, client, tmp_path):
    plan = learn_plan(log_of(frame))
    whole = saved(profile(log_of(frame), like=plan), tmp_path)
    assert saved(profile(log, like=plan, runner=Dask(client=client)), tmp_path) == whole


def test_a_plan_learned_from_files_is_that_of_one_frame(frame, log):
    assert learn_plan(log) == learn_plan(log_of(frame))


def test_a_filtered_log_is_counted_filtered(frame, log, client):
    plan = learn_plan(log)
    expected = profile(log_of(frame.filter(pl.col("flag"))), like=plan)
    assert profile(log.where(pl.col("flag")), like=plan, runner=Dask(client=client)) == expected
