"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from afterlaunch.errors import BadFile


def write(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, with the permissions that a new file gets; a reader never sees a part of it.

    Raise `BadFile` if there is no such folder.
    """
    check_folder(path)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(0o666 & ~_umask())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def check_folder(path: Path) -> None:
    """Raise `BadFile` where a file's folder is missing."""
    if not path.parent.is_dir():
        raise BadFile(f"cannot write {path.name!r}: there is no folder {str(path.parent)!r}; create it first")


def _umask() -> int:
    # It can only be read by setting it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
