// Instants as a reader wants them, in the zone in which the buckets were cut.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export interface Local {
  readonly year: number;
  readonly month: number; // 0 to 11
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const clocks = new Map<string, Intl.DateTimeFormat | null>();

function clock(zone: string): Intl.DateTimeFormat | null {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  let made: Intl.DateTimeFormat | null = null;
  if (zone !== "UTC") {
    const numeric = "numeric" as const;
    const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric };
    try {
      made = new Intl.DateTimeFormat("en-US", { ...fields, hourCycle: "h23", era: undefined, timeZone: zone });
    } catch {
      made = null; // a browser without this zone reads UTC
    }
  }
  clocks.set(zone, made);
  return made;
}

/** Returns the wall clock of `zone` at an instant. */
export function local(ms: number, zone: string): Local {
  const made = clock(zone);
  if (made === null) {
    const d = new Date(ms);
    const [year, month, day] = [d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate()];
    return { year, month, day, hour: d.getUTCHours(), minute: d.getUTCMinutes(), second: d.getUTCSeconds() };
  }
  const part: Record<string, number> = {};
  for (const { type, value } of made.formatToParts(ms)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return { year, month: month - 1, day, hour, minute, second };
}

const asUtc = (l: Local) => Date.UTC(l.year, l.month, l.day, l.hour, l.minute, l.second);

/** Returns how far the clock of `zone` is ahead of UTC, in milliseconds. */
export function offset(ms: number, zone: string): number {
  return clock(zone) === null ? 0 : asUtc(local(ms, zone)) - Math.floor(ms / 1000) * 1000;
}

/** Returns the instant at which the clock of `zone` shows the given date and hour. */
export function instant(year: number, month: number, day: number, hour: number, zone: string): number {
  const wall = Date.UTC(year, month, day, hour);
  const guess = wall - offset(wall, zone);
  return wall - offset(guess, zone);
}

const two = (value: number) => String(value).padStart(2, "0");
const isMidnight = (l: Local) => l.hour === 0 && l.minute === 0 && l.second === 0;

/** Returns "3 Jul". */
export function day(ms: number, zone: string): string {
  const l = local(ms, zone);
  return `${l.day}\u00a0${MONTHS[l.month]}`;
}

/** Returns "05:30". */
export function time(ms: number, zone: string): string {
  const l = local(ms, zone);
  return `${two(l.hour)}:${two(l.minute)}`;
}

/** Returns an instant as short as its bucket allows: "3 Jul", or "3 Jul 05:00" where it is not midnight. */
export function moment(ms: number, zone: string): string {
  return isMidnight(local(ms, zone)) ? day(ms, zone) : `${day(ms, zone)} ${time(ms, zone)}`;
}

/** Returns a half-open window by its first and last day, "1 Jan–28 Feb", or by its hours where it cuts days. */
export function span(start: number, end: number, zone: string): string {
  const from = local(start, zone);
  const to = local(end, zone);
  if (!isMidnight(from) || !isMidnight(to)) {
    const until = day(start, zone) === day(end, zone) ? time(end, zone) : `${day(end, zone)} ${time(end, zone)}`;
    return `${day(start, zone)} ${time(start, zone)}–${until}`;
  }
  const last = end - HOUR;
  const years = from.year === local(last, zone).year ? "" : `\u00a0${from.year}`;
  if (day(start, zone) === day(last, zone) && years === "") return day(start, zone);
  return `${day(start, zone)}${years}–${day(last, zone)}${years && `\u00a0${local(last, zone).year}`}`;
}

/** Returns an instant in ISO 8601, a bare date where the wall clock shows midnight. */
export function iso(ms: number, zone: string): string {
  const l = local(ms, zone);
  const date = `${l.year}-${two(l.month + 1)}-${two(l.day)}`;
  return isMidnight(l) ? date : `${date}T${two(l.hour)}:${two(l.minute)}:${two(l.second)}`;
}

/** Returns an instant in ISO 8601 with the offset of `zone`. */
export function isoOffset(ms: number, zone: string): string {
  const l = local(ms, zone);
  const minutes = Math.round(offset(ms, zone) / 60_000);
  const sign = minutes < 0 ? "-" : "+";
  const date = `${l.year}-${two(l.month + 1)}-${two(l.day)}T${two(l.hour)}:${two(l.minute)}:${two(l.second)}`;
  return `${date}${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

const HOURS = [1, 2, 3, 6, 12];
const DAYS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120];

function hourTicks(start: number, end: number, zone: string, step: number): Tick[] {
  const l = local(start, zone);
  const out: Tick[] = [];
  for (let i = 0; ; i += step) {
    const at = instant(l.year, l.month, l.day, i, zone);
    if (at > end) return out;
    if (at >= start) out.push({ at, label: local(at, zone).hour === 0 ? day(at, zone) : time(at, zone) });
  }
}

function dayTicks(start: number, end: number, zone: string, step: number): Tick[] {
  const l = local(start, zone);
  const out: Tick[] = [];
  for (let i = 0; ; i += step) {
    const at = instant(l.year, l.month, l.day + i, 0, zone);
    if (at > end) return out;
    if (at >= start) out.push({ at, label: day(at, zone) });
  }
}

function monthTicks(start: number, end: number, zone: string, step: number): Tick[] {
  const l = local(start, zone);
  const out: Tick[] = [];
  for (let month = Math.floor(l.month / step) * step; ; month += step) {
    const at = instant(l.year, month, 1, 0, zone);
    if (at > end) return out;
    const { year, month: index } = local(at, zone);
    const label = step >= 12 || (index === 0 && at > start) ? String(year) : (MONTHS[index] as string);
    if (at >= start) out.push({ at, label });
  }
}

/** Returns round instants from `start` to `end` with short labels, as many as fit into `room` pixels. */
export function timeTicks(start: number, end: number, zone: string, room: number): Tick[] {
  const length = end - start;
  const fits = (unit: number, label: number) => (step: number) => (length / (step * unit)) * label <= room;
  const hours = HOURS.find(fits(HOUR, 44));
  if (hours !== undefined && length < 3 * DAY) return hourTicks(start, end, zone, hours);
  const days = DAYS.find(fits(DAY, 52));
  if (days !== undefined) return dayTicks(start, end, zone, days);
  const months = MONTH_STEPS.find(fits(30.4 * DAY, 36)) ?? 1200;
  return monthTicks(start, end, zone, months);
}
