"""Counts as text: base64 of raw-deflated LEB128 varints, a tenth of what JSON numbers would take."""

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

IntArray: TypeAlias = NDArray[np.int64]

PAYLOAD_BITS = 7  # of each byte; the eighth says that more follow
RAW_DEFLATE = -15  # no header, as `DecompressionStream("deflate-raw")` wants it


def encode_counts(counts: Iterable[IntArray]) -> str:
    """Return the arrays, flattened and in order, as text; counts must not be negative.

    >>> decode_counts(encode_counts([np.array([[0, 127], [128, 70_000]])]), [4])[0].tolist()
    [0, 127, 128, 70000]
    """
    flat = np.concatenate([np.ascontiguousarray(block, dtype=np.int64).ravel() for block in counts] or [np.empty(0)])
    squeeze = zlib.compressobj(9, zlib.DEFLATED, RAW_DEFLATE)
    return base64.b64encode(squeeze.compress(_varints(flat.astype(np.uint64))) + squeeze.flush()).decode()


def decode_counts(text: str, sizes: Sequence[int]) -> list[IntArray]:
    """Return the arrays that `encode_counts` wrote, flat, `sizes[i]` numbers each."""
    flat = _numbers(zlib.decompress(base64.b64decode(text), RAW_DEFLATE))
    return np.split(flat, np.cumsum(sizes)[:-1]) if sizes else []


def _varints(values: NDArray[np.uint64]) -> bytes:
    """Return each value as 7-bit groups, lowest first, in one pass over the arrays."""
    n_bytes = np.ones(values.shape, dtype=np.int64)
    rest = values >> np.uint64(PAYLOAD_BITS)
    while rest.any():
        n_bytes += rest > 0
        rest >>= np.uint64(PAYLOAD_BITS)
    first = np.cumsum(n_bytes) - n_bytes
    place = np.arange(int(n_bytes.sum()), dtype=np.int64) - np.repeat(first, n_bytes)
    group = np.repeat(values, n_bytes) >> (place * PAYLOAD_BITS).astype(np.uint64)
    more = (place < np.repeat(n_bytes, n_bytes) - 1).astype(np.uint64) << np.uint64(PAYLOAD_BITS)
    return ((group & np.uint64(0x7F)) | more).astype(np.uint8).tobytes()


def _numbers(data: bytes) -> IntArray:
    """Return the values whose 7-bit groups `_varints` wrote."""
    octets = np.frombuffer(data, dtype=np.uint8)
    if octets.size == 0:
        return np.empty(0, dtype=np.int64)
    last = np.flatnonzero(octets < 0x80)
    first = np.concatenate([[0], last[:-1] + 1])
    place = np.arange(octets.size) - np.repeat(first, last - first + 1)
    groups = (octets & 0x7F).astype(np.int64) << (place * PAYLOAD_BITS)
    return np.add.reduceat(groups, first)
