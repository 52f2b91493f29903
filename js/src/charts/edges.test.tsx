import { type ComponentChildren, render } from "preact";
import { expect, test } from "vitest";
import { DensityCells, gridOf } from "./cells";
import { CutLine } from "./cut-line";
import { LossOverTime } from "./loss-over-time";
import { Whisker, WhiskerAxis, whiskerDomain } from "./whisker";

const WEEK = 7 * 86_400_000;
const start = Date.UTC(2013, 0, 1);

/** Draws a chart, and returns its markup, one element a line. */
function drawn(chart: ComponentChildren): string {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  render(chart, svg);
  const markup = svg.innerHTML.replaceAll("><", ">\n<");
  render(null, svg);
  return `${markup}\n`;
}

const golden = (name: string) => `./golden/${name}.svg`;
const sizes = {
  width: 320,
  height: 200,
  oddEdges: [0, 0.9, 0.99, 0.999],
  badEdges: [0, 0.25, 0.5, 0.75, 1],
  top: 5,
};

test("cells of a density are darker where there are more rows, and stand apart beyond the bad threshold", async () => {
  const cells = (
    <DensityCells
      {...sizes}
      cell={[1, 3, 8, 14]}
      n={[1300, 500, 60, 1]}
      most={1300}
      odd={2}
      bad={3}
      picked={[false, true]}
      xTitle="outlier score →"
      yTitle="log loss, smoothed over similar rows →|log loss →"
      print={String}
    />
  );
  await expect(drawn(cells)).toMatchFileSnapshot(golden("cells"));
});

test("the outer cells are as wide as the ones before them", () => {
  const { xs, ys } = gridOf(sizes);
  expect((xs[4] as number) - (xs[3] as number)).toBeCloseTo((xs[3] as number) - (xs[2] as number));
  expect((ys[5] as number) - (ys[4] as number)).toBeCloseTo((ys[4] as number) - (ys[3] as number));
});

test("a threshold between cells is a slider that lies on an edge", async () => {
  const { xs, left, right, top, base } = gridOf(sizes);
  const line = (
    <CutLine
      name="odd"
      place={2}
      latest={() => 2}
      last={3}
      at={(place) => xs[place] as number}
      nearest={() => 2}
      from={top}
      to={base}
      knob={base - 30}
      label="odd: 99 %"
      room={[left, right]}
      spoken="Odd from"
      value="odder than 99 %"
      change={() => {}}
      done={() => {}}
      reset={() => {}}
    />
  );
  await expect(drawn(line)).toMatchFileSnapshot(golden("cut-line"));
});

test("a loss over time has its interval, what was promised, and a hatch where labels are missing", async () => {
  const chart = (
    <LossOverTime
      id="hatch"
      width={640}
      start={start}
      end={start + 4 * WEEK}
      zone="UTC"
      edges={Float64Array.from([0, 1, 2, 3, 4], (week) => start + week * WEEK)}
      realized={[0.4, null, 0.5, 0.6]}
      low={[0.35, null, 0.45, 0.5]}
      high={[0.45, null, 0.55, 0.7]}
      promised={[0.42, 0.41, 0.43, 0.42]}
      immature={[null, null, null, 0.3]}
      arriving={true}
      reference={[start, start + 2 * WEEK]}
      current={[start + 2 * WEEK, start + 4 * WEEK]}
      pointed={2}
      caption="log loss by week"
      print={String}
    />
  );
  await expect(drawn(chart)).toMatchFileSnapshot(golden("loss-over-time"));
});

test("an effect is a dot on its interval, whose end beyond the axis is an arrow", async () => {
  const far = { value: 0.15, low: -0.9, high: 1.2 };
  const domain = whiskerDomain([{ value: 0.2, low: 0.1, high: 0.3 }, far]);
  expect(domain[0]).toBeCloseTo(-0.2);
  expect(domain[1]).toBeCloseTo(0.4);
  const chart = <Whisker width={110} height={20} domain={domain} {...far} matters={0.05} tone="quiet" />;
  await expect(drawn(chart)).toMatchFileSnapshot(golden("whisker"));
  expect(drawn(<WhiskerAxis width={110} domain={domain} print={String} />)).toContain(">0.2<");
});

test("the marks of a whisker's axis are as many as stand apart", () => {
  const marks = (width: number) =>
    drawn(<WhiskerAxis width={width} domain={[0, 0.06]} print={(value) => `+${value}`} />).match(/\+[\d.]+/g);
  expect(marks(150)).toEqual(["+0", "+0.02", "+0.04", "+0.06"]);
  expect(marks(105)).toEqual(["+0", "+0.05"]);
});
