// What the panel shows: the windows and the metric in focus, and everything that follows from them.

import type { Judgement, Metric, PerformancePayload, Verdict } from "../../contract/performance";
import type { Selection, ViewState } from "../../contract/results";
import { type Measure, rangeOf, type Step } from "../../stats/performance/index";
import { type Axis, axisOf, type Range, toRange, toWindow } from "../shared/axis";
import { selectionOf, UNTOUCHED } from "../shared/selection";
import type { Windowed, WindowName } from "../shared/windows";
import { Work } from "../shared/work";
import { decisions, judgedRows, stepsIn, windowsOf } from "./judge";
import { bucketsOf } from "./read";
import { evidence, overall, type Said, sentence, weightOf } from "./words";

/** One metric of all rows or of one segment, as it is shown now. */
export interface Part extends Said {
  readonly measure: Measure;
  judgement: Judgement;
}

type Values = readonly (number | null)[];

/** Values over time, one a step. */
export interface Curve {
  readonly value: Values;
  readonly low: Values;
  readonly high: Values;
}

/** One metric: of all rows, over time, and of each segment. */
export interface Shown {
  readonly index: number;
  readonly metric: Metric;
  readonly whole: Part;
  readonly segments: readonly Part[];
  readonly realized: Curve;
  readonly estimated: Curve | null;
}

export interface Listener {
  /** Something changed: draw again. */
  draw(): void;
  /** The reader chose a new view state. */
  choose(state: ViewState): void;
}

const MIN_ROWS = 20; // labelled rows of a step, below which its value is not drawn
const RANK: Record<Verdict, number> = { dropped: 0, improved: 1, cannot_tell: 2, stable: 2 };

/** What speaks for a metric: all rows, or where nothing can be said of them the first segment that changed. */
export function leading({ whole, segments }: Shown): Part {
  if (RANK[whole.judgement.verdict] < 2) return whole;
  const changed = (verdict: Verdict) => segments.find(({ judgement }) => judgement.verdict === verdict);
  return changed("dropped") ?? changed("improved") ?? whole;
}

