import { useState } from "preact/hooks";
import { share } from "../../charts/format";
import { curveAt, Lorenz, lorenzGrid } from "../../charts/lorenz";
import { followed, slider } from "../../charts/slider";
import type { Merit } from "../../contract/loops";
import { useWidth } from "../shared/width";
import type { Model } from "./model";

const HEIGHT = 310;
const STEP = 0.02;
const NONE: readonly number[] = [];
const PAGE = 5; // steps

/** Lorenz curves of exposure and merit, with a line on which both are read. */
export function SeenBlock({ model }: { model: Model }) {
  const [ref, width] = useWidth(330);
  const [at, setAt] = useState(0.5);
  const { merit, tenth, payload } = model;
  const exposure = merit?.lorenz_exposure ?? NONE;
  const deserved = merit?.lorenz_merit ?? NONE;
  const sizes = { width, height: HEIGHT };
  const n = merit?.exposure.length ?? 10;
  const { x } = lorenzGrid(sizes);
  const set = (to: number) => setAt(Math.max(STEP, Math.min(1 - STEP, Math.round(to / STEP) * STEP)));
  const said = seenSaid(merit, at, payload.noun);
  return (
    <section class="al-block" ref={ref}>
      <p class="al-loop-title">Who gets seen</p>
      <p class="al-loop-words al-two">{said}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing's parts */}
      <svg width={width} height={HEIGHT} role="group" aria-label="Cumulative share of exposure, the least shown first">
        <Lorenz
          {...sizes}
          exposure={exposure}
          merit={deserved}
          picked={tenth === null ? null : [1 - (tenth + 1) / n, 1 - tenth / n]}
          xTitle={`share of ${payload.noun}, least shown first`}
        />
        {exposure.length > 0 && (
          <g
            class="al-value"
            {...slider({
              part: "share-of-items",
              label: `Share of ${payload.noun}`,
              least: 2,
              most: 98,
              now: Math.round(100 * at),
              text: said,
              grab: (event) =>
                followed(
                  event,
                  (pixel) => set(x.invert(pixel)),
                  () => {},
                ),
              page: PAGE,
              step: (by) => set(at + by * STEP),
              reset: () => set(0.5),
            })}
          >
            <ValueLine {...sizes} at={at} exposure={curveAt(exposure, at)} merit={curveAt(deserved, at)} />
          </g>
        )}
      </svg>
    </section>
  );
}

interface ValueLineProps {
  readonly width: number;
  readonly height: number;
  readonly at: number;
  readonly exposure: number | null;
  readonly merit: number | null;
}

function ValueLine({ width, height, at, exposure, merit }: ValueLineProps) {
  const { x, y, left, right, top, base } = lorenzGrid({ width, height });
  const flip = x(at) + 90 > right;
  const before = x(at) - 80 < left;
  const high = Math.max(exposure ?? 0, merit ?? 0);
  return (
    <g>
      <rect class="al-hit" x={left} y={top} width={right - left} height={base - top} />
      <line class="al-period-line" x1={x(at)} x2={x(at)} y1={y(high)} y2={base} />
      {merit !== null && (
        <g>
          <circle class="al-dot-ref" cx={x(at)} cy={y(merit)} r={4} />
          <text
            class="al-ref al-halo"
            x={x(at) + (before ? 8 : -8)}
            y={y(merit) - 5}
            text-anchor={before ? "start" : "end"}
          >
            merit {share(merit)}
          </text>
        </g>
      )}
      {exposure !== null && (
        <g>
          <circle class="al-dot-cur" cx={x(at)} cy={y(exposure)} r={4} />
          <circle class="al-ring" cx={x(at)} cy={y(exposure)} r={8} />
          <text
            class="al-cur al-halo"
            x={x(at) + (flip ? -8 : 8)}
            y={y(exposure) + (flip ? -6 : 4)}
            text-anchor={flip ? "end" : "start"}
          >
            exposure {share(exposure)}
          </text>
        </g>
      )}
    </g>
  );
}

function seenSaid(merit: Merit | null, at: number, noun: string): string {
  const exposure = curveAt(merit?.lorenz_exposure ?? NONE, at);
  const deserved = curveAt(merit?.lorenz_merit ?? NONE, at);
  if (exposure === null) return "too few impressions to tell";
  const part = Math.abs(at - 0.5) < 0.01 ? "half" : `${Math.round(100 * at)}\u202f%`;
  const earned = deserved === null ? "" : `; their clicks per impression earn ${share(deserved)}`;
  return `the least shown ${part} of ${noun} get ${share(exposure)} of impressions${earned}`;
}
