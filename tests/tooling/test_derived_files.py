"""What is derived is up to date, and the generator knows what it cannot write."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from derive import contract, members  # noqa: E402  # tools are scripts: their folder is put on the path first


def written(source, tmp_path, name="Payload"):
    path = tmp_path / "payload.py"
    path.write_text(source, "utf-8")
    contract.read.cache_clear()
    writer = contract.Writer(contract.read(path))
    writer.add(name)
    return "\n".join(writer.written.values())


def test_nothing_would_change():
    done = subprocess.run(
        [sys.executable, "tools/sync.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("annotation", "type_"),
    [
        ("int", "number"),
        ("float | None", "number | null"),
        ("tuple[str, ...]", "readonly (string)[]"),
        ("tuple[int | None, ...]", "readonly (number | null)[]"),
        ("tuple[int, str]", "readonly [number, string]"),
        ("Literal['a', 'b', 1]", '"a" | "b" | 1'),
        ("Mapping[str, tuple[bool, ...]]", "Readonly<Record<string, readonly (boolean)[]>>"),
    ],
)
def test_an_annotation_becomes_a_type(annotation, type_, tmp_path):
    source = f"class Payload:\n    x: {annotation}\n"
    assert f"readonly x: {type_};" in written(source, tmp_path)


def test_a_dataclass_brings_what_it_names_with_its_comments(tmp_path):
    source = '''
Shape: TypeAlias = Literal["step", "ramp"]  # how it began
class Part:
    """A part."""
    shape: Shape  # a word
class Payload:
    parts: tuple[Part, ...]
'''
    text = written(source, tmp_path)
    assert text.index("type Shape") < text.index("interface Part") < text.index("interface Payload")
    assert "/** how it began */" in text
    assert "/** A part. */" in text
    assert "/** a word */" in text


def test_an_unknown_type_is_named(tmp_path):
    with pytest.raises(SystemExit, match="'Series'"):
        written("class Payload:\n    x: Series\n", tmp_path)


def test_a_fault_is_found_by_what_it_takes_and_returns():
    tree = ast.parse(
        "def find_a(change: Change) -> Hint | None: ...\n"
        "def find_b(changes: list) -> list: ...\n"
        "def _find_c(change: Change) -> Hint | None: ...\n"
    )
    assert list(members.finders(tree)) == ["find_a"]


def test_every_fault_has_a_rank_of_its_own():
    ranks = [members.rank_of(tree) for _, tree in members.sources(members.FAULTS) if list(members.finders(tree))]
    assert len(ranks) == len(set(ranks))
