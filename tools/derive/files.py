"""Where derived files lie, how they begin, and how they are formatted."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src/afterlaunch"
NOTICE = "Written by `make sync` from {source}; do not edit."


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """Files with their text. `folder` and `pattern` name all files of the kind, so that a surplus one is removed."""

    files: dict[Path, str]
    folder: Path | None = None
    pattern: str = ""

    def present(self) -> list[Path]:
        """Return the files of the kind that are there."""
        return sorted(self.folder.glob(self.pattern)) if self.folder else []


def name_of(path: Path) -> str:
    """Return a path as seen from the root, the same on every system."""
    return path.relative_to(ROOT).as_posix()


def typescript(path: Path, *, source: str, body: str) -> str:
    """Return the text of a TypeScript file as Biome formats it."""
    text = f"// {NOTICE.format(source=source)}\n{body}"
    biome = ROOT / "node_modules/@biomejs/biome/bin/biome"
    if not biome.exists():
        raise SystemExit("no Biome in node_modules: run `npm ci --ignore-scripts`, then `make sync` again")
    return _through(["node", str(biome), "format", f"--stdin-file-path={name_of(path)}"], text)


def python(path: Path, *, source: str, body: str) -> str:
    """Return the text of a Python file as ruff sorts its imports and formats it."""
    text = f"# {NOTICE.format(source=source)}\n{body}"
    ruff = [sys.executable, "-m", "ruff"]
    imports = ["check", "--quiet", "--select=I,RUF022", "--fix", f"--stdin-filename={name_of(path)}", "-"]
    return _through([*ruff, "format", f"--stdin-filename={name_of(path)}", "-"], _through([*ruff, *imports], text))


def _through(command: list[str], text: str) -> str:
    done = subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}:\n{done.stderr}")
    return done.stdout
