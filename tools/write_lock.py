"""Write package-lock.json afresh: without download addresses, and whole for every platform.

A registry may lack the packages of other platforms; npm then leaves them out of the lock, and `npm ci` refuses it.
They are entered by name and version, which is enough where they are not installed.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PLATFORM = re.compile(r"(?P<os>android|darwin|freebsd|linux|win32)-(?P<cpu>arm64|x64)")


def resolve() -> dict[str, Any]:
    """Return the lock that npm makes from package.json alone, whatever is installed here."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("no npm on the PATH: a lock is written with it")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "package.json", folder)
        command = [npm, "install", "--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved=false"]
        subprocess.run(command, cwd=folder, check=True)
        return json.loads((Path(folder) / "package-lock.json").read_text("utf-8"))


def complete(packages: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the packages without addresses, with an entry for every optional one."""
    whole = {
        path: {key: value for key, value in package.items() if key != "resolved"} for path, package in packages.items()
    }
    for package in packages.values():
        for name, version in package.get("optionalDependencies", {}).items():
            whole.setdefault(f"node_modules/{name}", missing(name, version, package))
    return dict(sorted(whole.items()))


def missing(name: str, version: str, parent: dict[str, Any]) -> dict[str, Any]:
    """Return the entry of a platform's package that the registry lacks."""
    platform = PLATFORM.search(name)
    entry = {"version": version, "optional": True} | ({"dev": True} if parent.get("dev") else {})
    return entry | ({"os": [platform["os"]], "cpu": [platform["cpu"]]} if platform else {})


if __name__ == "__main__":
    lock = resolve()
    lock["packages"] = complete(lock["packages"])
    (ROOT / "package-lock.json").write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", "utf-8")
