"""The wheel carries all that a user needs, and nothing that asks the network."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXTENSION = "afterlaunch-0.1.0.data/data/share/jupyter/labextensions/afterlaunch"
MAX_BYTES = 6_000_000
ADDRESS = re.compile(r"https?://[^\s\"'`)\\]*")
NAMESPACES = ("http://www.w3.org/",)


def content(wheel):
    """Return the names in a wheel without what depends on the moment it was made."""
    return sorted(name for name in wheel.namelist() if "dist-info" not in name)


def front_end(wheel):
    names = [name for name in wheel.namelist() if name.endswith((".js", ".css"))]
    return {name: wheel.read(name).decode() for name in names}


def test_the_wheel_carries_the_panels_the_extension_and_the_data(wheel):
    names = set(wheel.namelist())
    kinds = {path.stem for path in (ROOT / "js/src/panels").glob("*.tsx")}
    static = {f"afterlaunch/static/{place}.{kind}.js" for place in ("widget", "page") for kind in kinds}
    assert names >= static | {"afterlaunch/py.typed", f"{EXTENSION}/install.json", f"{EXTENSION}/package.json"}
    assert any(name.startswith("afterlaunch/datasets/") and name.endswith(".parquet") for name in names)
    assert not any(name.startswith("afterlaunch/labextension") for name in names)


def test_the_extension_loads_files_that_are_there(wheel):
    built = json.loads(wheel.read(f"{EXTENSION}/package.json"))["jupyterlab"]["_build"]
    entry = wheel.read(f"{EXTENSION}/{built['load']}").decode()
    chunk = re.search(r"lab\.[0-9a-f]+\.js", entry)
    assert chunk is not None
    assert f"{EXTENSION}/static/{chunk[0]}" in wheel.namelist()


def test_the_wheel_is_small(wheel):
    assert sum(entry.compress_size for entry in wheel.infolist()) <= MAX_BYTES


def test_the_front_end_names_no_address(wheel):
    for name, text in front_end(wheel).items():
        assert [found for found in ADDRESS.findall(text) if not found.startswith(NAMESPACES)] == [], name


def test_an_sdist_installs_without_node(wheel, wheel_from_sdist):
    assert content(wheel_from_sdist) == content(wheel)


@pytest.mark.parametrize("path", ["package-lock.json", "constraints.txt"])
def test_pinned_versions_name_no_address(path):
    text = (ROOT / path).read_text("utf-8")
    assert '"resolved"' not in text
    assert " @ " not in text
