"""Lists of what comes one file each: measures, metrics, outliers, runners, faults."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from derive.files import PACKAGE, Derived, python

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEASURES = PACKAGE / "drift/measures"
METRICS = PACKAGE / "performance/metrics"
OUTLIERS = PACKAGE / "edges/outliers"
RUNNERS = PACKAGE / "profiles/runners"
FAULTS = PACKAGE / "quality"
RANK = "RANK"


def derive() -> Derived:
    """Return the five lists."""
    measures = {name: home for home, name in classes(MEASURES) if has(MEASURES / f"{home}.py", name, "name")}
    metrics = {name: home for home, name in classes(METRICS) if has(METRICS / f"{home}.py", name, "name")}
    outliers = {name: home for home, name in classes(OUTLIERS) if has(OUTLIERS / f"{home}.py", name, "name")}
    runners = {name: home for home, name in classes(RUNNERS) if has(RUNNERS / f"{home}.py", name, "run")}
    files = {
        MEASURES / "__init__.py": exports(
            MEASURES, measures, "Drift measures, one file each; the report's table has a column for each."
        ),
        METRICS / "__init__.py": exports(METRICS, metrics, "Metrics of performance, one file each."),
        OUTLIERS / "__init__.py": exports(OUTLIERS, outliers, "Ways to score how odd rows are, one file each."),
        RUNNERS / "__init__.py": exports(
            RUNNERS, runners | {"Runner": "runner"}, "Where the files of a log are counted, one file a place."
        ),
        FAULTS / "faults.py": faults(),
    }
    return Derived(files=files)


def exports(package: Path, members: dict[str, str], summary: str) -> str:
    """Return an `__init__.py` that imports the members (name to module) and lists them."""
    path = package / "__init__.py"
    imports = "\n".join(f"from {dotted(package)}.{home} import {name}" for name, home in members.items())
    listed = ", ".join(f'"{name}"' for name in members)
    return python(path, source="the files beside it", body=f'"""{summary}"""\n\n{imports}\n\n__all__ = [{listed}]\n')


def faults() -> str:
    """Return `faults.py`: the finders of faults in one column, by the RANK of their files."""
    found = sorted((rank_of(tree), path.stem, name) for path, tree in sources(FAULTS) for name in finders(tree))
    imports = "\n".join(f"from {dotted(FAULTS)}.{home} import {name}" for _, home, name in found)
    body = f'''"""Faults that one column shows, from the most telling to the least."""

from __future__ import annotations

from typing import TYPE_CHECKING

{imports}

if TYPE_CHECKING:
    from collections.abc import Callable

    from {dotted(FAULTS)}.change import Change, Hint

FAULTS: tuple[Callable[[Change], Hint | None], ...] = ({"".join(f"{name}, " for *_, name in found)})
'''
    return python(FAULTS / "faults.py", source=f"the files beside it, by their {RANK}", body=body)


def finders(tree: ast.Module) -> Iterator[str]:
    """Yield the public functions that look at one column and return a hint or None."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("find_") and node.returns is not None:
            annotations = [ast.unparse(argument.annotation or ast.Constant(None)) for argument in node.args.args]
            if annotations == ["Change"] and ast.unparse(node.returns) == "Hint | None":
                yield node.name


def rank_of(tree: ast.Module) -> int:
    """Return the value of RANK in a fault's file; 100 without one."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == RANK:
            return int(ast.literal_eval(node.value))
    return 100


def classes(package: Path) -> Iterator[tuple[str, str]]:
    """Yield module and name of every public dataclass in the files of a package."""
    for path, tree in sources(package):
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.decorator_list:
                yield path.stem, node.name


def has(path: Path, name: str, member: str) -> bool:
    """Say whether a class sets the class variable, or defines the method, `member`; a protocol only declares it."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            return any(
                (isinstance(part, ast.AnnAssign) and part.value is not None and ast.unparse(part.target) == member)
                or (isinstance(part, ast.FunctionDef) and part.name == member)
                for part in node.body
            ) and not any(ast.unparse(base) == "Protocol" for base in node.bases)
    return False


def sources(package: Path) -> Iterator[tuple[Path, ast.Module]]:
    """Yield the files of a package that are written by hand, parsed."""
    for path in sorted(package.glob("*.py")):
        if path.stem not in {"__init__", "faults"}:
            yield path, ast.parse(path.read_text("utf-8"))


def dotted(package: Path) -> str:
    """Return a package's import name."""
    return ".".join(package.relative_to(PACKAGE.parent).parts)
