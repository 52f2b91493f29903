"""A module imports only from above it; a page builds no markup from text."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for path in (ROOT / "js/src").rglob("*.ts*") if ".test." not in path.name)
LAYERS = ("contract", "stats", "charts", "panels", "hosts")
IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.[^"']*)["']""")
MARKUP = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|eval)\b")


def test_python_layers_hold():
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_typescript_layers_hold(path):
    layer = path.relative_to(ROOT / "js/src").parts[0]
    for found in IMPORT.findall(path.read_text("utf-8")):
        other = (path.parent / found).resolve().relative_to(ROOT / "js/src").parts[0]
        assert LAYERS.index(other) <= LAYERS.index(layer), f"{layer} imports {found}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_text_never_becomes_markup(path):
    assert not MARKUP.search(path.read_text("utf-8"))
