// Verdicts after a gesture, in slices: what is seen first, and never so long that the page stands still.

import { type Cells, decide, follow, type Judged, type Learnt, learnInSteps, type Windows } from "../../stats/index";
import { sizeOf, verdictBy } from "./chosen";
import type { Decision } from "./decision";
import { binsOf, ownBins } from "./decode";
import type { Model, Shown } from "./model";
import { NEEDS } from "./phrases";
import type { Range } from "./table";

/** Work done, and whether it is worth a drawing before there is more. */
type Step = "draw" | undefined;

const SLICE = 10; // milliseconds of work before the page may draw

export class Judging {
  private readonly columns: readonly Cells[];
  private readonly channel = new MessageChannel();
  private work: Iterator<Step> | null = null;
  private news = false;
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
    let draws = false;
    while (this.work !== null && !draws && performance.now() < end) {
      const { done, value } = this.work.next();
      if (done) this.work = null;
      draws = value === "draw";
    }
    if (this.news) this.model.arrived();
    if (this.work !== null && draws) this.afterFrame();
    else if (this.work !== null) this.channel.port2.postMessage(null);
    this.news = false;
  }

  private learn(): Generator<undefined, Learnt> {
    return learnInSteps(this.columns, windowsOf(this.model), this.model.payload.alarm_rate);
  }

  /** No verdict comes before every column's placebos are known: they lend each other what they learnt. */
  private *everything(): Generator<Step> {
    const learnt = yield* this.learn();
    for (let near = nearPending(this.model); near.length > 0; near = nearPending(this.model)) {
      yield* this.decide(learnt, near); // which may bring others into view
    }
    yield "draw";
    yield* this.decide(
      learnt,
      this.model.shown.filter(({ pending }) => pending),
    );
    yield "draw";
    yield* this.bands(learnt);
  }

  private *decide(learnt: Learnt, columns: readonly Shown[]): Generator<Step> {
    const { matters } = this.model;
    const decided: [Shown, Decision][] = [];
    for (const shown of columns) {
      decided.push([shown, fromJudged(decide(learnt, shown.index, matters), this.model)]);
      yield undefined;
    }
    for (const [shown, decision] of decided) {
      shown.judged = decision;
      shown.pending = false;
    }
    this.model.arrived();
  }

  /** Bands take longest, and so come last: column by column, and step by step. */
  private *bands(known: Learnt | null): Generator<Step> {
    const { model } = this;
    if (model.axis.timeless) return;
    const learnt = known ?? (yield* this.learn());
    const steps = model.axis.steps.map(bucketsOf);
    const rate = model.payload.alarm_rate / steps.length;
    for (const shown of nearFirst(model)) {
      const band = new Float64Array(steps.length).fill(Number.NaN);
      const follower = follow(learnt, shown.index, shown.judged.part);
      for (const [index, step] of steps.entries()) {
        if (follower === null) break;
        band[index] = follower.natural(step, rate);
        yield undefined;
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
  const width = (bin: number) => {
    const [from, to] = [edges[bin] as number, edges[bin + 1] as number];
    const apart = (to - from) / (scale as number);
    return Number.isFinite(apart) ? apart : to / (scale as number) - from / (scale as number);
  };
  const widths = ordered && scale ? Float64Array.from({ length: k }, (_, bin) => width(bin)) : null;
  return { counts, k, ordered, widths, pooled };
}

const bucketsOf = ([from, to]: Range) => Int32Array.from({ length: to - from }, (_, i) => from + i);

function windowsOf({ axis, reference, current }: Model): Windows {
  const { position, season, timeless } = axis;
  return { reference: bucketsOf(reference), current: bucketsOf(current), position, season, timeless };
}

/** The column in focus, the rows that are drawn, then the rest. */
function nearFirst({ shown, order, near, focus }: Model): Shown[] {
  return [...new Set([focus, ...order.slice(...near), ...order])].map((index) => shown[index] as Shown);
}

function nearPending(model: Model): Shown[] {
  const { shown, order, near, focus } = model;
  return [...new Set([focus, ...order.slice(...near)])]
    .map((index) => shown[index] as Shown)
    .filter(({ pending }) => pending);
}

function fromJudged(judged: Judged, { payload, threshold }: Model): Decision {
  const { needs, part, psi, js, wasserstein } = judged;
  const [low, high, natural] = [known(judged.low), known(judged.high), known(judged.natural)];
  const [pvalue, qvalue] = [known(judged.pvalue), known(judged.qvalue)];
  const verdict = verdictBy(payload.measure_in_page, judged, threshold);
  const measured = known(sizeOf(payload.measure_in_page, judged));
  const lacks = needs && NEEDS[needs];
  return { verdict, low, high, natural, needs: lacks, part, pvalue, qvalue, measured, psi, js, wasserstein };
}

/** A window against itself leaves nothing to judge: no number rather than NaN. */
const known = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);
