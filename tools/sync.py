"""Write what is derived from the sources; with `--check`, write nothing and exit 1 where something would change.

Derived are: the TypeScript types of the payloads, the list of panels, the lists of one-file-each members, the
reference pages, and the golden vectors that hold the browser's statistics equal to Python's.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from typing import TYPE_CHECKING

from derive import contract, members, panels, reference
from derive.files import ROOT, name_of

if TYPE_CHECKING:
    from pathlib import Path

    from derive.files import Derived

GENERATORS = (contract.derive, panels.derive, members.derive, reference.derive)
GOLDEN = ROOT / "tools/write_golden.py"


def main() -> int:
    """Bring every derived file up to date, or with `--check` name those that are not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where something would change")
    check = parser.parse_args().check
    stale = [path for generate in GENERATORS for path in bring_up_to_date(generate(), check=check)]
    for path in stale:
        print(f"{'out of date, run `make sync`' if check else 'written'}: {name_of(path)}")
    return int(check and bool(stale)) or golden(check=check)


def bring_up_to_date(derived: Derived, *, check: bool) -> list[Path]:
    """Return the files that differ from what they are derived from; unless `check`, write and remove them."""
    changed = [path for path, text in derived.files.items() if not path.exists() or path.read_text("utf-8") != text]
    surplus = [path for path in derived.present() if path not in derived.files]
    if not check:
        for path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(derived.files[path], "utf-8")
        for path in surplus:
            path.unlink()
    return changed + surplus


def golden(*, check: bool) -> int:
    """Write or check the golden vectors."""
    return subprocess.run([sys.executable, GOLDEN, *(["--check"] if check else [])], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
