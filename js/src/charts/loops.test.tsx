import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { GainLine } from "./gain-line";
import { hatched } from "./hatch";
import { curveAt } from "./lorenz";
import { PlanLines } from "./plan-lines";
import { SumBar } from "./sum-bar";

let home: SVGSVGElement;

beforeEach(() => {
  home = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  document.body.append(home);
});

afterEach(() => {
  render(null, home);
  home.remove();
});

const words = () => [...home.querySelectorAll("text")].map((one) => one.textContent);
const two = (value: number) => value.toFixed(2);

test("an end's label is left out where it would touch the value's", () => {
  render(<GainLine width={600} value={0.6} low={0.4} high={0.8} boundOnly={false} print={two} />, home);
  expect(words()).toEqual(expect.arrayContaining(["0.40", "0.60", "0.80"]));
  render(<GainLine width={600} value={0.6} low={0.58} high={0.62} boundOnly={false} print={two} />, home);
  expect(words()).toContain("0.60");
  expect(words()).not.toContain("0.58");
});

test("an end without bound is an arrow, and has no label", () => {
  render(<GainLine width={600} value={null} low={0.7} high={null} boundOnly print={two} />, home);
  expect(words()).toContain("0.70");
  expect(home.querySelector(".al-gain-end")?.getAttribute("d")).toContain("l-8,-6");
  expect(home.querySelector("circle")).toBeNull();
});

test("the parts of a sum are as wide as what comes back, and stop where they cannot be seen", () => {
  render(<SumBar width={600} gain={0.5} print={two} sum="= × 2" interval="" />, home);
  const wide = [...home.querySelectorAll("rect")].map((one) => Number(one.getAttribute("width")) + 1);
  expect((wide[1] as number) / (wide[0] as number)).toBeCloseTo(0.5, 2);
  expect((wide[2] as number) / (wide[0] as number)).toBeCloseTo(0.25, 2);
  expect(wide.length).toBeLessThan(12);
});

test("a plan has a line a share; the one advised is marked, and its neighbour's label makes room", () => {
  const point = (share: number, periods: number, half: number) => ({ share, periods, half_width: half });
  const points = [point(0.03, 1, 0.3), point(0.03, 8, 0.1), point(0.031, 1, 0.31), point(0.031, 8, 0.101)];
  render(
    <PlanLines
      width={500}
      height={150}
      points={points}
      advice={point(0.03, 8, 0.1)}
      noun="weeks"
      print={String}
      printShare={(share) => `${100 * share} %`}
    />,
    home,
  );
  expect(words()).toContain("3 %");
  expect(words()).not.toContain("3.1 %");
  expect(home.querySelectorAll(".al-promised")).toHaveLength(1);
});

test("a curve is read between its points", () => {
  expect(curveAt([0, 0.2, 1], 0.75)).toBeCloseTo(0.6, 12);
  expect(curveAt([], 0.5)).toBeNull();
});

test("a hatch stays in its rectangle", () => {
  const numbers = [...hatched(10, 50, 5, 20).matchAll(/(-?[\d.]+),(-?[\d.]+)/g)];
  expect(numbers.length).toBeGreaterThan(5);
  for (const [, x, y] of numbers) {
    expect(Number(x)).toBeGreaterThanOrEqual(10);
    expect(Number(x)).toBeLessThanOrEqual(50);
    expect(Number(y)).toBeGreaterThanOrEqual(5);
    expect(Number(y)).toBeLessThanOrEqual(20);
  }
});
