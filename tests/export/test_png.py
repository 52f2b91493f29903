"""Pictures are made small by a palette, and stay what they were."""

from __future__ import annotations

import numpy as np
import vl_convert

from afterlaunch.export import png

RED, BLUE = "#d55e00", "#0072b2"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="31">'
    f'<rect width="30" height="31" fill="{RED}"/><circle cx="45" cy="15" r="10" fill="{BLUE}"/></svg>'
)


def decoded(picture):
    """Return the pixels of a picture with a palette."""
    chunks = png._chunks(picture)
    width, height = (int.from_bytes(chunks[b"IHDR"][i : i + 4]) for i in (0, 4))
    palette = np.frombuffer(chunks[b"PLTE"], dtype=np.uint8).reshape(-1, 3)
    alpha = np.frombuffer(chunks[b"tRNS"], dtype=np.uint8)
    rows = np.frombuffer(png.zlib.decompress(chunks[b"IDAT"]), dtype=np.uint8).reshape(height, -1)[:, 1:]
    index = np.stack([rows >> 4, rows & 15], axis=2).reshape(height, -1)[:, :width]
    return np.dstack([palette[index], alpha[index]])


def test_flat_areas_keep_their_colour_and_edges_nearly():
    original = vl_convert.svg_to_png(DRAWING)
    pixels = png._read(original)
    small = decoded(png.with_palette(original, 16, keep=[RED, BLUE]))
    assert small.shape == pixels.shape
    assert (small[:, :28] == [*bytes.fromhex(RED[1:]), 255]).all()
    assert (small[15, 45] == [*bytes.fromhex(BLUE[1:]), 255]).all()
    assert (small[0, 59] == [0, 0, 0, 0]).all()
    assert np.abs(small[..., 3].astype(int) - pixels[..., 3]).max() < 40


def test_a_palette_makes_a_drawing_smaller():
    original = vl_convert.svg_to_png(DRAWING, scale=8)
    assert len(png.with_palette(original, 16, keep=[RED])) < len(original) / 3


def test_a_picture_of_another_kind_comes_back_as_it_is():
    indexed = png.with_palette(vl_convert.svg_to_png(DRAWING), 16, keep=[RED])
    assert png.with_palette(indexed, 16, keep=[RED]) == indexed
