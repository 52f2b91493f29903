"""Measures the drift panel in headless Chromium: first paint, brush move to repaint, verdicts after release.

Beside the time on the clock stands the CPU time of the page's main thread, which a busy machine does not change.

Run: python benchmarks/panel_speed.py [--columns 50] [--buckets 100] [--moves 60] [--releases 20]
It needs node_modules (npm ci) and Chromium; the panel is bundled on the fly and gets a payload of made-up counts.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import subprocess
import tempfile
import zlib
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
DAY_MS = 86_400_000
BINS = 32
PARTS = (("current-body", -1), ("current-end", 1), ("reference-body", 1))
ENTRY = """
import { panel } from "./js/src/panels/drift";
window.mountPanel = (element, payload) => panel.mount(
  element, payload, { selection: null, reference: null, current: null, threshold: null }, { choose() {} }, false);
"""
# After the handlers of an event and the frame that they asked for, a message arrives once that frame is painted.
WATCH = """
() => {
  const painted = (done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
  });
  addEventListener("pointermove", () => {
    const from = performance.now();
    painted((at) => window.repaints.push(at - from));
  }, true);
  const settled = () => new Promise((resolve) => {
    const from = performance.now();
    let seen = null;
    const look = (at) => {
      if (document.querySelector(".al-row .al-word.al-pending") === null) seen ??= at - from;
      if (document.querySelector(".al-verdict.al-pending") === null) resolve({ seen, all: at - from });
      else painted(look);
    };
    painted(look);
  });
  addEventListener("lostpointercapture", () => { window.settled = settled(); }, true);
}
"""
FIRST_PAINT = """
() => new Promise((resolve) => {
  const from = performance.now();
  window.mountPanel(document.getElementById("panel"), JSON.parse(window.payload));
  const look = () => {
    if (document.querySelector(".al-footer") === null) return requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now() - from);
    port2.postMessage(null);
  };
  look();
})
"""


def made_up_payload(n_columns: int, n_buckets: int, rng: np.random.Generator) -> dict[str, Any]:
    """Return a payload of `n_columns` numeric columns whose days differ a little; every fifth drifts half-way."""
    counts = [_counts(n_buckets, drifts=index % 5 == 0, rng=rng) for index in range(n_columns)]
    flat = np.concatenate([block.ravel() for block in counts])
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = base64.b64encode(squeeze.compress(_varints(flat)) + squeeze.flush()).decode()
    starts = [1_356_998_400_000 + day * DAY_MS for day in range(n_buckets)]
    edges = np.linspace(-3, 3, BINS + 1).round(3).tolist()
    return {
        "kind": "drift", "format": 1, "id": "bench", "product": "afterlaunch", "noun": "rows",
        "measure": "effect", "measure_in_page": "effect",
        "sentence": "Made-up counts.", "evidence": "To measure speed.", "alarm_rate": 0.05, "min_effect": 0.03,
        "buckets": {
            "starts_ms": starts, "ends_ms": [start + DAY_MS for start in starts], "every": "1d", "zone": "UTC",
            "position": list(range(n_buckets)), "season": [day % 7 for day in range(n_buckets)],
            "season_name": "weekday", "n_rows": counts[0].sum(axis=1).tolist(),
        },
        "reference": [0, n_buckets // 2], "current": [n_buckets // 2, n_buckets * 3 // 4],
        "columns": [_column(f"column_{index}", edges) for index in range(n_columns)],
        "counts": packed, "notes": [], "code": "al.measure_drift(log, reference={reference}, current={current})",
    }  # fmt: skip


def _counts(n_buckets: int, *, drifts: bool, rng: np.random.Generator) -> np.ndarray:
    wander = np.cumsum(rng.normal(0, 0.02, n_buckets)) * 0.5
    shift = wander + np.where(np.arange(n_buckets) >= n_buckets // 2, 0.4 * drifts, 0.0)
    counts = np.zeros((n_buckets, BINS + 4), dtype=np.int64)
    for day in range(n_buckets):
        values = np.clip((rng.normal(shift[day], 1, 500) + 3) / 6 * BINS, 0, BINS - 1).astype(int)
        counts[day, :BINS] = np.bincount(values, minlength=BINS)
        counts[day, BINS] = rng.poisson(5)
    return counts


def _column(name: str, edges: list[float]) -> dict[str, Any]:
    numbers = "ks psi js hellinger total_variation l_infinity chi_squared wasserstein wasserstein_raw pvalue qvalue"
    judgement: dict[str, Any] = dict.fromkeys(numbers.split(), 0.1)
    judgement |= {"verdict": "stable", "effect": 0.1, "effect_low": 0.05, "effect_high": 0.15, "natural": 0.12}
    judgement |= {"needs": None, "null_share_reference": 0, "null_share_current": 0, "unseen_share": None}
    judgement |= {"n_reference": 1, "n_current": 1}
    return {
        "name": name, "role": "feature", "kind": "numeric", "ordered": True, "edges": edges, "beyond": [0, 0],
        "labels": [], "pooled": None, "scale": 1.0, "distinct": None, "importance": None, "onset": None, "cause": None,
        "carriers": [], "judgement": judgement,
    }  # fmt: skip


def _varints(values: np.ndarray) -> bytes:
    out = bytearray()
    for value in values.tolist():
        rest = value
        while rest > 127:
            out.append(rest & 127 | 128)
            rest >>= 7
        out.append(rest)
    return bytes(out)


def bundle(folder: Path) -> tuple[Path, Path]:
    """Return the panel as one script and its style, built with esbuild into `folder`."""
    script, style = folder / "panel.js", folder / "panel.css"
    esbuild = ["node_modules/.bin/esbuild", "--bundle", "--minify", "--target=es2022", "--log-level=error"]
    settings = ["--format=iife", "--jsx=automatic", "--jsx-import-source=preact", "--loader=js"]
    subprocess.run([*esbuild, *settings, f"--outfile={script}"], input=ENTRY, text=True, cwd=ROOT, check=True)
    subprocess.run([*esbuild, "js/src/panels/style.css", f"--outfile={style}"], cwd=ROOT, check=True)
    return script, style


def hold(page: Page, part: str) -> tuple[float, float]:
    """Press the mouse on a part of a brush, and return where."""
    box = page.locator(f'[data-part="{part}"]').bounding_box() or {}
    x, y = box["x"] + box["width"] / 2, box["y"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    return x, y


def drag(page: Page, part: str, moves: int, direction: int) -> list[float]:
    """Drag a part of a brush, a few pixels a move; return the milliseconds from each move to its repaint."""
    x, y = hold(page, part)
    page.evaluate("() => { window.repaints = [] }")
    for move in range(moves):
        page.mouse.move(x + direction * 9 * (move % 12 + 1), y)
        page.wait_for_timeout(25)
    return page.evaluate("() => window.repaints")[2:]


def release(page: Page, part: str, turn: int, direction: int) -> dict[str, float]:
    """Drag a part of a brush by a few buckets and let go; return the milliseconds until verdicts are painted."""
    x, y = hold(page, part)
    for step in range(1, 4):
        page.mouse.move(x + direction * (-1) ** turn * 9 * step, y)
        page.wait_for_timeout(25)
    page.mouse.up()
    return page.evaluate("() => window.settled")


class MainThread:
    """The CPU time of a page's main thread."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent_ms(self) -> float:
        """Return the milliseconds that its tasks have taken so far."""
        metrics = {
            metric["name"]: metric["value"] for metric in self._session.send("Performance.getMetrics")["metrics"]
        }
        return 1000 * metrics["TaskDuration"]


