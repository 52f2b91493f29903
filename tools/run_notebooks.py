"""Run the notebooks top to bottom and save them with what they show; without names, all of them.

python tools/run_notebooks.py [notebooks/tour.ipynb ...]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def run(path: Path) -> None:
    """Run one notebook, and save it without times of day, and without the indentation that would double panels."""
    untyped: Any = nbformat
    notebook = untyped.read(path, as_version=4)
    NotebookClient(notebook, timeout=600, kernel_name="python3", record_timing=False).execute(cwd=str(path.parent))
    plain = json.loads(untyped.writes(notebook))
    path.write_text(json.dumps(plain, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def main(names: list[str]) -> int:
    """Run the notebooks that were named."""
    for path in map(Path, names) if names else sorted(NOTEBOOKS.glob("*.ipynb")):
        run(path)
        print(f"{path.name}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
