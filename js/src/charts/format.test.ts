import { expect, test } from "vitest";
import { count, number, points, rounded, share } from "./format";

const plain = (text: string) => text.replaceAll("\u202f", " ").replaceAll("\u2212", "-");

test("numbers have three significant digits", () => {
  expect([0, 0.12345, -12.34, 5, 336_776, 0.00001].map((x) => plain(number(x)))).toEqual([
    "0",
    "0.123",
    "-12.3",
    "5",
    "337 000",
    "1.0e-5",
  ]);
});

test("counts are whole, and set thousands apart", () => {
  expect(plain(count(336_776))).toBe("336 776");
});

test("values have the digits of their step", () => {
  expect([rounded(36.04, 1), rounded(36.04, 0.1), rounded(-0.01, 0.1), rounded(12_345, 1)].map(plain)).toEqual([
    "36",
    "36.0",
    "0.0",
    "12 345",
  ]);
});

test("a share that is not zero never reads as zero", () => {
  expect([0, 0.0002, 0.034, 0.36, 1].map((x) => plain(share(x)))).toEqual(["0 %", "<0.1 %", "3.4 %", "36 %", "100 %"]);
});

test("changes of a share are percentage points with a sign", () => {
  expect([0.05, -0.051, 0.0001].map((x) => plain(points(x)))).toEqual(["+5.0 pp", "-5.1 pp", "±0.0 pp"]);
});
