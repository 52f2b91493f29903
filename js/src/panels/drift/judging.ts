// Verdicts after a gesture, in slices: what is seen first, and never so long that the page stands still.

import { type Cells, decide, type Judged, type Learnt, learn, type Needs, type Windows } from "../../stats/index";
import { binsOf } from "./decode";
import type { Decision } from "./decision";
import type { Model, Shown } from "./model";
import { roughly } from "./standin";
import type { Range } from "./table";

const NEEDS: Record<Needs, string> = {
  values: "values on both sides",
  season: "a reference that covers the same seasons",
  longer_reference: "a longer reference, or last year's period",
  more_rows: "more rows",
};
const SLICE = 10; // milliseconds of work before the page may draw

export class Judging {
  private readonly columns: readonly Cells[];
  private readonly channel = new MessageChannel();
  private work: Iterator<void> | null = null;

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

  /** Compute what Python did not: the bands over time. */
  begin(): void {
    this.work = this.bands();
    this.channel.port2.postMessage(null);
  }

  stop(): void {
    this.work = null;
  }

  destroy(): void {
    this.work = null;
    this.channel.port1.onmessage = null;
    this.channel.port1.close();
  }

  private slice(): void {
    const end = performance.now() + SLICE;
    while (this.work !== null) {
      if (this.work.next().done) this.work = null;
      else if (performance.now() >= end) {
        this.channel.port2.postMessage(null);
        break;
      }
    }
    this.model.arrived();
  }

  private *everything(): Generator<void> {
    const { model } = this;
    const learnt = learn(this.columns, windowsOf(model), model.payload.alarm_rate);
    yield;
    for (const shown of seenFirst(model)) {
      this.decide(learnt, shown);
      yield;
    }
    yield* this.bands();
  }

  private decide(learnt: Learnt, shown: Shown): void {
    shown.judged = fromJudged(decide(learnt, shown.index, this.model.threshold));
    shown.pending = false;
  }

  private *bands(): Generator<void> {
    const { model } = this;
    for (const shown of seenFirst(model)) {
      shown.band = roughly(shown, model.reference, model.axis.steps, model.threshold).band;
      yield;
    }
  }
}

function cellsOf(column: Shown["column"], counts: Float64Array): Cells {
  const k = binsOf(column);
  const { ordered, edges, scale } = column;
  const width = (bin: number) => ((edges[bin + 1] as number) - (edges[bin] as number)) / (scale as number);
  const widths = ordered && scale ? Float64Array.from({ length: k }, (_, bin) => width(bin)) : null;
  return { counts, k, ordered, widths };
}

function windowsOf({ axis, reference, current }: Model): Windows {
  const buckets = ([from, to]: Range) => Int32Array.from({ length: to - from }, (_, i) => from + i);
  return { reference: buckets(reference), current: buckets(current), position: axis.position, season: axis.season };
}

/** The column in focus, then the rows that are seen, then the rest. */
function seenFirst({ shown, order, visible, focus }: Model): Shown[] {
  const seen = order.slice(visible[0], visible[1]);
  const rest = order.filter((index) => index !== focus && !seen.includes(index));
  return [focus, ...seen.filter((index) => index !== focus), ...rest].map((index) => shown[index] as Shown);
}

function fromJudged(judged: Judged): Decision {
  const { verdict, low, high, natural, needs, pvalue, qvalue, psi, js, wasserstein } = judged;
  return { verdict, low, high, natural, needs: needs && NEEDS[needs], pvalue, qvalue, psi, js, wasserstein };
}
