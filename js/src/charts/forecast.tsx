import { line } from "./path";
import { pure } from "./pure";
import { linear, type Scale, ticks } from "./scale";

interface Course {
  readonly value: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface ForecastProps {
  readonly width: number;
  readonly height: number;
  /** What it was so far, the last one now. */
  readonly past: readonly (number | null)[];
  /** How it goes on as today, and as tried; null where that is the same. */
  readonly today: Course | null;
  readonly tried: Course | null;
  /** What it would be without a loop. */
  readonly quiet: readonly [number, number] | null;
  readonly most: number;
  readonly print: (value: number) => string;
  readonly tick: (value: number) => string;
  readonly end: string; // "+26 weeks"
}

const LEFT = 38;
const RIGHT = 48;
const TOP = 6;
const BOTTOM = 18;
const APART = 12;
const LETTER = 6;

/** Returns the past and two futures of one measure, each future with its band over seeds. */
export const ForecastLines = pure((props: ForecastProps) => {
  const { width, height, past, today, tried, quiet, most, tick } = props;
  const [right, base] = [width - RIGHT, height - BOTTOM];
  const ahead = Math.max(today?.value.length ?? 0, tried?.value.length ?? 0, 1);
  const x = linear([1 - past.length, ahead], [LEFT, right]);
  const y = linear([0, most], [base, TOP]);
  const behind = past.map((_, i) => x(i + 1 - past.length));
  return (
    <g>
      {ticks(0, most, 3).map((value) => (
        <g key={value}>
          <line class="al-grid" x1={LEFT} x2={right} y1={y(value)} y2={y(value)} />
          <text x={LEFT - 6} y={y(value) + 4} text-anchor="end">
            {tick(value)}
          </text>
        </g>
      ))}
      {quiet !== null && (
        <rect
          class="al-natural"
          x={LEFT}
          y={y(quiet[1])}
          width={right - LEFT}
          height={Math.max(2, y(quiet[0]) - y(quiet[1]))}
        />
      )}
      <line class="al-break" x1={x(0)} x2={x(0)} y1={TOP} y2={base} />
      <path
        class="al-line-cur al-strong"
        d={line(
          behind,
          past.map((value) => (value === null ? Number.NaN : y(value))),
        )}
      />
      {today !== null && (
        <Future course={today} now={past.at(-1) ?? null} name="al-line-ref" band={tried === null} x={x} y={y} />
      )}
      {tried !== null && (
        <Future course={tried} now={past.at(-1) ?? null} name="al-promised al-strong" band x={x} y={y} />
      )}
      <text x={x(0)} y={base + 13} text-anchor="middle">
        now
      </text>
      {right - x(0) > (props.end.length + 3) * LETTER && (
        <text x={right} y={base + 13} text-anchor="end">
          {props.end}
        </text>
      )}
      <Ends {...props} y={y} right={right} />
    </g>
  );
});

interface FutureProps {
  readonly course: Course;
  /** Where it starts from, if that is known. */
  readonly now: number | null;
  readonly name: string;
  readonly band: boolean;
  readonly x: Scale;
  readonly y: Scale;
}

function Future({ course, now, name, band, x, y }: FutureProps) {
  const from = (values: readonly number[]) => (now === null ? values : [now, ...values]).map(y);
  const at = from(course.value).map((_, i) => x(now === null ? i + 1 : i));
  const back = line([...at].reverse(), from(course.low).reverse()).replace("M", "L");
  const ground = name.includes("promised") ? "al-promised-band" : "al-natural";
  return (
    <g>
      {band && <path class={ground} d={`${line(at, from(course.high))}${back}Z`} />}
      <path class={name} d={line(at, from(course.value))} />
    </g>
  );
}

/** Both last values at the ends of their lines, apart where they would touch. */
function Ends({ today, tried, print, quiet, y, right, past }: ForecastProps & { y: Scale; right: number }) {
  const [now, then] = [today?.value.at(-1) ?? past.at(-1) ?? null, tried?.value.at(-1) ?? null];
  let [a, b] = [now === null ? 0 : y(now), then === null ? 0 : y(then)];
  if (now !== null && then !== null && Math.abs(a - b) < APART) {
    const middle = (a + b) / 2;
    [a, b] = a < b ? [middle - APART / 2, middle + APART / 2] : [middle + APART / 2, middle - APART / 2];
  }
  const level = quiet === null ? 0 : y((quiet[0] + quiet[1]) / 2);
  const clear = [now, then].every((one) => one === null || Math.abs(y(one) - level) > 22);
  return (
    <g>
      {quiet !== null && clear && (
        <text class="al-halo" x={LEFT + 4} y={y(quiet[1]) - 5}>
          loop-free
        </text>
      )}
      {now !== null && (
        <text x={right + 5} y={a + 4}>
          {print(now)}
        </text>
      )}
      {now !== null && (
        <text class="al-halo" x={right} y={a < b || then === null ? a - 6 : a + 14} text-anchor="end">
          as today
        </text>
      )}
      {then !== null && (
        <text class="al-if-ink al-bold" x={right + 5} y={b + 4}>
          {print(then)}
        </text>
      )}
    </g>
  );
}