export class Model implements Windowed {
  readonly axis: Axis;
  readonly shown: readonly Shown[];
  readonly parts: readonly Part[];
  /** Share of its labels that each step has by now, where some are still to come; null elsewhere. */
  readonly immature: Values;
  reference: Range;
  current: Range;
  selection: Selection | null = null;
  /** The metric whose detail is shown. */
  focus = 0;
  order: readonly number[];
  dragging = false;
  /** Whether verdicts belong to other windows than those shown. */
  pending = false;
  private readonly work = new Work();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly payload: PerformancePayload,
    measures: readonly Measure[],
    public live: boolean,
    private readonly listener: Listener,
  ) {
    this.axis = axisOf(payload.buckets);
    this.reference = payload.reference;
    this.current = payload.current;
    this.parts = measures.map((measure) => {
      const { metric, series } = measure;
      return { measure, metric, segment: series.segment, judgement: series.judgement };
    });
    this.shown = payload.metrics.map((metric, index) => this.showMetric(metric, index));
    this.immature = this.axis.steps.map((step) => this.labelsThere(step));
    this.order = this.ranked();
    this.focus = this.order[0] ?? 0;
  }

  /** Whether the windows are those that Python judged. */
  get isOriginal(): boolean {
    return same(this.reference, this.payload.reference) && same(this.current, this.payload.current);
  }

  get detail(): Shown | undefined {
    return this.shown[this.focus];
  }

  get verdict(): Verdict {
    return overall(this.parts);
  }

  /** Python's own words for what Python judged; else the same words for what this page judged. */
  get words(): { sentence: string; evidence: string } {
    const { payload, parts, axis } = this;
    if (this.isOriginal) return payload;
    const kept = same(this.reference, payload.reference);
    const against = kept ? (/, against (.*? chosen for you)/.exec(payload.sentence)?.[1] ?? null) : null;
    return { sentence: sentence(parts, against), evidence: evidence(parts, payload.alarm_rate, axis.timeless) };
  }

  setWindow(name: WindowName, range: Range): void {
    if (same(this[name], range)) return;
    this[name] = range;
    this.pending = true;
    this.work.stop();
    for (const part of this.parts) part.judgement = this.provisional(part);
    this.listener.draw();
  }

  settle(rest = 0): void {
    clearTimeout(this.timer);
    if (rest > 0) this.timer = setTimeout(() => this.settle(), rest);
    else {
      this.dragging = false;
      this.judge();
      this.listener.choose(this.state());
    }
  }

  reset(): void {
    this.apply({ ...UNTOUCHED, selection: this.selection });
    this.listener.choose(this.state());
  }

  select(name: string): void {
    this.selection = selectionOf({ column: name });
    this.focusOn(name);
    this.listener.draw();
    this.listener.choose(this.state());
  }

  /** Let the selection go; returns whether there was one. */
  clear(): boolean {
    if (this.selection === null) return false;
    this.selection = null;
    this.listener.draw();
    this.listener.choose(this.state());
    return true;
  }

  /** Take over a state from elsewhere; nothing is sent back. */
  apply(state: ViewState): void {
    const { payload, axis } = this;
    this.selection = state.selection;
    this.focusOn(state.selection?.column ?? null);
    const before = [this.reference, this.current] as const;
    this.setWindow("reference", (state.reference && toRange(axis, state.reference)) ?? payload.reference);
    this.setWindow("current", (state.current && toRange(axis, state.current)) ?? payload.current);
    if (!same(before[0], this.reference) || !same(before[1], this.current)) this.judge();
    this.listener.draw();
  }

  state(): ViewState {
    const { payload, axis, reference, current, selection } = this;
    return {
      ...UNTOUCHED,
      selection,
      reference: same(reference, payload.reference) ? null : toWindow(axis, reference),
      current: same(current, payload.current) ? null : toWindow(axis, current),
    };
  }

  destroy(): void {
    clearTimeout(this.timer);
    this.work.destroy();
  }

  private focusOn(name: string | null): void {
    const found = this.payload.metrics.findIndex((metric) => metric.name === name);
    if (found >= 0) this.focus = found;
  }

  private judge(): void {
    this.work.stop();
    if (!this.isOriginal) {
      this.work.start(this.judging());
      return;
    }
    for (const part of this.parts) part.judgement = part.measure.series.judgement;
    this.judged();
  }

  /** All rows first, then the segments, which have a level of their own. */
  private *judging(): Generator<undefined> {
    for (const segments of [[null], this.payload.segments]) {
      const parts: Part[] = [];
      const steps: Step[] = [];
      for (const segment of segments) {
        const ours = this.parts.filter((part) => part.segment === segment);
        const measures = ours.map(({ measure }) => measure);
        parts.push(...ours);
        steps.push(...stepsIn(this.payload, measures, this));
        yield undefined;
      }
      for (const [i, judgement] of decisions(this.payload, steps).entries()) (parts[i] as Part).judgement = judgement;
    }
    this.judged();
  }

  private judged(): void {
    this.pending = false;
    this.order = this.ranked();
    this.listener.draw();
  }

  /** The values of the windows as they are now, with the verdict that was. */
  private provisional({ measure, judgement }: Part): Judgement {
    const { payload } = this;
    const rows = judgedRows(measure, payload.buckets);
    const { sides } = measure.compare(windowsOf(payload, this), rows);
    const window = (name: WindowName) => ({
      value: sides[name]?.value ?? null,
      low: null,
      high: null,
      n_rows: sumIn(measure.series.n_rows, this[name]),
      n_labelled: sumIn(measure.series.n_labelled, this[name]),
    });
    const [old, now] = [sides.likeForLike?.value ?? null, sides.current?.value ?? null];
    return {
      ...judgement,
      reference: window("reference"),
      current: window("current"),
      like_for_like: old,
      change: old === null || now === null ? null : now - old,
      change_low: null,
      change_high: null,
    };
  }

  private showMetric(metric: Metric, index: number): Shown {
    const parts = this.parts.filter((part) => part.metric === metric || part.metric.name === metric.name);
    const whole = parts.find(({ segment }) => segment === null);
    if (whole === undefined) throw new Error(`${metric.name} of all rows is missing`);
    return {
      index,
      metric,
      whole,
      segments: parts.filter((part) => part !== whole),
      realized: this.realizedIn(whole),
      estimated: this.estimatedIn(whole),
    };
  }

  /** Python's own values where a step is a bucket. */
  private realizedIn({ measure }: Part): Curve {
    const { steps, size } = this.axis;
    const { series, metric } = measure;
    if (steps.length === size) return series.realized;
    const found = steps.map((step): readonly [number | null, number | null, number | null] => {
      const rows = sumIn(series.n_labelled, step);
      const at = rows >= MIN_ROWS ? measure.value(bucketsOf(step)) : null;
      if (at === null) return [null, null, null];
      if (series.spread === null) return [at.value, null, null];
      return [at.value, ...rangeOf(metric, at, series.spread[0] / rows)];
    });
    return { value: found.map(([v]) => v), low: found.map(([, l]) => l), high: found.map(([, , h]) => h) };
  }

  /** Means over the buckets of a step, by their rows. */
  private estimatedIn({ measure }: Part): Curve | null {
    const { estimated, n_rows: rows } = measure.series;
    if (estimated === null) return null;
    const mean = (values: Values) =>
      this.axis.steps.map((step) => {
        const known = [...bucketsOf(step)].filter((d) => values[d] != null);
        const all = known.reduce((sum, d) => sum + (rows[d] as number), 0);
        return all > 0 ? known.reduce((sum, d) => sum + (rows[d] as number) * (values[d] as number), 0) / all : null;
      });
    return { value: mean(estimated.value), low: mean(estimated.low), high: mean(estimated.high) };
  }

  private labelsThere(step: Range): number | null {
    const { buckets, series, maturation } = this.payload;
    if (bucketsOf(step).every((d) => buckets.mature[d])) return null;
    const rows = buckets.n_rows;
    const there = maturation?.by_bucket.map((share, d) => share * (rows[d] as number)) ?? series[0]?.n_labelled ?? [];
    return sumIn(there, step) / Math.max(1, sumIn(rows, step));
  }

  /** What changed first, by how much more than matters, as the sentence has it; then in the order of the report. */
  private ranked(): number[] {
    const rank = (shown: Shown) => RANK[leading(shown).judgement.verdict] + Number(leading(shown) !== shown.whole) / 2;
    const weight = (shown: Shown) => (rank(shown) < 2 ? weightOf(leading(shown)) : 0);
    const sorted = [...this.shown].sort((a, b) => rank(a) - rank(b) || weight(b) - weight(a) || a.index - b.index);
    return sorted.map(({ index }) => index);
  }
}

const same = (a: Range, b: Range) => a[0] === b[0] && a[1] === b[1];

const sumIn = (values: readonly number[], [from, to]: Range) => values.slice(from, to).reduce((a, b) => a + b, 0);
