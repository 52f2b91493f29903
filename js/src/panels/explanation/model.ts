// What the panel shows: the part, the column and the slice that were picked, and what follows from them.

import type { ColumnPart, ExplanationPayload, Part, SlicePart } from "../../contract/explain";
import type { Selection, ViewState } from "../../contract/results";
import type { Listener } from "../shared/panel-of";
import { selectionOf, UNTOUCHED } from "../shared/selection";

/** A slice and its place in the payload, which is how Python knows it. */
export interface Placed {
  readonly place: number;
  readonly slice: SlicePart;
}

export class Model {
  part: Part | null = null;
  column: string | null = null;
  /** Place of the selected slice. */
  slice: number | null = null;

  constructor(
    readonly payload: ExplanationPayload,
    public live: boolean,
    private readonly listener: Listener,
  ) {}

  get shown(): SlicePart | null {
    return this.slice === null ? null : (this.payload.slices[this.slice] ?? null);
  }

  get shownColumn(): ColumnPart | null {
    return this.payload.columns.find(({ column }) => column !== null && column === this.column) ?? null;
  }

  /** The covariate part, which columns and slices share. */
  get covariate(): Part | null {
    return this.parts.find(({ name }) => name === "covariate") ?? null;
  }

  get parts(): readonly Part[] {
    return [...this.payload.accountings.flatMap(({ parts }) => parts), this.payload.total];
  }

  /** What is picked of the covariate part: its size is marked within the part. */
  get picked(): number | null {
    return this.shown?.change ?? this.shownColumn?.change ?? null;
  }

  /** The slices that say something of the picked column; all of them without one. */
  get slices(): readonly Placed[] {
    const placed = this.payload.slices.map((slice, place) => ({ place, slice }));
    return this.column === null ? placed : placed.filter(({ slice }) => about(slice, this.column));
  }

  /** Whether a column has no part in what is picked. */
  isBeside(column: string): boolean {
    if (this.shown !== null) return !about(this.shown, column);
    return this.column !== null && this.column !== column;
  }

  get selection(): Selection | null {
    const { part, column, slice } = this;
    if (part === null && column === null && slice === null) return null;
    return selectionOf({ column, slice, group: part?.name ?? null });
  }

  /** Pick a part; the same again lets it go. */
  pickPart(part: Part): void {
    this.part = this.part === part ? null : part;
    this.column = null;
    this.slice = null;
    this.changed();
  }

  /** Pick a column, or let it go: a slice that says nothing of it goes too. */
  pickColumn(column: string | null): void {
    this.column = column;
    this.part = null;
    if (column !== null && this.shown !== null && !about(this.shown, column)) this.slice = null;
    this.changed();
  }

  pickSlice(place: number | null): void {
    this.slice = place;
    this.part = null;
    this.changed();
  }

  /** Let go of what is picked: first the slice, then the column or the part. Returns whether there was anything. */
  clear(): boolean {
    if (this.selection === null) return false;
    if (this.slice !== null) this.slice = null;
    else {
      this.column = null;
      this.part = null;
    }
    this.changed();
    return true;
  }

  /** Take over a state from elsewhere; what it names beyond the report is nothing. */
  apply({ selection }: ViewState): void {
    const { slices, columns } = this.payload;
    const place = selection?.slice ?? null;
    this.slice = place !== null && place < slices.length ? place : null;
    this.column = columns.find(({ column }) => column !== null && column === selection?.column)?.column ?? null;
    this.part = this.parts.find(({ name }) => name === selection?.group) ?? null;
    this.listener.draw();
  }

  destroy(): void {}

  private changed(): void {
    this.listener.draw();
    this.listener.choose({ ...UNTOUCHED, selection: this.selection });
  }
}

const about = ({ conditions }: SlicePart, column: string | null) => conditions.some((one) => one.column === column);
