import { type ComponentChildren, render } from "preact";
import { expect, test } from "vitest";
import { Brush } from "./brush";
import { Categories } from "./categories";
import { Density, valueScale } from "./density";
import { shapeOf } from "./distribution";
import { OverTime } from "./over-time";
import { Overlay } from "./overlay";
import { Quantiles } from "./quantiles";
import { linear } from "./scale";
import { Scatter } from "./scatter";
import { ShareOverTime } from "./share-over-time";
import { Sparkline } from "./sparkline";
import { Strip } from "./strip";
import { Threshold } from "./threshold";

const SVG = "http://www.w3.org/2000/svg";
const nothing = () => {};

/** Draws a chart, and returns its markup, one element a line. */
function drawn(chart: ComponentChildren): string {
  const svg = document.createElementNS(SVG, "svg");
  render(chart, svg);
  const markup = svg.innerHTML.replaceAll("><", ">\n<");
  render(null, svg);
  return `${markup}\n`;
}

const golden = (name: string) => `./golden/${name}.svg`;
const edges = [0, 10, 20, 30, 40];
const pair = { p: [0.1, 0.4, 0.4, 0.1], q: [0.1, 0.2, 0.4, 0.3] };
const DAY = 86_400_000;
const start = Date.UTC(2013, 0, 1);
const span = { start, end: start + 4 * DAY, zone: "UTC" };
const stepEdges = Float64Array.from([0, 1, 2, 3, 4], (day) => start + day * DAY);
const times = Float64Array.from([0.5, 1.5, 2.5, 3.5], (day) => start + day * DAY);
const effects = Float64Array.of(0.02, 0.01, Number.NaN, 0.2);
const natural = Float64Array.of(0.05, 0.05, 0.05, 0.06);

test("a sparkline shows effects, the natural band and the line that matters", async () => {
  const places = Float64Array.of(0.125, 0.375, 0.625, 0.875);
  const quarters = Float64Array.of(0, 0.25, 0.5, 0.75, 1);
  const chart = (
    <Sparkline
      width={92}
      height={26}
      effects={effects}
      places={places}
      edges={quarters}
      most={0.2}
      natural={natural}
      matters={0.03}
      current={[2, 4]}
    />
  );
  await expect(drawn(chart)).toMatchFileSnapshot(golden("sparkline"));
});

test("an overlay shows numbers as curves and categories as stairs", async () => {
  const numbers = <Overlay width={58} height={24} edges={edges} pair={pair} bins={4} />;
  const kinds = <Overlay width={58} height={24} edges={[]} pair={pair} bins={4} />;
  await expect(drawn([numbers, kinds])).toMatchFileSnapshot(golden("overlay"));
});

test("a density stands on two rulers with the same scale", async () => {
  const shape = shapeOf(edges, pair);
  const marks = [{ at: 20, label: "20" }];
  const chart = [
    <Density
      key="density"
      width={560}
      height={196}
      shape={shape}
      pair={pair}
      edges={edges}
      marks={marks}
      print={String}
      selected={[1, 2]}
      pointed={[2, 3]}
    />,
    <Quantiles key="rulers" width={560} y={208} x={valueScale(shape, 560)} edges={edges} pair={pair} change={String} />,
  ];
  await expect(drawn(chart)).toMatchFileSnapshot(golden("density"));
});

test("single values are bars", async () => {
  const single = [0, 0, 0, 1, 1, 2, 2, 2];
  const shares = { p: [0, 0.5, 0, 0.3, 0, 0.2, 0], q: [0, 0.3, 0, 0.3, 0, 0.4, 0] };
  const chart = (
    <Density
      width={560}
      height={196}
      shape={shapeOf(single, shares)}
      pair={shares}
      edges={single}
      marks={[]}
      print={String}
      selected={null}
      pointed={null}
    />
  );
  await expect(drawn(chart)).toMatchFileSnapshot(golden("single-values"));
});

test("categories are bars with their change in percentage points", async () => {
  const rows = [
    { bin: 0, name: "EWR", p: 0.5, q: 0.3 },
    { bin: 1, name: "a name that is far too long for its place beside the bars", p: 0.5, q: 0.7 },
  ];
  const chart = <Categories width={560} height={258} rows={rows} selected={[0, 1]} pointed={1} />;
  await expect(drawn(chart)).toMatchFileSnapshot(golden("categories"));
});

test("the effect over time stands before both lines that decide", async () => {
  const chart = (
    <OverTime
      {...span}
      width={560}
      height={158}
      times={times}
      edges={stepEdges}
      effects={effects}
      natural={natural}
      naturalCurrent={0.04}
      matters={0.03}
      pending={false}
      bandPending={false}
      reference={[start, start + 2 * DAY]}
      current={[start + 2 * DAY, start + 4 * DAY]}
      effect={0.15}
      interval={[0.1, 0.2]}
      onset={{ at: start + 2 * DAY, low: start + DAY, high: start + 3 * DAY }}
      step="day"
      pointed={3}
    >
      <Threshold
        left={42}
        right={466}
        width={92}
        y={linear([0, 0.2], [138, 16])}
        value={0.03}
        latest={() => 0.03}
        text="3 %"
        change={nothing}
        done={nothing}
        reset={nothing}
      />
    </OverTime>
  );
  await expect(drawn(chart)).toMatchFileSnapshot(golden("over-time"));
});

test("a share over time is stairs", async () => {
  const shares = Float64Array.of(0, 0.01, 0.1, 0);
  const chart = (
    <ShareOverTime
      {...span}
      width={560}
      height={46}
      edges={stepEdges}
      shares={shares}
      current={[2, 4]}
      what="share of rows"
      pointed={1}
    />
  );
  await expect(drawn(chart)).toMatchFileSnapshot(golden("share-over-time"));
});

test("the strip shows volume and alarms, and a brush is three sliders", async () => {
  const chart = [
    <Strip
      key="strip"
      {...span}
      width={700}
      edges={stepEdges}
      rows={Float64Array.of(100, 90, 100, 40)}
      stepEdges={stepEdges}
      alarms={Float64Array.of(0, 0, 0.5, 1)}
      pending={false}
      noun="rows"
      every="day"
    />,
    <Brush
      key="brush"
      name="current"
      range={[1, 3]}
      latest={() => [1, 3]}
      size={4}
      x={(index) => index * 100}
      nearest={(pixel) => Math.round(pixel / 100)}
      top={16}
      base={78}
      dodge={0}
      spoken={([from, to], part) => `${part} ${from} to ${to}`}
      change={nothing}
      done={nothing}
      reset={nothing}
    />,
  ];
  await expect(drawn(chart)).toMatchFileSnapshot(golden("strip"));
});

test("the scatter marks what drifted and what is selected", async () => {
  const points = [
    { name: "temp", effect: 0.4, importance: 0.2, verdict: "drifted" as const, selected: true },
    { name: "<b>humid</b>", effect: 0.1, importance: 0.5, verdict: "stable" as const, selected: false },
  ];
  const chart = <Scatter width={330} height={128} points={points} pick={nothing} />;
  await expect(drawn(chart)).toMatchFileSnapshot(golden("scatter"));
});
