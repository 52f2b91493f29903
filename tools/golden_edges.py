"""Golden vectors of edge cases: counts by bucket, and the cells and contrasts of windows that are made of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from afterlaunch.edges.groups import Axes, pool_few
from afterlaunch.edges.payload import Cells, Density, Series
from afterlaunch.edges.windows import Placed, cells_between, contrast_between

if TYPE_CHECKING:
    from numpy.random import Generator

SEED = 20260103
N_BUCKETS = 9
WINDOWS = ((0, 9), (2, 5), (8, 9), (3, 4))
AXES = Axes(
    odd_edges=np.round(1 - 10.0 ** -np.arange(0.0, 3.05, 0.25), 10),
    loss_edges=np.round(0.2 * np.arange(12), 10),
    odd_from=0.99,
    bad_from=1.0,
)


def edge_cases() -> list[dict[str, object]]:
    """Return counts of all rows and of a slice, with what they make of windows."""
    rng = np.random.default_rng(SEED)
    return [{"name": name, **_case(n, part, rng)} for name, n, part in (("many rows", 4000, 0.2), ("few", 150, 0.1))]


def _case(n: int, part: float, rng: Generator) -> dict[str, object]:
    bucket = np.sort(rng.integers(0, N_BUCKETS, n))
    bucket[bucket == 6] = 5  # a bucket without rows
    loss = np.where(rng.random(n) < 0.1, np.nan, rng.exponential(0.6, n))
    smoothed = np.minimum(rng.gamma(4, 0.2, n), 2.3)
    placed = Placed(
        bucket=bucket,
        cell=AXES.cell(rng.random(n), smoothed),
        loss=loss,
        known=rng.random(n) < 0.95,
        n_buckets=N_BUCKETS,
    )
    inside = rng.random(n) < part
    every = np.ones(n, dtype=np.bool_)
    density = _density(placed.count(every, AXES))
    whole, piece = (_series(bucket, loss, which) for which in (every, inside))
    return {
        "n_buckets": N_BUCKETS,
        "density": asdict(density),
        "counts": [density.counts, placed.count(inside, AXES)],
        "whole": asdict(whole),
        "part": asdict(piece),
        "windows": [list(window) for window in WINDOWS],
        "cells": [
            [asdict(cells_between(text, density, N_BUCKETS, window)) for window in WINDOWS]
            for text in (density.counts or "", placed.count(inside, AXES))
        ],
        "contrasts": [asdict(contrast_between(whole, piece, window)) for window in WINDOWS],
    }


def _density(counts: str) -> Density:
    nothing = Cells(cell=(), n=(), n_labelled=(), loss=())
    odd_edges, loss_edges = tuple(AXES.odd_edges.tolist()), tuple(AXES.loss_edges.tolist())
    return Density(
        odd_edges=odd_edges, loss_edges=loss_edges, n_similar=50, counts=counts, reference=None, current=nothing
    )


def _series(bucket: np.ndarray, loss: np.ndarray, which: np.ndarray) -> Series:
    known = which & np.isfinite(loss)
    n = np.bincount(bucket[known], minlength=N_BUCKETS)
    total = pool_few(np.bincount(bucket[known], weights=loss[known], minlength=N_BUCKETS), n)
    none = (None,) * N_BUCKETS
    return Series(
        n=tuple(n.tolist()),
        realized=none,
        low=none,
        high=none,
        promised=none,
        compared_n=tuple(n.tolist()),
        compared=tuple(total.tolist()),
    )
