import { gainScale } from "./gain-line";
import { pure } from "./pure";

export interface SumBarProps {
  readonly width: number;
  /** What comes back of one: at least 0, and below 1. */
  readonly gain: number;
  readonly print: (value: number) => string;
  /** What it adds up to, and its interval: "= × 2.6", "[1.9, 4.1]". */
  readonly sum: string;
  readonly interval: string;
}

const HEIGHT = 18;
const LEAST = 2; // pixels, below which parts are not told apart
const LETTER = 6.2;
const SHADES = 5;

/** Returns one, what comes back of it, what comes back of that, and so on, beside each other as one bar. */
export const SumBar = pure(({ width, gain, print, sum, interval }: SumBarProps) => {
  const left = gainScale(width)(0);
  const room = width - left - (sum.length + interval.length) * LETTER - 24;
  const whole = Math.max(60, Math.min(room, gainScale(width)(0.95) - left));
  const unit = whole * (1 - gain);
  const parts = partsOf(gain, unit);
  return (
    <g>
      {parts.map((part, i) => {
        const [x, wide] = [left + whole * (1 - gain ** i), part * unit];
        const text = i === 0 ? "1" : print(part);
        return (
          <g key={i}>
            <rect class={`al-sum-${Math.min(i + 1, SHADES)}`} x={x} width={Math.max(1, wide - 1)} height={HEIGHT} />
            {wide > text.length * LETTER + 6 && (
              <text class="al-ink" x={x + wide / 2} y={HEIGHT / 2 + 4} text-anchor="middle">
                {text}
              </text>
            )}
          </g>
        );
      })}
      <text x={left + whole + 8} y={HEIGHT / 2 + 4}>
        <tspan class="al-ink al-bold">{sum}</tspan> {interval}
      </text>
    </g>
  );
});

/** 1, gain, gain², … as long as they can be seen. */
function partsOf(gain: number, unit: number): number[] {
  const parts = [1];
  while (parts.length < 40 && gain > 0 && gain ** parts.length * unit > LEAST) parts.push(gain ** parts.length);
  return parts;
}
