import { useState } from "preact/hooks";
import { Brush } from "../../charts/brush";
import { BubbleMap, bubbleGrid } from "../../charts/bubble-map";
import { dragged } from "../../charts/drag";
import { count, number, share } from "../../charts/format";
import { pixelOf } from "../../charts/pixel";
import type { Bubbles } from "../../contract/loops";
import { useWidth } from "../shared/width";
import type { Cut, Model } from "./model";
import { when } from "./words";

const HEIGHT = 264;
const REACH = 4; // pixels that a press must move to be a brush

/** What users see: how wide, and how much of it others see too, against a world without the loop. */
export function BubblesBlock({ model }: { model: Model }) {
  const { bubbles } = model.payload;
  return (
    <section class="al-block al-bubbles" data-part="bubbles">
      <div class="al-heading">
        <p class="al-loop-title">What users see</p>
        {bubbles !== null && (
          <button type="button" aria-pressed={model.users === "narrowed"} onClick={() => model.pickNarrowed()}>
            Narrowed users
          </button>
        )}
      </div>
      {bubbles === null ? (
        <p class="al-none">
          No users in this log. Name their column, user="…", and a category="…" of {model.payload.noun}, to see whether
          what they are shown narrows.
        </p>
      ) : (
        <UserMap model={model} bubbles={bubbles} />
      )}
    </section>
  );
}

function UserMap({ model, bubbles }: { model: Model; bubbles: Bubbles }) {
  const [ref, width] = useWidth(560);
  const [pulled, pull] = useState(false);
  const { map, cut } = model;
  const sizes = { width, height: HEIGHT, xEdges: bubbles.x_edges, yEdges: bubbles.y_edges };
  const grid = bubbleGrid(sizes);
  const size = bubbles.x_edges.length - 1;
  const at = (index: number) => grid.x(bubbles.x_edges[index] ?? 0);
  // The line of the narrowed lies within a cell.
  const end = (index: number) => (model.users === "narrowed" && index > 0 ? grid.x(bubbles.narrow_below) : at(index));
  const nearest = (pixel: number) =>
    bubbles.x_edges.reduce((best, _, i) => (Math.abs(at(i) - pixel) < Math.abs(at(best) - pixel) ? i : best), 0);
  const draw = dragged((event) => {
    const start = pixelOf(event)[0];
    let moved = false;
    return {
      move(dx: number) {
        moved = moved || Math.abs(dx) > REACH;
        if (moved) model.toUsers(between(nearest(start), nearest(start + dx), size));
        pull(moved);
      },
      end() {
        pull(false);
        if (moved) model.settle(false);
        else model.clear();
      },
    };
  });
  const [shown, none] = [bubbles.shown[map ?? 0], bubbles.null[map ?? 0]];
  return (
    <div ref={ref}>
      <p class="al-loop-words al-two">{usersSaid(model, bubbles)}</p>
      <p class="al-axis-title">↑ overlap with other users, mean Jaccard</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing's parts */}
      <svg
        width={width}
        height={HEIGHT}
        role="group"
        class={pulled ? "al-map al-pulled" : "al-map"}
        aria-label={`Users by what they see: ${usersSaid(model, bubbles)}`}
        onPointerDown={draw}
      >
        <rect class="al-hit" x={grid.left} y={grid.top} width={grid.right - grid.left} height={grid.base - grid.top} />
        {shown !== undefined && none !== undefined && (
          <BubbleMap {...sizes} shown={shown} null={none} below={bubbles.narrow_below} yTick={percent} />
        )}
        {cut !== null && (
          <Brush
            name="current"
            title="Users picked"
            range={cut}
            latest={() => model.cut ?? cut}
            size={size}
            x={end}
            nearest={nearest}
            top={grid.top}
            base={grid.base}
            dodge={0}
            spoken={(range, part) => cutSaid(bubbles, range, part)}
            change={(range) => model.toUsers(range)}
            done={(keyed) => model.settle(keyed)}
            reset={() => model.clear()}
          />
        )}
      </svg>
    </div>
  );
}

const percent = (value: number) => (value === 0 ? "0" : `${Number((100 * value).toPrecision(3))}\u202f%`);

const between = (a: number, b: number, size: number): Cut => {
  const from = Math.min(a, b, size - 1);
  return [from, Math.max(a, b, from + 1)];
};

function cutSaid({ x_edges: edges }: Bubbles, [from, to]: Cut, part: "body" | "start" | "end"): string {
  const [low, high] = [number(edges[from] ?? 0), number(edges[to] ?? 0)];
  return { start: `${low} bits`, end: `${high} bits`, body: `${low} to ${high} bits` }[part];
}

/** Share of a map's users in a range of cells; of none, the most that it could well be. */
function shareIn({ cell, n }: Bubbles["shown"][number], [from, to]: Cut, rows: number): string | null {
  const total = n.reduce((a, b) => a + b, 0);
  const inside = n.reduce((sum, users, i) => {
    const column = Math.floor((cell[i] as number) / rows);
    return sum + (column >= from && column < to ? users : 0);
  }, 0);
  if (total === 0) return null;
  return inside === 0 ? `<${share(Math.min(1, 3 / total))}` : share(inside / total);
}

/** "4 000 users, week of 6 Jul: 72 % see a narrower range than 95 % of users would without the loop". */
function usersSaid(model: Model, bubbles: Bubbles): string {
  const { payload, period, map, users } = model;
  const of = bubbles.periods[map ?? 0] ?? period;
  const stale = of === period ? "" : ` The map is of the ${when(payload, of)}, the nearest there is.`;
  const n = bubbles.n_users[period] ?? 0;
  const lead = `${count(n)} users, ${when(payload, period)}: `;
  if (users !== null && users !== "narrowed") {
    const rows = bubbles.y_edges.length - 1;
    const [shown, none] = [bubbles.shown, bubbles.null].map((maps) => maps[map ?? 0]);
    const inside = shown === undefined ? null : shareIn(shown, users, rows);
    const free = none === undefined ? null : shareIn(none, users, rows);
    const than = free === null ? "" : `, ${free} would without the loop`;
    return `${lead}${inside ?? "none"} see ${cutSaid(bubbles, users, "body")} of categories${than}.${stale}`;
  }
  const narrowed = bubbles.narrowed[period];
  if (narrowed == null) return `${lead}too few to tell.${stale}`;
  return `${lead}${share(narrowed)} see a narrower range than 95\u202f% of users would without the loop.${stale}`;
}