def report(name: str, values: list[float], cpu_ms: float) -> None:
    """Print the median and the 95th percentile, and the CPU time of one."""
    tail = quantiles(values, n=20, method="inclusive")[-1]
    print(f"{name:<40} median {median(values):6.1f} ms   p95 {tail:6.1f} ms   CPU {cpu_ms:6.1f} ms")


def measure_first_paint(page: Page, thread: MainThread, payload: dict[str, Any], folder: Path) -> None:
    """Print how long the panel takes from its payload to its first paint; the last one is left in the page."""
    script, style = bundle(folder)
    paints: list[float] = []
    costs: list[float] = []
    for _ in range(7):
        page.set_content('<div id="panel" style="width: 960px"></div>')
        page.add_style_tag(path=str(style))
        page.add_script_tag(path=str(script))
        page.evaluate("(payload) => { window.payload = payload }", json.dumps(payload))
        before = thread.spent_ms()
        paints.append(page.evaluate(FIRST_PAINT))
        costs.append(thread.spent_ms() - before)
    report("first paint", paints, median(costs))
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)


def measure_drag(page: Page, thread: MainThread, part: str, direction: int, moves: int) -> None:
    """Print how long a move takes to be painted."""
    before = thread.spent_ms()
    repaints = drag(page, part, moves, direction)
    report(f"move to repaint, {part}", repaints, (thread.spent_ms() - before) / moves)
    page.mouse.up()
    page.wait_for_timeout(400)


def measure_release(page: Page, thread: MainThread, part: str, direction: int, releases: int) -> None:
    """Print how long verdicts take after a release; the CPU time holds the moves before it too."""
    waits: list[dict[str, float]] = []
    costs: list[float] = []
    for turn in range(releases):
        before = thread.spent_ms()
        waits.append(release(page, part, turn, direction))
        costs.append(thread.spent_ms() - before)
        page.wait_for_timeout(400)
    for which in ("seen", "all"):
        report(f"release to verdicts, {which}, {part}", [wait[which] for wait in waits], median(costs))


def main() -> None:
    """Run and print every measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--columns", type=int, default=50)
    parser.add_argument("--buckets", type=int, default=100)
    parser.add_argument("--moves", type=int, default=60)
    parser.add_argument("--releases", type=int, default=20)
    options = parser.parse_args()
    payload = made_up_payload(options.columns, options.buckets, np.random.default_rng(0))
    print(f"{options.columns} columns x {options.buckets} buckets")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        page = browser.new_page(viewport={"width": 1000, "height": 950})
        thread = MainThread(page)
        measure_first_paint(page, thread, payload, Path(folder))
        for part, direction in PARTS:
            measure_drag(page, thread, part, direction, options.moves)
        for part, direction in PARTS:
            measure_release(page, thread, part, direction, options.releases)
        browser.close()


if __name__ == "__main__":
    main()
