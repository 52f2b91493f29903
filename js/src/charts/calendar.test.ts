import { expect, test } from "vitest";
import { instant, iso, isoOffset, span, timeTicks } from "./calendar";

const utc = (...parts: [number, number, number, number?]) => Date.UTC(...parts);
const plain = (text: string) => text.replaceAll("\u00a0", " ");

test("a window of whole days is said by its first and last day", () => {
  expect(plain(span(utc(2013, 0, 1), utc(2013, 2, 1), "UTC"))).toBe("1 Jan–28 Feb");
  expect(plain(span(utc(2013, 6, 1), utc(2013, 6, 2), "UTC"))).toBe("1 Jul");
});

test("a window over a new year names both years", () => {
  expect(plain(span(utc(2013, 11, 1), utc(2014, 1, 1), "UTC"))).toBe("1 Dec 2013–31 Jan 2014");
});

test("a window of hours is said by its hours", () => {
  expect(plain(span(utc(2013, 6, 1, 5), utc(2013, 6, 1, 8), "UTC"))).toBe("1 Jul 05:00–08:00");
});

test("days are those of the column's zone, also where clocks change", () => {
  const zone = "America/New_York";
  const [march, july] = [instant(2013, 2, 1, 0, zone), instant(2013, 6, 1, 0, zone)];
  expect(isoOffset(march, zone)).toBe("2013-03-01T00:00:00-05:00");
  expect(isoOffset(july, zone)).toBe("2013-07-01T00:00:00-04:00");
  expect(plain(span(march, july, zone))).toBe("1 Mar–30 Jun");
  expect(iso(july, zone)).toBe("2013-07-01");
});

test("ticks are round, and as many as fit", () => {
  const labels = (from: number, to: number, room: number) =>
    timeTicks(from, to, "UTC", room).map(({ label }) => plain(label));
  expect(labels(utc(2013, 0, 1), utc(2014, 0, 1), 500)).toHaveLength(13);
  expect(labels(utc(2013, 0, 1), utc(2013, 3, 1), 110)).toEqual(["Jan", "Feb", "Mar", "Apr"]);
  expect(labels(utc(2013, 0, 1), utc(2013, 0, 2), 200)).toEqual(["1 Jan", "06:00", "12:00", "18:00", "2 Jan"]);
  expect(labels(utc(2013, 10, 1), utc(2014, 2, 1), 160)).toEqual(["Nov", "Dec", "2014", "Feb", "Mar"]);
});
