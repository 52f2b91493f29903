"""The public names are a choice, and importing them is quick."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import polars as pl
import pytest

import afterlaunch as al
from afterlaunch import version
from afterlaunch.errors import BadFile

PUBLIC = (Path(__file__).parent / "golden/public_names.txt").read_text(encoding="utf-8").split()
HEAVY = ("sklearn", "altair", "IPython", "ipywidgets", "anywidget", "scipy.stats", "pandas", "vl_convert")


def loaded_after(code):
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; import sys; print('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there_and_says_what_it_is(name):
    assert getattr(al, name).__doc__
    assert name in dir(al)


def test_the_version_is_written_once():
    root = Path(__file__).parents[1]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert root / project["tool"]["hatch"]["version"]["path"] == Path(version.__file__)
    assert json.loads((root / "package.json").read_text(encoding="utf-8"))["version"] == al.__version__
    frame = pl.DataFrame({"x": list(range(99))})
    assert al.measure_drift(frame, reference=frame).data.product == f"afterlaunch {al.__version__}"


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="measure_drfit"):
        _ = al.measure_drfit


def test_importing_the_package_loads_nothing_heavy():
    assert not loaded_after("import afterlaunch") & {*HEAVY, "polars", "numpy"}


def test_measuring_drift_loads_no_notebook_and_no_model():
    frame = "pl.DataFrame({'x': list(range(99))})"
    code = f"import afterlaunch as al, polars as pl; f = {frame}; al.measure_drift(f, reference=f)"
    assert not loaded_after(code) & {"sklearn", "altair", "IPython", "ipywidgets", "anywidget", "pandas"}


def test_a_report_shows_itself():
    frame = pl.DataFrame({"x": list(range(99))})
    bundle = al.measure_drift(frame, reference=frame)._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert {"text/plain", "text/html", "image/png", "application/vnd.afterlaunch.panel.v1+json"} <= set(data)


def test_a_saved_report_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadFile, match=r"there is no file .*gone\.json: check the path"):
        al.load_report(tmp_path / "gone.json")
