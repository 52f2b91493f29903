// Numbers, times and names in the words of reports, the same as in Python's `afterlaunch.phrases`.

import { local } from "../../charts/calendar";

export { share } from "../../charts/format";

const THIN = "\u202f";
const LONGEST_NAME = 40;
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python counts these as spaces
const GAPS = /[\s\x1c-\x1f\x85]+/;
/** All but the two joiners that scripts and emoji need. */
const UNPRINTABLE = /(?![\u200c\u200d])\p{C}/gu;
const MOST_DIGITS = 20;
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** The time axis of a payload: bucket `i` covers `starts_ms[i]` up to `ends_ms[i]`. */
export interface Times {
  readonly starts_ms: readonly number[];
  readonly ends_ms: readonly number[];
  readonly every: string | null;
  readonly zone: string;
}

/** Returns three significant digits, thousands apart. */
export function number(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return value === 0 ? "0" : "unknown";
  if (Math.abs(value) >= 999.5) return value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, THIN);
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const text = value.toFixed(Math.min(MOST_DIGITS, digits));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Returns a time as the buckets have it: "12 July", with the hour below a day, the year where there are several. */
export function moment(ms: number, buckets: Times): string {
  const { zone, starts_ms, ends_ms, every } = buckets;
  const at = local(ms, zone);
  const several = local(starts_ms[0] ?? 0, zone).year !== local((ends_ms.at(-1) ?? 1) - 1, zone).year;
  const day = `${at.day} ${MONTHS[at.month]}${several ? ` ${at.year}` : ""}`;
  const below = every !== null && /[hms]$/.test(every); // "1000 rows" too
  return below ? `${day}, ${String(at.hour).padStart(2, "0")}:${String(at.minute).padStart(2, "0")}` : day;
}

/** Returns a half-open bucket range as its first and last moment, both included: "1 January–28 February". */
export function span([from, to]: readonly [number, number], buckets: Times): string {
  const start = moment(buckets.starts_ms[from] ?? 0, buckets);
  const end = moment((buckets.ends_ms[to - 1] ?? 0) - 1, buckets);
  return start === end ? start : `${start}–${end}`;
}

/** Returns a name on one line, cut in the middle when it is long. */
export function short(name: string): string {
  const said = name.split(GAPS).join(" ").trim();
  const line = [...(said.replace(UNPRINTABLE, escaped) || "(unnamed)")];
  if (line.length <= LONGEST_NAME) return line.join("");
  const keep = Math.floor((LONGEST_NAME - 1) / 2);
  return `${line.slice(0, keep).join("")}…${line.slice(line.length - keep).join("")}`;
}

/** Writes a character as Python does: `\x1b`, `\u202e`. */
function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const [mark, digits] = code < 0x100 ? ["x", 2] : code < 0x10000 ? (["u", 4] as const) : (["U", 8] as const);
  return `\\${mark}${code.toString(16).padStart(digits, "0")}`;
}
