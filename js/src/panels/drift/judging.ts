// Verdicts after a gesture, in slices: what is seen first, and never so long that the page stands still.

import { type Cells, decide, follow, type Judged, type Learnt, learn, type Windows } from "../../stats/index";
import type { Decision } from "./decision";
import { binsOf, ownBins } from "./decode";
import type { Model, Shown } from "./model";
import { NEEDS } from "./phrases";
import type { Range } from "./table";

const SLICE = 10; // milliseconds of work before the page may draw

export class Judging {
  private readonly columns: readonly Cells[];
  private readonly channel = new MessageChannel();
  private work: Iterator<void> | null = null;
  private news = false;
  private verdicts = false;
  private frame = 0;

  constructor(
    private readonly model: Model,
    counts: readonly Float64Array[],
  ) {
    this.columns = model.shown.map(({ column }, index) => cellsOf(column, counts[index] as Float64Array));
    this.channel.port1.onmessage = () => this.slice();
  }

  /** Judge the windows as they are now; whatever was under way is dropped. */
  start(): void {
    this.work = this.everything();
    this.channel.port2.postMessage(null);
  }

  /** Compute what Python did not, the bands over time, once the first view is painted. */
  begin(): void {
    this.work = this.bands(null);
    this.afterFrame();
  }

  stop(): void {
    this.work = null;
  }

  destroy(): void {
    this.work = null;
    cancelAnimationFrame(this.frame);
    this.channel.port1.onmessage = null;
    this.channel.port1.close();
  }

  private afterFrame(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.channel.port2.postMessage(null));
  }

  private slice(): void {
    const end = performance.now() + SLICE;
    while (this.work !== null && performance.now() < end) if (this.work.next().done) this.work = null;
    if (this.news) this.model.arrived();
    // New verdicts are drawn before the work goes on; bands may wait for several slices.
    if (this.work !== null && this.verdicts) this.afterFrame();
    else if (this.work !== null) this.channel.port2.postMessage(null);
    this.news = false;
    this.verdicts = false;
  }

  private learn(): Learnt {
    return learn(this.columns, windowsOf(this.model), this.model.payload.alarm_rate);
  }

  private *everything(): Generator<void> {
    const { model } = this;
    const learnt = this.learn();
    yield;
    for (const shown of seenFirst(model)) {
      this.decide(learnt, shown);
      yield;
    }
    yield* this.bands(learnt);
  }

  private decide(learnt: Learnt, shown: Shown): void {
    shown.judged = fromJudged(decide(learnt, shown.index, this.model.threshold));
    shown.pending = false;
    this.news = true;
    this.verdicts = true;
  }

  /** Bands take longest, and so come last: column by column, and step by step. */
  private *bands(known: Learnt | null): Generator<void> {
    const { model } = this;
    if (model.axis.timeless) return;
    const learnt = known ?? this.learn();
    const steps = model.axis.steps.map(bucketsOf);
    const rate = model.payload.alarm_rate / steps.length;
    for (const shown of seenFirst(model)) {
      const band = new Float64Array(steps.length).fill(Number.NaN);
      const follower = follow(learnt, shown.index, shown.judged.part);
      for (const [index, step] of steps.entries()) {
        if (follower === null) break;
        band[index] = follower.natural(step, rate);
        yield;
      }
      shown.band = band;
      this.news = true;
    }
    model.bandsPending = false;
    this.news = true;
  }
}

/** The column as the statistics take it. */
export function cellsOf(column: Shown["column"], shown: Float64Array): Cells {
  const { counts, edges } = ownBins(column, shown);
  const { ordered, scale, pooled } = column;
  const k = ordered ? Math.max(0, edges.length - 1) : binsOf(column);
  const width = (bin: number) => ((edges[bin + 1] as number) - (edges[bin] as number)) / (scale as number);
  const widths = ordered && scale ? Float64Array.from({ length: k }, (_, bin) => width(bin)) : null;
  return { counts, k, ordered, widths, pooled };
}

const bucketsOf = ([from, to]: Range) => Int32Array.from({ length: to - from }, (_, i) => from + i);

function windowsOf({ axis, reference, current }: Model): Windows {
  const { position, season, timeless } = axis;
  return { reference: bucketsOf(reference), current: bucketsOf(current), position, season, timeless };
}

/** The column in focus, then the rows that are seen, then the rest. */
function seenFirst({ shown, order, visible, focus }: Model): Shown[] {
  const seen = order.slice(visible[0], visible[1]);
  const rest = order.filter((index) => index !== focus && !seen.includes(index));
  return [focus, ...seen.filter((index) => index !== focus), ...rest].map((index) => shown[index] as Shown);
}

function fromJudged(judged: Judged): Decision {
  const { verdict, needs, part, psi, js, wasserstein } = judged;
  const [low, high, natural] = [known(judged.low), known(judged.high), known(judged.natural)];
  const [pvalue, qvalue] = [known(judged.pvalue), known(judged.qvalue)];
  return { verdict, low, high, natural, needs: needs && NEEDS[needs], part, pvalue, qvalue, psi, js, wasserstein };
}

/** A window against itself leaves nothing to judge: no number rather than NaN. */
const known = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);
