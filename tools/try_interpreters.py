"""Install the wheel for every interpreter at hand other than this one, and run the fast tests on it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
MINORS = (11, 12, 13, 14)
FAST = [
    "-m",
    "not browser and not simulation",
    "--ignore=tests/tooling",
    "--ignore=tests/browser",
    "--ignore=tests/test_notebooks.py",
    "-p",
    "no:cacheprovider",
]


def main() -> int:
    """Return 1 if the tests fail on any interpreter."""
    interpreters = {minor: found for minor in MINORS if minor != sys.version_info.minor and (found := find(minor))}
    if not interpreters:
        print("no other interpreter at hand: nothing to try")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
        wheel = next(Path(folder).glob("*.whl"))
        results = {minor: attempt(found, wheel, Path(folder) / f"3.{minor}") for minor, found in interpreters.items()}
    for minor, status in results.items():
        print(f"Python 3.{minor}: {'passed' if status == 0 else 'FAILED'}")
    return int(any(results.values()))


def find(minor: int) -> str | None:
    """Return an interpreter that runs, from pyenv's folder or the PATH."""
    versions = sorted(Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python"))
    candidates = [*map(str, reversed(versions)), shutil.which(f"python3.{minor}")]
    return next((path for path in candidates if path and answers(path, minor)), None)


def answers(path: str, minor: int) -> bool:
    """Say whether an interpreter is what its name says; pyenv's shims stand for versions that are not installed."""
    question = "import sys; print(sys.version_info[1])"
    asked = subprocess.run([path, "-c", question], capture_output=True, text=True, check=False)
    return asked.stdout.strip() == str(minor)


def attempt(interpreter: str, wheel: Path, environment: Path) -> int:
    """Return the exit status of the fast tests in an environment of their own."""
    run(interpreter, "-m", "venv", environment)
    python = environment / "bin/python"
    run(python, "-m", "pip", "install", "-qq", "-c", "constraints.txt", "pip")
    run(python, "-m", "pip", "install", "-qq", "-c", "constraints.txt", "--group", "test", f"{wheel}[dask]")
    return subprocess.run([python, "-m", "pytest", "-q", *FAST, "tests"], cwd=ROOT, check=False).returncode


def run(*command: str | Path) -> None:
    """Run a command that must succeed."""
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
