import { roundShare } from "../../charts/format";
import { Grid, margins } from "../../charts/frame";
import { closed, stairs } from "../../charts/path";
import { linear, ticks } from "../../charts/scale";
import type { Maturation } from "../../contract/performance";
import { share } from "../shared/phrases";
import type { Model } from "./model";

const HEIGHT = 112;
const TOP = 8;
const BASE = HEIGHT - 20;
const DAY = 86_400_000;

/** How labels come in with age; nothing where the log does not say when they did. */
export function MaturationBlock({ model, width }: { model: Model; width: number }) {
  const { maturation } = model.payload;
  if (maturation === null || maturation.age_ms.length === 0) return null;
  return (
    <div class="al-block">
      <div class="al-blockhead">
        <p class="al-title">How labels come in: share of rows, by age</p>
        <p class="al-key">
          <span>
            mature after <b>{age(maturation.mature_ms)}</b>
          </span>
        </p>
      </div>
      <svg
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={`${share(maturation.final)} of rows get a label; 95 % of these within ${age(maturation.mature_ms)}`}
      >
        <Arrivals {...maturation} width={width} />
      </svg>
    </div>
  );
}

function Arrivals(props: Maturation & { readonly width: number }) {
  const { age_ms: ages, share: shares, low, high, final, mature_ms: mature, rising, width } = props;
  const { left, right } = margins(width);
  const oldest = Math.max(ages.at(-1) ?? 1, 1);
  const x = linear([0, oldest], [left, width - right]);
  const most = Math.min(1, Math.max(...high, final) * 1.05);
  const y = linear([0, most], [BASE, TOP]);
  const xs = [...ages.map(x), x(oldest)];
  const [lower, upper] = [stairs(xs, low.map(y)), stairs(xs, high.map(y))];
  const unit = oldest >= 2 * DAY ? DAY : DAY / 24;
  const last = shares.at(-1) ?? 0;
  return (
    <g>
      {ticks(0, most, 2).map((value) => (
        <Grid key={value} at={y(value)} label={roundShare(value)} left={left} right={width - right} />
      ))}
      <path class="al-interval" d={`${closed(upper, xs[0] as number, x(oldest), BASE)}`} />
      <path class="al-ground-fill" d={closed(lower, xs[0] as number, x(oldest), BASE)} />
      <path class="al-line-cur" d={stairs(xs, shares.map(y))} />
      {mature <= oldest && <line class="al-mature" x1={x(mature)} x2={x(mature)} y1={TOP} y2={BASE} />}
      <line class="al-axis" x1={left} x2={width - right} y1={BASE + 0.5} y2={BASE + 0.5} />
      {ticks(0, oldest / unit, 4).map((value) => (
        <text key={value} x={x(value * unit)} y={HEIGHT - 4} text-anchor="middle">
          {value}
        </text>
      ))}
      <text x={width - right + 8} y={HEIGHT - 4}>
        {unit === DAY ? "days" : "hours"}
      </text>
      <text class="al-cur" x={width - right + 8} y={Math.max(TOP + 8, y(last) + 4)}>
        {share(final)}
        <tspan x={width - right + 8} dy={13}>
          {rising ? "and rising" : "ever"}
        </tspan>
      </text>
    </g>
  );
}

/** An age in words: "3 days", "5 hours". */
export function age(ms: number): string {
  const [size, unit] = ms >= 2 * DAY ? [ms / DAY, "day"] : [ms / (DAY / 24), "hour"];
  const said = Math.ceil(size - 1e-9);
  return `${said} ${unit}${said === 1 ? "" : "s"}`;
}
