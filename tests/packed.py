"""What a text holds, packed or not: searched for what must not leave with a report."""

from __future__ import annotations

import base64
import gzip
import json
import re
import zlib


def unpacked(text):
    """Return a text with all that is packed in it: base64 of gzip, of raw deflate, or of bytes."""
    found = [text]
    for packed in re.findall(r"[A-Za-z0-9+/]{16,}={0,2}", text):
        data = base64.b64decode(packed[: len(packed) // 4 * 4])
        for unpack in (gzip.decompress, lambda raw: zlib.decompress(raw, -15)):
            try:
                found += unpacked(unpack(data).decode("latin-1"))
            except (OSError, zlib.error, EOFError):
                continue
        found.append(data.decode("latin-1"))
    return found


def found_in(text, secrets):
    """Return which of some words a text holds."""
    parts = unpacked(text)
    return {secret for secret in secrets if any(secret in part for part in parts)}


def outputs_of(report):
    """Yield each form in which a cell shows a report, as text."""
    for content in report._repr_mimebundle_().values():
        yield content if isinstance(content, str) else json.dumps(content)


def files_of(report, folder, **options):
    """Yield the page and the file that a report is saved as, as text."""
    for ending in ("html", "json"):
        path = folder / f"report.{ending}"
        report.save(path, **options)
        yield path.read_text()


def words_of(report):
    """Return what a report says of itself."""
    return "\n".join([report.sentence, report.summary(), report.code(), repr(report)])
