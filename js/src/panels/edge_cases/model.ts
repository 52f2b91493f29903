// What the panel shows: the windows, the slice, the group, both thresholds, and everything that follows from them.

import type {
  Cells,
  EdgeCasePayload,
  Estimate,
  GroupName,
  Row,
  RowsPayload,
  Series,
  Slice,
} from "../../contract/edges";
import type { Selection, ViewState } from "../../contract/results";
import { type Axis, axisOf, type Range, toRange, toWindow } from "../shared/axis";
import type { Listener } from "../shared/panel-of";
import { selectionOf, UNTOUCHED } from "../shared/selection";
import { reasonOf } from "../shared/shell";
import { dates, type Windowed, type WindowName } from "../shared/windows";
import { type AllCounts, type Counts, cellsBetween, contrastBetween, meanBetween } from "./counts";
import { type Cut, GROUPS, groupAt, placeOf, type Tally, tally } from "./tally";

export type Threshold = keyof Cut;

const EXAMPLES: readonly GroupName[] = ["both", "edge_case", "outlier", "routine"];

/** A slice's rows in the windows shown, and how much worse they fare; intervals hold for the measured windows alone. */
export interface Effect extends Estimate {
  readonly n: number;
}

const same = (a: Range | null, b: Range | null) => a?.[0] === b?.[0] && a?.[1] === b?.[1];

