// What the panel shows: the slice, the group, both thresholds, and everything that follows from them.

import type { Cells, EdgeCasePayload, GroupName, Row, Series, Slice } from "../../contract/edges";
import type { Selection, ViewState } from "../../contract/results";
import { selectionOf, UNTOUCHED } from "../shared/selection";
import { type Cut, GROUPS, groupAt, placeOf, type Tally, tally } from "./tally";

export interface Listener {
  /** Something changed: draw again. */
  draw(): void;
  /** The reader chose a new view state. */
  choose(state: ViewState): void;
}

export type Threshold = keyof Cut;

const EXAMPLES: readonly GroupName[] = ["both", "edge_case", "outlier", "routine"];
const REST = 120; // milliseconds without a key before the host hears of it

export class Model {
  /** Place of the selected slice; null for all rows. */
  slice: number | null = null;
  group: GroupName | null = null;
  cut: Cut;
  /** Whether a threshold follows the pointer or a key is held. */
  moving = false;
  private readonly own: Cut;
  private counted: { key: string; tally: Tally } | null = null;
  private before: { key: string; tally: Tally | null } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly payload: EdgeCasePayload,
    public live: boolean,
    private readonly listener: Listener,
  ) {
    const { odd_edges, loss_edges } = payload.density;
    this.own = { odd: placeOf(odd_edges, payload.odd_from), bad: placeOf(loss_edges, payload.bad_from) };
    this.cut = this.own;
  }

  get shown(): Slice | null {
    return this.slice === null ? null : (this.payload.slices[this.slice] ?? null);
  }

  get series(): Series | null {
    return this.shown === null ? this.payload.series : this.shown.series;
  }

  get cells(): Cells {
    return this.shown?.cells ?? this.payload.density.current;
  }

  /** Outlier share from which a row is odd. */
  get odd(): number {
    return this.payload.density.odd_edges[this.cut.odd] ?? 1;
  }

  /** Smoothed loss from which a row is badly served. */
  get bad(): number {
    return this.payload.density.loss_edges[this.cut.bad] ?? 0;
  }

  /** Whether both thresholds are the report's own: then its intervals hold. */
  get isOriginal(): boolean {
    return this.cut.odd === this.own.odd && this.cut.bad === this.own.bad;
  }

  get selection(): Selection | null {
    const { slice, group } = this;
    return slice === null && group === null ? null : selectionOf({ slice, group });
  }

  /** Groups among what is shown. */
  get tally(): Tally {
    const key = `${this.slice} ${this.cut.odd} ${this.cut.bad}`;
    if (this.counted?.key !== key) this.counted = { key, tally: tally(this.cells, this.payload.density, this.cut) };
    return this.counted.tally;
  }

  /** What the groups are compared with: all current rows beside a slice, else the reference; null without one. */
  get beside(): Tally | null {
    const { density } = this.payload;
    const key = `${this.slice === null} ${this.cut.odd} ${this.cut.bad}`;
    if (this.before?.key !== key) {
      const cells = this.slice === null ? density.reference : density.current;
      this.before = { key, tally: cells && tally(cells, density, this.cut) };
    }
    return this.before.tally;
  }

  /** Example rows of the selected slice and group, at the chosen thresholds. */
  get rows(): readonly Row[] {
    const { slice, group } = this;
    const found = this.payload.rows.filter(
      (row) => (slice === null || row.slices.includes(slice)) && (group === null || this.groupOf(row) === group),
    );
    const rank = (row: Row) => EXAMPLES.indexOf(this.groupOf(row));
    return found.sort((a, b) => rank(a) - rank(b));
  }

  groupOf({ outlier_share: share, smoothed_loss: loss }: Row): GroupName {
    return groupAt(share >= this.odd, loss !== null && loss >= this.bad);
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

  /** End of a gesture, or of a row of keys. */
  settle(keyed: boolean): void {
    clearTimeout(this.timer);
    const end = () => {
      this.moving = false;
      this.changed();
    };
    if (keyed) this.timer = setTimeout(end, REST);
    else end();
  }

  reset(): void {
    this.cut = this.own;
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
    this.listener.draw();
  }

  state(): ViewState {
    const { cut, own } = this;
    return {
      ...UNTOUCHED,
      selection: this.selection,
      threshold: cut.bad === own.bad ? null : this.bad,
      odd: cut.odd === own.odd ? null : this.odd,
    };
  }

  destroy(): void {
    clearTimeout(this.timer);
  }

  private changed(): void {
    this.listener.draw();
    this.listener.choose(this.state());
  }
}
