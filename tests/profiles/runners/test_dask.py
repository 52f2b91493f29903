from __future__ import annotations

import polars as pl
import pytest
from distributed import Client, LocalCluster
from tests.profiles.frames import log_of

from afterlaunch.profiles import Dask, learn_plan, profile


@pytest.fixture(scope="module")
def client():
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        yield client


def test_a_cluster_gives_the_bytes_of_one_frame(frame, log, client, saved):
    plan = learn_plan(log_of(frame))
    assert saved(profile(log, like=plan, runner=Dask(client=client))) == saved(profile(log_of(frame), like=plan))


def test_a_filtered_log_is_counted_filtered(frame, log, client):
    plan = learn_plan(log)
    expected = profile(log_of(frame.filter(pl.col("flag"))), like=plan)
    assert profile(log.where(pl.col("flag")), like=plan, runner=Dask(client=client)) == expected
