import { Calibration, type Point } from "../../charts/calibration";
import type { ScoreCells } from "../../stats/performance/index";
import type { Range } from "../shared/axis";
import type { Model, Shown } from "./model";
import { bucketsOf } from "./read";

const OF_SCORES = new Set(["calibration_error", "log_loss", "brier"]);
const HEIGHT = 236;
const LOW = 152; // beside estimates and arrivals
const BINS = 10;

/** How often scores come true in both windows; nothing for metrics that do not read the scores' size. */
export function CalibrationBlock({ model, shown, width }: { model: Model; shown: Shown; width: number }) {
  const [first] = model.payload.curves;
  if (first === undefined || !OF_SCORES.has(shown.metric.name)) return null;
  const height = model.payload.maturation === null && shown.whole.measure.series.estimates === null ? HEIGHT : LOW;
  const curve = (window: "reference" | "current") =>
    model.isOriginal
      ? (model.payload.curves.find((one) => one.label === first.label && one.window === window)?.points ?? [])
      : pointsIn(shown, model, model[window]);
  return (
    <div class="al-block">
      <div class="al-blockhead">
        <p class="al-title">Share that came true, by score of “{first.label}”</p>
        <p class="al-key">
          <span class="al-swatch-ref">reference</span> <span class="al-swatch-cur">current</span>
        </p>
      </div>
      <svg width={width} height={height} role="img" aria-label="Calibration curve of both windows">
        <Calibration width={width} height={height} reference={curve("reference")} current={curve("current")} />
      </svg>
    </div>
  );
}

function pointsIn({ whole }: Shown, { payload }: Model, range: Range): readonly Point[] {
  const cells = whole.measure.scores(bucketsOf(range).filter((d) => payload.buckets.mature[d]));
  return cells === null ? [] : points(cells);
}

/** Cells together in about ten bins of equally many rows. */
export function points({ means, hits, misses }: ScoreCells): Point[] {
  const n = hits.reduce((a, b) => a + b, 0) + misses.reduce((a, b) => a + b, 0);
  const bins = new Map<number, { rows: number; hits: number; score: number }>();
  let before = 0;
  for (let i = 0; i < means.length; i++) {
    const rows = (hits[i] as number) + (misses[i] as number);
    if (rows === 0) continue;
    const place = Math.floor(((before + rows / 2) / n) * BINS);
    const bin = bins.get(place) ?? { rows: 0, hits: 0, score: 0 };
    bin.rows += rows;
    bin.hits += hits[i] as number;
    bin.score += rows * (means[i] as number);
    bins.set(place, bin);
    before += rows;
  }
  return [...bins.values()].map(({ rows, hits: right, score }) => {
    const middle = (right + 2) / (rows + 4); // Agresti & Coull (1998)
    const half = 1.96 * Math.sqrt((middle * (1 - middle)) / (rows + 4));
    return {
      score: score / rows,
      share: right / rows,
      low: Math.max(middle - half, 0),
      high: Math.min(middle + half, 1),
    };
  });
}
