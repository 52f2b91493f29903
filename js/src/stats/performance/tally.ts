// What rows add up to, and the metrics that follow from it; `afterlaunch.performance.sums` makes the sums.

/** One class against the rest: rows of it, and the others, in each cell of its score. */
export interface ScoreCells {
  readonly means: Float64Array;
  readonly hits: Float64Array;
  readonly misses: Float64Array;
}

/** The rows of one window, perhaps weighted. */
export interface Tally {
  readonly n: number;
  /** True class × predicted class; empty without predictions of classes. */
  readonly confusion: Float64Array;
  readonly classes: number;
  readonly scores: readonly ScoreCells[];
  readonly totals: Readonly<Record<string, number>>;
}

/** One class of a confusion matrix against the rest. */
interface Answers {
  readonly hit: number;
  readonly missed: number;
  readonly falsely: number;
  readonly rest: number;
}

/** A value, and how many rows it rests on. */
export interface Found {
  readonly value: number;
  readonly support: number;
}

type Make = (rows: Tally) => Found | null;

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, value) => all + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;

function answersOf({ confusion, classes, n }: Tally): Answers[] {
  const at = (truth: number, guess: number) => confusion[truth * classes + guess] as number;
  const each = Array.from({ length: classes }, (_, c) => {
    const hit = at(c, c);
    const missed = sum(confusion.subarray(c * classes, (c + 1) * classes)) - hit;
    const falsely = sum(Array.from({ length: classes }, (_, truth) => at(truth, c))) - hit;
    return { hit, missed, falsely, rest: n - hit - missed - falsely };
  });
  if (classes === 2) return each.slice(1);
  return each.filter(({ hit, missed, falsely }) => hit + missed + falsely > 0);
}

/** The mean over classes of a value that some may lack; it rests on the weakest of them. */
function macro(found: readonly (Found | null)[]): Found | null {
  const known = found.filter((one) => one !== null);
  if (known.length === 0) return null;
  return { value: mean(known.map(({ value }) => value)), support: Math.min(...known.map(({ support }) => support)) };
}

function ratio(parts: (answers: Answers) => readonly [number, number], factor = 1): Make {
  return (rows) => {
    if (rows.confusion.length === 0) return null;
    return macro(
      answersOf(rows).map((answers) => {
        const [top, bottom] = parts(answers);
        return bottom > 0 ? { value: top / bottom, support: bottom * factor } : null;
      }),
    );
  };
}

/** A mean of one number a row, or what follows from it. */
function meanOf(name: string, then: (value: number) => number = (value) => value): Make {
  return ({ totals, n }) => {
    const total = totals[name];
    return total === undefined || n <= 0 ? null : { value: then(total / n), support: n };
  };
}

function accuracy({ confusion, classes, n }: Tally): Found | null {
  if (confusion.length === 0 || n <= 0) return null;
  const right = Array.from({ length: classes }, (_, c) => confusion[c * (classes + 1)] as number);
  return { value: sum(right) / n, support: n };
}

function correlation({ confusion, classes, n }: Tally): Found | null {
  if (confusion.length === 0 || n <= 0) return null;
  const range = Array.from({ length: classes }, (_, c) => c);
  const at = (truth: number, guess: number) => (confusion[truth * classes + guess] as number) / n;
  const truths = range.map((c) => sum(range.map((guess) => at(c, guess))));
  const guesses = range.map((c) => sum(range.map((truth) => at(truth, c))));
  const of = (a: readonly number[], b: readonly number[]) => sum(a.map((share, c) => share * (b[c] as number)));
  const [spread, guessed] = [1 - of(truths, truths), 1 - of(guesses, guesses)];
  if (Math.min(spread, guessed) <= 1e-12) return null;
  const together = sum(range.map((c) => at(c, c))) - of(truths, guesses);
  return { value: together / Math.sqrt(spread * guessed), support: n * (1 - Math.max(...truths)) };
}

function explained({ totals, n }: Tally): Found | null {
  const { squared, target, target_squared: square } = totals;
  if (squared === undefined || target === undefined || square === undefined || n <= 0) return null;
  const around = square / n - (target / n) ** 2;
  return around > 0 ? { value: 1 - squared / n / around, support: n } : null;
}

