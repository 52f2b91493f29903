"""Secrets, planted in rows and searched for in what leaves with a report, packed or not."""

from __future__ import annotations

import base64
import gzip
import json
import re
import zlib
from datetime import datetime, timedelta

PLANTED = ("secret-id", "secret note", "81726.354", "-71625.344", "91827")


def columns_with_secrets(n, chance):
    """Return columns of n rows, one each half-hour of 2026: ids, free text, and numbers with an extreme or two."""
    income, visits = chance.normal(0, 1, n), chance.poisson(3, n)
    income[[5, n // 2]], visits[7] = (81726.354, -71625.344), 91827
    return {
        "at": [datetime(2026, 1, 1) + timedelta(minutes=30 * i) for i in range(n)],  # noqa: DTZ001 (UTC is said so)
        "id": [f"secret-id-{i}" for i in range(n)],
        "note": [f"secret note number {i} on {chance.integers(1e9)}" for i in range(n)],
        "income": income,
        "visits": visits,
    }


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
