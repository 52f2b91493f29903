// What the panel shows: the period, the items or users picked, what is tried, and everything that follows from them.

import { isoOffset } from "../../charts/calendar";
import type { LoopPayload, Merit, Setting, WhatIf } from "../../contract/loops";
import type { Remedy, Selection, ViewState } from "../../contract/results";
import type { Driven, Listener } from "../shared/panel-of";
import { selectionOf, UNTOUCHED } from "../shared/selection";

export type Cut = readonly [number, number]; // half-open, of cells

/** Users by the cells of their diversity, or those who see less than 95 % would without the loop. */
export type Users = "narrowed" | Cut;

/** Places in the grid of what could be done. */
export interface Tried {
  readonly explore: number;
  readonly correct: boolean;
  readonly guarantee: number;
}

const REST = 120; // milliseconds without a key before the host hears of it

export class Model implements Driven {
  period: number;
  /** Place of the selected tenth of items, the most shown first. */
  tenth: number | null = null;
  users: Users | null = null;
  tried: Tried;
  /** Whether something follows the pointer or a key is held. */
  moving = false;
  private readonly proposed: Tried;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly payload: LoopPayload,
    public live: boolean,
    private readonly listener: Listener,
  ) {
    this.period = this.last;
    this.proposed = proposedOf(payload.what_if);
    this.tried = this.proposed;
  }

  get last(): number {
    return Math.max(0, (this.payload.periods?.starts_ms.length ?? 1) - 1);
  }

  get merit(): Merit | null {
    return this.payload.merit[this.period] ?? null;
  }

  /** Place of the map of users for the period, or of the nearest; null without any. */
  get map(): number | null {
    const { periods } = this.payload.bubbles ?? { periods: [] };
    const away = (place: number) => Math.abs((periods[place] ?? 0) - this.period);
    return periods.length === 0 ? null : periods.reduce((best, _, i) => (away(i) < away(best) ? i : best), 0);
  }

  /** The forecast of what is tried, and of what is done today; null where there is none. */
  get setting(): Setting | null {
    return settingAt(this.payload.what_if, this.tried);
  }

  get today(): Setting | null {
    const { what_if: grid } = this.payload;
    return grid && settingAt(grid, nowOf(grid));
  }

  get isProposed(): boolean {
    return same(this.tried, this.proposed);
  }

  /** Cells of users up to the line below which they are narrowed. */
  get narrow(): Cut {
    const { x_edges: edges = [], narrow_below: below = 0 } = this.payload.bubbles ?? {};
    const line = edges.findIndex((edge) => edge >= below);
    return [0, Math.max(1, Math.min(edges.length - 1, line < 0 ? edges.length - 1 : line))];
  }

  /** Cells of the users picked; null without any. */
  get cut(): Cut | null {
    return this.users === "narrowed" ? this.narrow : this.users;
  }

  get selection(): Selection | null {
    if (this.tenth !== null) return selectionOf({ column: "popularity", bins: [this.tenth, this.tenth + 1] });
    if (this.users === "narrowed") return selectionOf({ group: "narrowed" });
    return this.users && selectionOf({ column: "entropy", bins: this.users });
  }

  /** What is tried, as Python has it. */
  get remedy(): Remedy | null {
    const { what_if: grid } = this.payload;
    const { explore, correct, guarantee } = this.tried;
    return grid && { explore: grid.explore[explore] ?? 0, correct, guarantee: grid.guarantee[guarantee] ?? 0 };
  }

  /** Pick a tenth; the same again lets it go. */
  readonly pickTenth = (place: number): void => {
    this.tenth = this.tenth === place ? null : place;
    this.users = null;
    this.changed();
  };

  /** Walk to a tenth. */
  readonly toTenth = (place: number): void => {
    if (place !== this.tenth) this.pickTenth(place);
  };

  pickNarrowed(): void {
    this.users = this.users === "narrowed" ? null : "narrowed";
    this.tenth = null;
    this.changed();
  }

  /** Move to a period while it is dragged; the host hears of it on `settle`. */
  toPeriod(period: number): void {
    this.move({ period: Math.max(0, Math.min(this.last, period)) });
  }

  /** Take in users by the cells of their diversity. */
  toUsers(cut: Cut): void {
    const { narrow } = this;
    const isNarrow = cut[0] === narrow[0] && cut[1] === narrow[1];
    this.move({ tenth: null, users: isNarrow ? "narrowed" : cut });
  }

  tryOut(part: Partial<Tried>): void {
    this.move({ tried: { ...this.tried, ...part } });
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

  /** Back to the last period. */
  resetPeriod(): void {
    this.toPeriod(this.last);
    this.settle(false);
  }

  reset(): void {
    clearTimeout(this.timer);
    Object.assign(this, { period: this.last, tenth: null, users: null, tried: this.proposed, moving: false });
    this.changed();
  }

  clear(): boolean {
    if (this.selection === null) return false;
    this.tenth = null;
    this.users = null;
    this.changed();
    return true;
  }

  /** Take over a state from elsewhere; nothing is sent back. */
  apply({ selection, current, remedy }: ViewState): void {
    const { payload } = this;
    const [from, to] = selection?.bins ?? [-1, -1];
    const tenths = payload.merit.reduce((most, one) => Math.max(most, one?.exposure.length ?? 0), 0);
    const cells = (payload.bubbles?.x_edges.length ?? 1) - 1;
    const column = selection?.column ?? null;
    this.tenth = column === "popularity" && from >= 0 && from < tenths ? from : null;
    this.users = null;
    if (payload.bubbles !== null && selection?.group === "narrowed") this.users = "narrowed";
    if (column === "entropy" && from >= 0 && from < to && to <= cells) this.users = [from, to];
    this.period = current == null ? this.last : this.periodAt(Date.parse(current[0]));
    const { what_if: grid } = payload;
    this.tried =
      remedy == null || grid === null
        ? this.proposed
        : {
            explore: nearest(grid.explore, remedy.explore),
            correct: remedy.correct,
            guarantee: nearest(grid.guarantee, remedy.guarantee),
          };
    this.listener.draw();
  }

  state(): ViewState {
    const { payload, period } = this;
    const { starts_ms: starts, ends_ms: ends, zone } = payload.periods ?? { starts_ms: [], ends_ms: [], zone: "UTC" };
    const at = (ms: number | undefined) => isoOffset(ms ?? 0, zone);
    return {
      ...UNTOUCHED,
      selection: this.selection,
      current: period === this.last ? null : [at(starts[period]), at(ends[period])],
      remedy: this.isProposed ? null : this.remedy,
    };
  }

  destroy(): void {
    clearTimeout(this.timer);
  }

  private periodAt(ms: number): number {
    const found = this.payload.periods?.ends_ms.findIndex((end) => ms < end) ?? -1;
    return found < 0 ? this.last : found;
  }

  private move(part: Partial<Pick<Model, "period" | "tenth" | "users" | "tried">>): void {
    Object.assign(this, part);
    this.moving = true;
    this.listener.draw();
  }

  private changed(): void {
    this.listener.draw();
    this.listener.choose(this.state());
  }
}

const nowOf = ({ now: [explore, guarantee], correct_now: correct }: WhatIf): Tried => ({ explore, correct, guarantee });

/** What a panel opens with: feedback corrected for exposure, all else as today, where there is a forecast of that. */
function proposedOf(grid: WhatIf | null): Tried {
  if (grid === null) return { explore: 0, correct: false, guarantee: 0 };
  const corrected = { ...nowOf(grid), correct: true };
  return settingAt(grid, corrected) === null ? nowOf(grid) : corrected;
}

const same = (a: Tried, b: Tried) => a.explore === b.explore && a.correct === b.correct && a.guarantee === b.guarantee;

const settingAt = (grid: WhatIf | null, place: Tried) => grid?.settings.find((one) => same(one, place)) ?? null;

const nearest = (values: readonly number[], value: number) =>
  values.reduce((best, one, i) => (Math.abs(one - value) < Math.abs((values[best] as number) - value) ? i : best), 0);
