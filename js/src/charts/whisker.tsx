import { pure } from "./pure";
import { linear, ticks } from "./scale";

export interface WhiskerProps {
  readonly width: number;
  readonly height: number;
  readonly domain: readonly [number, number];
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** From which an effect matters, for a faint line of its own. */
  readonly matters?: number;
  readonly tone: "alarm" | "good" | "quiet";
}

const PAD = 6;
const LETTER = 6.2; // pixels

export const whiskerScale = (domain: readonly [number, number], width: number) => linear(domain, [PAD, width - PAD]);

/** Returns effects' domain: zero and the intervals, those cut that would press the rest flat. */
export function whiskerDomain(
  estimates: readonly { value: number | null; low: number | null; high: number | null }[],
): readonly [number, number] {
  const values = estimates.map(({ value }) => value ?? 0);
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const size = Math.max(most - least, 1e-9);
  const low = Math.min(0, ...estimates.map((one) => one.low ?? 0));
  const high = Math.max(0, ...estimates.map((one) => one.high ?? 0));
  return [Math.max(low, least - size), Math.min(Math.max(high, most + 0.1 * size), most + size)];
}

/** Returns a bar from zero, the effect as a dot and its interval as a line; an end beyond the domain is an arrow. */
export const Whisker = pure((props: WhiskerProps) => {
  const { width, height, domain, value, low, high, matters, tone } = props;
  const x = whiskerScale(domain, width);
  const middle = height / 2;
  const cut = (end: number) => x(Math.max(domain[0], Math.min(domain[1], end)));
  return (
    <svg width={width} height={height} class={`al-whisker al-${tone}`} aria-hidden="true">
      <line class="al-axis" x1={x(0)} x2={x(0)} y2={height} />
      {matters !== undefined && matters <= domain[1] && (
        <line class="al-matters al-faint" x1={x(matters)} x2={x(matters)} y2={height} />
      )}
      {value !== null && (
        <rect
          class="al-effect-bar"
          x={Math.min(x(0), cut(value))}
          y={middle - 4.5}
          width={Math.abs(cut(value) - x(0))}
          height={9}
        />
      )}
      {low !== null && high !== null && (
        <line class="al-effect-line" x1={cut(low)} x2={cut(high)} y1={middle} y2={middle} />
      )}
      {low !== null && low < domain[0] && <path class="al-effect-line" d={`M${PAD},${middle}l4,-3.5m-4,3.5l4,3.5`} />}
      {high !== null && high > domain[1] && (
        <path class="al-effect-line" d={`M${width - PAD},${middle}l-4,-3.5m4,3.5l-4,3.5`} />
      )}
      {value !== null && <circle class="al-effect-dot" cx={cut(value)} cy={middle} r={3.5} />}
    </svg>
  );
});

/** Where a column of whiskers has its zero and the line from which an effect matters: they pass through all rows. */
export function whiskerLines(domain: readonly [number, number], width: number, matters: number) {
  const x = whiskerScale(domain, width);
  const at = (value: number) => `${x(value).toFixed(1)}px`;
  return { "--al-zero": at(0), "--al-matters": matters <= domain[1] ? at(matters) : "-9px" };
}

/** The axis under a column of whiskers. */
export function WhiskerAxis({
  width,
  domain,
  print,
}: Pick<WhiskerProps, "width" | "domain"> & { print: (v: number) => string }) {
  const x = whiskerScale(domain, width);
  const fits = (marks: readonly number[]) =>
    marks.every((value, i) => {
      const [now, before] = [print(value), marks[i - 1]];
      return before === undefined || x(value) - x(before) > ((now.length + print(before).length) / 2 + 0.5) * LETTER;
    });
  const tried = (width < 90 ? [2, 1] : [3, 2, 1]).map((n) => ticks(domain[0], domain[1], n));
  const marks = tried.find(fits) ?? [0];
  return (
    <svg width={width} height={16} aria-hidden="true">
      {marks.map((value) => (
        <text key={value} x={x(value)} y={12} text-anchor="middle">
          {print(value)}
        </text>
      ))}
    </svg>
  );
}