const ofScores =
  (make: (cells: ScoreCells, several: boolean) => Found | null): Make =>
  ({ scores }) =>
    macro(scores.map((cells) => make(cells, scores.length > 1)));

/** Rows of one cell are taken as ties. */
function area({ hits, misses }: ScoreCells): Found | null {
  const [ours, others] = [sum(hits), sum(misses)];
  if (ours <= 0 || others <= 0) return null;
  let [below, pairs] = [0, 0];
  for (let i = 0; i < hits.length; i++) {
    pairs += (hits[i] as number) * (below + (misses[i] as number) / 2);
    below += misses[i] as number;
  }
  return { value: pairs / ours / others, support: Math.min(ours, others) };
}

const ALL_CELLS = 32; // fewer: each cell holds one score, and its rows are ties
const PARTS = [1, 3, 5, 7, 9, 11, 13, 15].map((odd) => odd / 16);

/** Rows of one cell are taken as evenly mixed. */
function averagePrecision({ hits, misses }: ScoreCells): Found | null {
  const ours = sum(hits);
  if (ours <= 0) return null;
  const parts = hits.length < ALL_CELLS ? [1] : PARTS;
  let [above, right, total] = [0, 0, 0];
  for (let i = hits.length - 1; i >= 0; i--) {
    const hit = hits[i] as number;
    const both = hit + (misses[i] as number);
    if (hit > 0) total += hit * mean(parts.map((part) => (right + part * hit) / (above + part * both)));
    above += both;
    right += hit;
  }
  return { value: total / ours, support: ours };
}

const BINS = 10;

/** The root mean square gap of score and truth over bins, less what noise makes of it. */
function calibrationError({ scores }: Tally): Found | null {
  const known = scores.filter(({ hits }) => scores.length === 1 || sum(hits) > 0);
  const n = known[0] === undefined ? 0 : sum(known[0].hits) + sum(known[0].misses);
  if (n < 2 * BINS) return null;
  const squares = known.map((cells) => squareOf(cells, n));
  return { value: Math.sqrt(Math.max(mean(squares), 0)), support: n };
}

function squareOf({ means, hits, misses }: ScoreCells, n: number): number {
  const bins = Math.min(BINS, Math.floor(n / BINS));
  let [square, rows, gaps, spread] = [0, 0, 0, 0];
  const close = () => {
    const middle = gaps / rows;
    const variance = Math.max(spread / rows - middle ** 2, 0) / Math.max(rows - 1, 1);
    square += (rows / n) * (middle ** 2 - variance);
    [rows, gaps, spread] = [0, 0, 0];
  };
  let [before, bin] = [0, 0];
  for (let i = 0; i < means.length; i++) {
    const [score, hit, miss] = [means[i] as number, hits[i] as number, misses[i] as number];
    const own = Math.floor(((before + (hit + miss) / 2) / n) * bins);
    if (own > bin && rows > 0) close();
    bin = own;
    rows += hit + miss;
    gaps += hit * (1 - score) - miss * score;
    spread += hit * (1 - score) ** 2 + miss * score ** 2;
    before += hit + miss;
  }
  if (rows > 0) close();
  return square;
}

const METRICS: Record<string, Make> = {
  accuracy,
  average_precision: ofScores(averagePrecision),
  bias: meanOf("error"),
  brier: meanOf("brier"),
  calibration_error: calibrationError,
  f1: ratio(({ hit, missed, falsely }) => [2 * hit, 2 * hit + missed + falsely], 0.5),
  log_loss: meanOf("log_loss"),
  mae: meanOf("absolute"),
  mape: meanOf("percentage"),
  mcc: correlation,
  precision: ratio(({ hit, falsely }) => [hit, hit + falsely]),
  r2: explained,
  recall: ratio(({ hit, missed }) => [hit, hit + missed]),
  rmse: meanOf("squared", Math.sqrt),
  roc_auc: ofScores(area),
  specificity: ratio(({ rest, falsely }) => [rest, rest + falsely]),
};

/** Whether rows of one cell of scores are taken as alike, so that the value is near the exact one, not equal to it. */
export const isByCells = (metric: string) => ["roc_auc", "average_precision", "calibration_error"].includes(metric);

/** Returns a metric of some rows, null where they have none. */
export const measured = (metric: string, rows: Tally): Found | null => METRICS[metric]?.(rows) ?? null;
