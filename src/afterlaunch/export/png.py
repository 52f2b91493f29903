"""PNG files made small by a palette: a drawing in a few colours takes a quarter of the bytes."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Shades: TypeAlias = NDArray[np.float64]  # (n, 4), RGBA
Pixels: TypeAlias = NDArray[np.uint8]  # (height, width, 4), RGBA

SIGNATURE = b"\x89PNG\r\n\x1a\n"
RGBA = 6
INDEXED = 3
NO_FILTER, SUB, UP = 0, 1, 2
ROUNDS = 6


def with_palette(png: bytes, colors: int, *, keep: Sequence[str]) -> bytes:
    """Return the picture in at most `colors` (up to 256) colours, of which those in `keep` (as `#rrggbb`) stay exact.

    A picture that is not 8-bit RGBA, or uses row filters that a drawing program seldom does, comes back as it is.
    """
    pixels = _read(png)
    if pixels is None:
        return png
    palette, index = _quantize(
        pixels, colors, np.array([[*bytes.fromhex(color[1:]), 255] for color in keep], dtype=np.float64)
    )
    return _write(palette, index)


def _read(png: bytes) -> Pixels | None:
    chunks = _chunks(png)
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    if (depth, kind, interlaced) != (8, RGBA, 0):
        return None
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), dtype=np.uint8).reshape(height, 1 + 4 * width)
    if rows[:, 0].max() > UP:
        return None
    pixels = rows[:, 1:].reshape(height, width, 4).copy()
    sub = rows[:, 0] == SUB
    pixels[sub] = np.cumsum(pixels[sub], axis=1, dtype=np.uint8)
    for row in np.flatnonzero(rows[1:, 0] == UP) + 1:
        pixels[row] += pixels[row - 1]
    return pixels


def _chunks(png: bytes) -> dict[bytes, bytes]:
    chunks: dict[bytes, bytes] = {}
    at = len(SIGNATURE)
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kind = png[at + 4 : at + 8]
        chunks[kind] = chunks.get(kind, b"") + png[at + 8 : at + 8 + size]
        at += 12 + size
    return chunks


def _quantize(pixels: Pixels, colors: int, keep: Shades) -> tuple[Pixels, NDArray[np.uint8]]:
    """Return a palette (k, 4) and each pixel's place in it.

    The palette is `keep`, then the shades that differ most from all before them, moved to the middle of what they stand
    for (k-means): flat areas keep their colour, the edges of letters share the rest.
    """
    packed = np.ascontiguousarray(pixels).view(np.uint32)[..., 0]
    values, inverse, counts = np.unique(packed, return_inverse=True, return_counts=True)
    shades = values.view(np.uint8).reshape(-1, 4).astype(np.float64)
    centres = _spread(shades, np.sqrt(counts), keep, colors)
    nearest = _nearest(shades, centres)
    for _ in range(ROUNDS):
        weight = np.bincount(nearest, counts, minlength=len(centres))
        sums = np.stack([np.bincount(nearest, counts * shades[:, i], minlength=len(centres)) for i in range(4)], axis=1)
        moved = np.where(weight[:, None] > 0, sums / np.maximum(weight, 1)[:, None], centres)
        centres = np.vstack([keep, moved[len(keep) :]])
        nearest = _nearest(shades, centres)
    return np.rint(centres).astype(np.uint8), nearest[inverse].reshape(packed.shape).astype(np.uint8)


def _spread(shades: Shades, weight: NDArray[np.float64], keep: Shades, colors: int) -> Shades:
    """Return `keep` with shades added, each where the ones before fit worst."""
    centres = keep
    gap = ((shades[:, None] - keep) ** 2).sum(axis=2).min(axis=1)
    while len(centres) < min(colors, len(shades)):
        worst = shades[np.argmax(gap * weight)]
        centres = np.vstack([centres, worst])
        gap = np.minimum(gap, ((shades - worst) ** 2).sum(axis=1))
    return centres


def _nearest(shades: Shades, centres: Shades) -> NDArray[np.int64]:
    distance = (shades**2).sum(axis=1)[:, None] - 2 * shades @ centres.T + (centres**2).sum(axis=1)
    return np.argmin(distance, axis=1)


def _write(palette: Pixels, index: NDArray[np.uint8]) -> bytes:
    height, width = index.shape
    depth = 4 if len(palette) <= 16 else 8
    body = _nibbles(index) if depth == 4 else index
    rows = np.hstack([np.zeros((height, 1), dtype=np.uint8), body])
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, depth, INDEXED, 0, 0, 0)),
        (b"PLTE", palette[:, :3].tobytes()),
        (b"tRNS", palette[:, 3].tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    ]
    return SIGNATURE + b"".join(_chunk(kind, data) for kind, data in parts)


def _nibbles(index: NDArray[np.uint8]) -> NDArray[np.uint8]:
    even = index if index.shape[1] % 2 == 0 else np.pad(index, ((0, 0), (0, 1)))
    return np.bitwise_or(even[:, 0::2] << 4, even[:, 1::2], dtype=np.uint8)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
