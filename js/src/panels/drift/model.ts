// What the panel shows: the windows, the threshold and the selection, and everything that follows from them.

import type { Column, DriftPayload } from "../../contract/drift";
import type { Selection, ViewState } from "../../contract/results";
import { type Axis, axisOf, toRange, toWindow } from "../shared/axis";
import type { Listener } from "../shared/panel-of";
import { UNTOUCHED } from "../shared/selection";
import { EFFECT } from "./chosen";
import { type Decision, fromPython, provisional } from "./decision";
import { Judging } from "./judging";
import { Series } from "./series";
import type { Range } from "./table";
import { weight } from "./words";

/** One column as it is shown now. The arrays are new whenever they change. */
export interface Shown {
  readonly index: number;
  readonly column: Column;
  readonly series: Series;
  p: Float64Array;
  q: Float64Array;
  effect: number | null;
  /** Effect of each step against the reference, NaN without rows. */
  steps: Float64Array;
  judged: Decision;
  /** Effect that natural variation reaches, by step; null while it is not known. */
  band: Float64Array | null;
  /** Whether `judged` belongs to other windows than those shown. */
  pending: boolean;
}

const MARGIN = 2;

export class Model {
  readonly axis: Axis;
  readonly shown: readonly Shown[];
  reference: Range;
  current: Range;
  threshold: number;
  selection: Selection | null = null;
  /** The column whose detail is shown. */
  focus: number;
  order: readonly number[];
  live: boolean;
  /** Half-open range of places in `order` that the list shows. */
  visible: Range = [0, 12];
  /** Whether the bands over time belong to other windows than those shown. */
  bandsPending = true;
  /** Whether a window follows the pointer: then rows jump to their places, and glide again afterwards. */
  dragging = false;
  /** Share of columns in alarm, by step. */
  alarms: Float64Array;
  private readonly judging: Judging;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly payload: DriftPayload,
    counts: readonly Float64Array[],
    live: boolean,
    private readonly listener: Listener,
  ) {
    this.axis = axisOf(payload.buckets);
    this.reference = payload.reference;
    this.current = payload.current;
    this.threshold = payload.min_effect;
    this.live = live;
    const none = new Float64Array(0);
    this.shown = payload.columns.map((column, index) => {
      const series = new Series(column, counts[index] as Float64Array, this.axis.season);
      const judged = fromPython(column.judgement, payload.measure);
      return { index, column, series, p: none, q: none, effect: null, steps: none, judged, band: null, pending: false };
    });
    this.judging = new Judging(this, counts);
    this.compareWithReference();
    this.compareCurrent();
    this.order = this.ranked();
    this.alarms = this.countAlarms();
    this.focus = this.order[0] ?? 0;
  }

  /** Whether the windows and the threshold are those that Python judged. */
  get isOriginal(): boolean {
    return this.isJudgedByPython && this.threshold === this.payload.min_effect;
  }

  /** Whether the windows are those that Python judged: then onsets and causes hold. */
  get isJudgedByPython(): boolean {
    return same(this.reference, this.payload.reference) && same(this.current, this.payload.current);
  }

  get pending(): boolean {
    return this.shown.some((shown) => shown.pending);
  }

  /** Range of places in `order` that are drawn: somewhat more than what is seen. */
  get near(): Range {
    const [from, to] = this.visible;
    return [Math.max(0, from - MARGIN), to + MARGIN];
  }

  /** Whether the effect says what matters, and no other measure. */
  get isByEffect(): boolean {
    return this.payload.measure_in_page === EFFECT;
  }

  /** The effect from which a change matters: any, where another measure says what does. */
  get matters(): number {
    return this.isByEffect ? this.threshold : 0;
  }

  /** Size of the measure that says what matters. */
  measured({ effect, judged }: Shown): number | null {
    return this.isByEffect ? effect : judged.measured;
  }

  get detail(): Shown | undefined {
    return this.shown[this.focus];
  }

  redraw(): void {
    this.listener.draw();
  }

  /** Move a window while it is dragged: effects, order and shapes follow at once, verdicts on `settle`. */
  setWindow(name: "reference" | "current", range: Range): void {
    if (same(this[name], range)) return;
    this[name] = range;
    if (name === "reference") {
      this.compareWithReference();
      this.alarms = this.countAlarms();
    }
    this.compareCurrent();
    this.markPending();
    this.order = this.ranked();
    this.listener.draw();
  }

  /** Move the threshold: verdicts follow at once, since both lines that decide are known. */
  setThreshold(threshold: number): void {
    if (threshold === this.threshold) return;
    this.threshold = threshold;
    this.decideForNow();
    this.alarms = this.countAlarms();
    this.order = this.ranked();
    this.listener.draw();
  }

  select(selection: Selection | null): void {
    this.selection = selection;
    const index = selection === null ? -1 : this.indexOf(selection.column);
    if (index >= 0) this.focus = index;
    this.listener.draw();
    this.choose();
  }

  /** Clear what is picked: first the bins, then the column. */
  clear(): boolean {
    if (this.selection === null) return false;
    this.select(this.selection.bins === null ? null : { ...this.selection, bins: null });
    return true;
  }

  /** End of a gesture: judge, now or after a short rest, and tell the host. */
  settle(rest = 0): void {
    clearTimeout(this.timer);
    if (rest > 0) this.timer = setTimeout(() => this.settle(), rest);
    else {
      this.dragging = false;
      this.judging.start();
      this.choose();
    }
  }

  reset(): void {
    this.apply({ ...UNTOUCHED, selection: this.selection });
    this.choose();
  }

  /** Take over a state from elsewhere; nothing is sent back. */
  apply(state: ViewState): void {
    const { payload, axis } = this;
    const reference = (state.reference && toRange(axis, state.reference)) ?? payload.reference;
    const current = (state.current && toRange(axis, state.current)) ?? payload.current;
    const moved = !same(reference, this.reference) || !same(current, this.current);
    const threshold = state.threshold ?? payload.min_effect;
    const changed = moved || threshold !== this.threshold;
    this.selection = state.selection;
    const index = state.selection === null ? -1 : this.indexOf(state.selection.column);
    if (index >= 0) this.focus = index;
    if (moved) {
      this.setWindow("reference", reference);
      this.setWindow("current", current);
    }
    this.setThreshold(threshold);
    if (changed) this.judging.start();
    this.listener.draw();
  }

  state(): ViewState {
    const { payload, axis, reference, current, threshold, selection } = this;
    return {
      selection,
      reference: same(reference, payload.reference) ? null : toWindow(axis, reference),
      current: same(current, payload.current) ? null : toWindow(axis, current),
      threshold: threshold === payload.min_effect ? null : threshold,
      odd: null,
      remedy: null,
    };
  }

  /** Judge what is not judged yet, such as the bands of the first view. */
  begin(): void {
    this.judging.begin();
  }

  /** Verdicts or bands arrived. */
  arrived(): void {
    this.alarms = this.countAlarms();
    this.order = this.ranked();
    this.listener.draw();
  }

  destroy(): void {
    clearTimeout(this.timer);
    this.judging.destroy();
  }

  private choose(): void {
    this.listener.choose(this.state());
  }

  private indexOf(name: string | null): number {
    return this.payload.columns.findIndex((column) => column.name === name);
  }

  private compareWithReference(): void {
    for (const shown of this.shown) {
      shown.series.compareWith(this.reference);
      shown.steps = Float64Array.from(this.axis.steps, (step) => shown.series.effect(step) ?? Number.NaN);
    }
  }

  private compareCurrent(): void {
    for (const shown of this.shown) {
      shown.effect = shown.series.effect(this.current);
      const { p, q } = shown.series.shares(this.current);
      shown.p = p;
      shown.q = q;
    }
  }

  private markPending(): void {
    this.judging.stop();
    for (const shown of this.shown) shown.pending = true;
    this.bandsPending = true;
    this.decideForNow();
  }

  private decideForNow(): void {
    if (!this.isByEffect) return; // its size is not known yet
    for (const shown of this.shown) shown.judged = provisional(shown.judged, shown.effect, this.threshold);
  }

  private countAlarms(): Float64Array {
    return Float64Array.from(this.axis.steps, (_, step) => {
      let inAlarm = 0;
      for (const { steps, band } of this.shown) {
        const natural = band?.[step] ?? Number.NaN;
        if ((steps[step] as number) > natural && (steps[step] as number) >= this.matters) inAlarm++;
      }
      return inAlarm / Math.max(1, this.shown.length);
    });
  }

  /** What drifted first, by effect times importance; then the rest by effect. */
  private ranked(): number[] {
    const isDrifted = (shown: Shown) => (shown.judged.verdict === "drifted" ? 1 : 0);
    const rank = (shown: Shown) =>
      isDrifted(shown) ? weight({ effect: shown.effect, importance: shown.column.importance }) : (shown.effect ?? -1);
    const sorted = [...this.shown].sort(
      (a, b) => isDrifted(b) - isDrifted(a) || rank(b) - rank(a) || a.index - b.index,
    );
    return sorted.map((shown) => shown.index);
  }
}

const same = (a: Range, b: Range) => a[0] === b[0] && a[1] === b[1];
