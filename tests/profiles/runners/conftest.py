from __future__ import annotations

import pytest
from tests.profiles.frames import random_frame

from afterlaunch.logs import PredictionLog


@pytest.fixture(scope="session")
def frame():
    return random_frame(6_000)


@pytest.fixture(scope="session")
def log(frame, tmp_path_factory):
    folder = tmp_path_factory.mktemp("log")
    for place, part in enumerate(frame.iter_slices(1_000)):
        part.write_parquet(folder / f"{place}.parquet")
    return PredictionLog(folder / "*.parquet", time="at")


@pytest.fixture
def saved(tmp_path):
    def save(profile) -> bytes:
        profile.save(tmp_path / "p.parquet")
        return (tmp_path / "p.parquet").read_bytes()

    return save