export class Model implements Windowed {
  /** Place of the selected slice; null for all rows. */
  slice: number | null = null;
  group: GroupName | null = null;
  cut: Cut;
  /** Whether a threshold follows the pointer or a key is held. */
  moving = false;
  /** Whether a window follows the pointer. */
  dragging = false;
  readonly axis: Axis;
  reference: Range;
  current: Range;
  /** Whether example rows are looked at. */
  inspecting = false;
  /** What a kernel sent: the rows of the selection, on this page alone. */
  private sent: RowsPayload | null = null;
  /** Why there are none. */
  refused: string | null = null;
  private asked = 0;
  private readonly own: Cut;
  private readonly kept = new Map<string, Cells>();
  private counted: { key: string; tally: Tally } | null = null;
  private before: { key: string; tally: Tally | null } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly payload: EdgeCasePayload,
    private readonly counts: AllCounts,
    public live: boolean,
    private readonly listener: Listener,
  ) {
    const { odd_edges, loss_edges } = payload.density;
    this.own = { odd: placeOf(odd_edges, payload.odd_from), bad: placeOf(loss_edges, payload.bad_from) };
    this.cut = this.own;
    const { buckets } = payload;
    const position = buckets.starts_ms.map((_, i) => i);
    this.axis = axisOf({ ...buckets, position, season: position.map(() => 0), season_name: null });
    this.reference = payload.reference ?? [0, 0];
    this.current = payload.current ?? [0, 0];
  }

  /** Whether the windows can be moved: both stand on one time axis. */
  get canMove(): boolean {
    const { buckets, reference, current, series } = this.payload;
    return buckets.every !== null && reference !== null && current !== null && series !== null;
  }

  /** Whether a window is another than the one that Python measured. */
  hasMoved(name: WindowName): boolean {
    return this.canMove && !same(this[name], this.payload[name]);
  }

  get isMeasured(): boolean {
    return !this.hasMoved("reference") && !this.hasMoved("current");
  }

  /** The window that Python measured, in words. */
  get measured(): string {
    return this.payload.current === null ? "" : dates(this.axis, this.payload.current);
  }

  /** Whether the groups shown are those of the measured windows, for want of counts of others. */
  get groupsStay(): boolean {
    return this.hasMoved("current") && this.countsOf(this.slice) === null;
  }

  private countsOf(slice: number | null): Counts | null {
    return slice === null ? this.counts.all : (this.counts.slices[slice] ?? null);
  }

  get shown(): Slice | null {
    return this.slice === null ? null : (this.payload.slices[this.slice] ?? null);
  }

  get series(): Series | null {
    return this.shown === null ? this.payload.series : this.shown.series;
  }

  get cells(): Cells {
    return this.cellsOf(this.slice);
  }

  private cellsOf(slice: number | null): Cells {
    const measured = (slice === null ? null : this.payload.slices[slice]?.cells) ?? this.payload.density.current;
    return this.hasMoved("current") ? this.between(slice, this.current, measured) : measured;
  }

  /** The cells of some buckets, counted once; others where there are no counts. */
  private between(slice: number | null, range: Range, others: Cells): Cells {
    const counts = this.countsOf(slice);
    if (counts === null) return others;
    const key = `${slice} ${range}`;
    const found = this.kept.get(key) ?? cellsBetween(counts, this.payload.density, range);
    if (this.kept.size > 200) this.kept.clear();
    this.kept.set(key, found);
    return found;
  }

  /** A slice in the windows shown. */
  effectOf(slice: Slice): Effect {
    const whole = this.payload.series;
    if (!this.hasMoved("current") || whole === null || slice.series === null) return { ...slice.effect, n: slice.n };
    const { effect, n } = contrastBetween(whole, slice.series, this.current);
    return { value: n < this.payload.min_rows / 2 ? null : effect, low: null, high: null, n };
  }

  /** The effect of a slice in the reference shown; null where it is not known. */
  beforeOf(slice: Slice): number | null {
    const whole = this.payload.series;
    if (!this.hasMoved("reference") || whole === null || slice.series === null) return slice.before?.value ?? null;
    return contrastBetween(whole, slice.series, this.reference).effect;
  }

  /** The mean loss of a window, with its interval where Python measured it. */
  lossOf(name: WindowName): Estimate {
    const { payload } = this;
    const measured = name === "reference" ? payload.loss_reference : payload.loss_current;
    const moved = this.hasMoved(name) && payload.series !== null;
    const value = moved ? meanBetween(payload.series, this[name]) : null;
    return moved || measured === null ? { value, low: null, high: null } : measured;
  }

  /** How many rows a window has. */
  rowsIn(name: WindowName): number {
    const { payload } = this;
    if (!this.hasMoved(name)) return name === "reference" ? payload.n_reference : payload.n_current;
    return payload.buckets.n_rows.slice(...this[name]).reduce((a, b) => a + b, 0);
  }

  /** Outlier share from which a row is odd. */
  get odd(): number {
    return this.payload.density.odd_edges[this.cut.odd] ?? 1;
  }

  /** Smoothed loss from which a row is badly served. */
  get bad(): number {
    return this.payload.density.loss_edges[this.cut.bad] ?? 0;
  }

  /** Whether windows and thresholds are the report's own: then its intervals hold. */
  get isOriginal(): boolean {
    return this.isMeasured && this.cut.odd === this.own.odd && this.cut.bad === this.own.bad;
  }

  get selection(): Selection | null {
    const { slice, group } = this;
    return slice === null && group === null ? null : selectionOf({ slice, group });
  }

  /** Groups among what is shown. */
  get tally(): Tally {
    const key = `${this.slice} ${this.cut.odd} ${this.cut.bad} ${this.current}`;
    if (this.counted?.key !== key) this.counted = { key, tally: tally(this.cells, this.payload.density, this.cut) };
    return this.counted.tally;
  }

  /** What the groups are compared with: all current rows beside a slice, else the reference; null without one. */
  get beside(): Tally | null {
    const { density } = this.payload;
    const key = `${this.slice === null} ${this.cut.odd} ${this.cut.bad} ${this.reference} ${this.current}`;
    if (this.before?.key !== key) {
      const cells = this.slice === null ? this.referenceCells : this.cellsOf(null);
      this.before = { key, tally: cells && tally(cells, density, this.cut) };
    }
    return this.before.tally;
  }

  private get referenceCells(): Cells | null {
    const measured = this.payload.density.reference;
    return measured !== null && this.hasMoved("reference") ? this.between(null, this.reference, measured) : measured;
  }

  /** Example rows of the selected slice and group, at the chosen thresholds. */
  get rows(): readonly Row[] {
    const { slice, group } = this;
    const found = (this.sent ?? this.payload).rows.filter(
      (row) => (slice === null || row.slices.includes(slice)) && (group === null || this.groupOf(row) === group),
    );
    const rank = (row: Row) => EXAMPLES.indexOf(this.groupOf(row));
    return found.sort((a, b) => rank(a) - rank(b));
  }

  groupOf({ outlier_share: share, smoothed_loss: loss }: Row): GroupName {
    return groupAt(share >= this.odd, loss !== null && loss >= this.bad);
  }

  get rowColumns(): readonly string[] {
    return this.sent?.columns ?? this.payload.row_columns;
  }

  /** Whether rows can be shown: they are in the payload, or a kernel can be asked. */
  get canInspect(): boolean {
    return this.live || this.payload.rows.length > 0;
  }

  /** Whether the kernel was asked for rows and has not answered yet. */
  waiting = false;

  inspect(inspecting: boolean): void {
    this.inspecting = inspecting;
    this.listener.draw();
    this.askForRows();
  }

  /** Ask the kernel for the rows of what is selected: it has heard of the selection by then. */
  private askForRows(): void {
    if (!this.inspecting || !this.live) return;
    const turn = ++this.asked;
    const end = (rows: RowsPayload | null, refused: string | null) => {
      if (turn !== this.asked) return;
      this.waiting = false;
      this.sent = rows ?? this.sent;
      this.refused = refused;
      this.listener.draw();
    };
    this.waiting = true;
    this.listener.ask("rows").then(
      (rows) => end(rows as RowsPayload, null),
      (error: unknown) => end(null, reasonOf(error)),
    );
  }

  pickSlice(place: number | null): void {
    if (place === this.slice) return;
    this.slice = place;
    this.changed();
  }

  /** The same function at every drawing, so that rows which did not change are left alone. */
  readonly pick = (place: number): void => this.pickSlice(place);

  /** Pick a group; the same again lets it go. */
  pickGroup(name: GroupName): void {
    this.group = this.group === name ? null : name;
    this.changed();
  }

  /** Move a threshold while it is dragged: shares follow at once, the host hears of it on `settle`. */
  move(name: Threshold, place: number): void {
    const { odd_edges, loss_edges } = this.payload.density;
    const last = (name === "odd" ? odd_edges : loss_edges).length - 1;
    const to = Math.max(1, Math.min(last, place));
    if (to === this.cut[name]) return;
    this.cut = { ...this.cut, [name]: to };
    this.moving = true;
    this.listener.draw();
  }

  /** Move a window while it is dragged: all that can be counted follows at once. */
  setWindow(name: WindowName, range: Range): void {
    if (same(this[name], range)) return;
    this[name] = range;
    this.moving = true;
    this.listener.draw();
  }

  /** End of a gesture, or of a row of keys. */
  settle(rest: number): void {
    clearTimeout(this.timer);
    const end = () => {
      this.moving = false;
      this.dragging = false;
      this.changed();
    };
    if (rest > 0) this.timer = setTimeout(end, rest);
    else end();
  }

  /** Back to the report's own windows and thresholds. */
  reset(): void {
    this.cut = this.own;
    this.reference = this.payload.reference ?? this.reference;
    this.current = this.payload.current ?? this.current;
    this.moving = false;
    clearTimeout(this.timer);
    this.changed();
  }

  /** Let go of what is picked: first the group, then the slice. Returns whether there was anything. */
  clear(): boolean {
    if (this.selection === null) return false;
    if (this.group !== null) this.group = null;
    else this.slice = null;
    this.changed();
    return true;
  }

  /** Take over a state from elsewhere; nothing is sent back. */
  apply(state: ViewState): void {
    const { payload } = this;
    const place = state.selection?.slice ?? null;
    const group = state.selection?.group ?? null;
    this.slice = place !== null && place < payload.slices.length ? place : null;
    this.group = GROUPS.find((name) => name === group) ?? null;
    const { odd_edges, loss_edges } = payload.density;
    const take = (edges: readonly number[], value: number | null | undefined, own: number) =>
      value === null || value === undefined ? own : Math.max(1, placeOf(edges, value));
    this.cut = {
      odd: take(odd_edges, state.odd, this.own.odd),
      bad: take(loss_edges, state.threshold, this.own.bad),
    };
    const read = (window: ViewState["current"], own: Range | null, now: Range) =>
      (this.canMove && window !== null ? toRange(this.axis, window) : null) ?? own ?? now;
    this.reference = read(state.reference, payload.reference, this.reference);
    this.current = read(state.current, payload.current, this.current);
    this.listener.draw();
    this.askForRows();
  }

  state(): ViewState {
    const { cut, own } = this;
    const window = (name: WindowName) => (this.hasMoved(name) ? toWindow(this.axis, this[name]) : null);
    return {
      ...UNTOUCHED,
      selection: this.selection,
      reference: window("reference"),
      current: window("current"),
      threshold: cut.bad === own.bad ? null : this.bad,
      odd: cut.odd === own.odd ? null : this.odd,
    };
  }

  destroy(): void {
    this.asked++;
    clearTimeout(this.timer);
  }

  private changed(): void {
    this.listener.draw();
    this.listener.choose(this.state());
    this.askForRows();
  }
}
