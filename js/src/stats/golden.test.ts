// The browser reaches what Python reached, on the same counts.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bands, type Cells, decide, judge, learn, measure, type Windows } from ".";

const GOLDEN = new URL("../../../tests/golden/", import.meta.url);

interface Golden {
  windows: Record<"reference" | "current" | "position" | "season", number[]> & { timeless: boolean };
  columns: { counts: number[]; k: number; ordered: boolean; widths: number[] | null; pooled: number | null }[];
  judged: Record<string, unknown>[];
  bands: { effects: (number | null)[]; natural: (number | null)[] }[];
}

function read(file: string): Golden {
  return JSON.parse(readFileSync(new URL(file, GOLDEN), "utf8"));
}

function input({ windows, columns }: Golden): { cells: Cells[]; windows: Windows } {
  const cells = columns.map(({ counts, k, ordered, widths, pooled }) => ({
    counts: Float64Array.from(counts),
    k,
    ordered,
    widths: widths && Float64Array.from(widths),
    pooled,
  }));
  const { reference, current, position, season, timeless } = windows;
  return {
    cells,
    windows: {
      reference: Int32Array.from(reference),
      current: Int32Array.from(current),
      position: Int32Array.from(position),
      season: Int32Array.from(season),
      timeless,
    },
  };
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function expectClose(actual: unknown, expected: unknown, name: string): void {
  if (Array.isArray(expected)) {
    const numbers = Array.from(actual as ArrayLike<number>);
    expect(numbers.length, name).toBe(expected.length);
    expected.forEach((value, i) => {
      expectClose(numbers[i], value, `${name}[${i}]`);
    });
  } else if (typeof expected === "number") {
    const gap = Math.abs((actual as number) - expected);
    expect(gap, `${name}: ${actual} for ${expected}`).toBeLessThanOrEqual(1e-9 * Math.abs(expected) + 1e-14);
  } else if (Number.isNaN(actual)) expect(expected, name).toBeNull();
  else expect(actual, name).toBe(expected);
}

function expectSame(actual: object, expected: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(expected)) {
    expectClose((actual as Record<string, unknown>)[camel(name)], value, name);
  }
}

const files = readdirSync(GOLDEN).filter((file) => /^stats_[^.]*\.json$/.test(file));

test.each(files)("judges %s as Python does", (file) => {
  const golden = read(file);
  const { cells, windows } = input(golden);
  judge(cells, windows, { alarmRate: 0.05, minEffect: 0.03 }).forEach((one, i) => {
    expectSame(one, golden.judged[i] as Record<string, unknown>);
  });
});

test.each(files)("gives the same measures while dragging: %s", (file) => {
  const { cells, windows } = input(read(file));
  const judged = judge(cells, windows, { alarmRate: 0.05, minEffect: 0.03 });
  measure(cells, windows).forEach((plain, i) => {
    expect(plain.js).toBe(judged[i]?.js);
  });
});

test("decides some columns first, at the level of the whole report", () => {
  const { cells, windows } = input(read("stats_step.json"));
  const options = { alarmRate: 0.05, minEffect: 0.03 };
  const all = judge(cells, windows, options);
  expect(judge(cells, windows, { ...options, only: [2, 0] })).toEqual([all[2], all[0]]);
  expect(decide(learn(cells, windows, 0.05), 1, 0.03)).toEqual(all[1]);
});

test.each(files)("draws the bands of %s as Python does", (file) => {
  const golden = read(file);
  const { cells, windows } = input(golden);
  const days = Array.from(windows.current, (d) => Int32Array.of(d));
  bands(cells, windows, days, { alarmRate: 0.05 }).forEach((one, i) => {
    expectSame(one, golden.bands[i] as Record<string, unknown>);
  });
});
