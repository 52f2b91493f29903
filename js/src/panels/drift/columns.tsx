import { useLayoutEffect, useRef } from "preact/hooks";
import { keyedTo } from "../shared/options";
import { selectionOf } from "../shared/selection";
import { useWidth } from "../shared/width";
import { stepsIn } from "../shared/windows";
import { Importance } from "./importance";
import type { Model, Shown } from "./model";
import { ROW, Row } from "./row";
import { isLargeButUsual } from "./words";

const OVERLAY = 58;
const LETTER = 5.8; // pixels

/** The columns, what matters first. */
export function Columns({ model, id }: { model: Model; id: string }) {
  const [ref, width] = useWidth(330);
  const list = useRef<HTMLDivElement>(null);
  const pick = useRef((column: string) => model.select(selectionOf({ column }))).current;
  const { order, axis } = model;
  useLayoutEffect(() => look(model, list.current), [order.length, width]);
  const weighted = model.shown.some(({ column }) => column.importance !== null);
  const shape = Math.min(OVERLAY + 52, Math.round(width * 0.35));
  const wide = axis.timeless ? shape : Math.max(64, Math.min(150, Math.round(width * 0.22)));
  return (
    <div class="al-columns" ref={ref} style={{ "--al-wide": `${wide}px` }}>
      <p class="al-title">{weighted ? "Drifted first, by effect × importance" : "Drifted first, by effect"}</p>
      <div class={axis.timeless ? "al-heads al-timeless" : "al-heads"} aria-hidden="true">
        <span />
        <span>column</span>
        {!axis.timeless && <span>{head(axis.step, wide)}</span>}
        <span>shape</span>
        <span class="al-effect">effect</span>
      </div>
      <div
        class={axis.timeless ? "al-list al-timeless" : "al-list"}
        ref={list}
        role="listbox"
        tabIndex={0}
        aria-label="Columns, what matters first"
        aria-activedescendant={`${id}-${model.focus}`}
        onScroll={() => look(model, list.current)}
        onKeyDown={(event) => press(event, model, list.current)}
      >
        <div class={model.dragging ? "al-rows al-still" : "al-rows"} style={{ height: `${order.length * ROW}px` }}>
          {rows(model, id, wide, pick)}
        </div>
      </div>
      {weighted && <Importance model={model} width={width} />}
    </div>
  );
}

/** What stands above the small lines, as much of it as fits. */
function head(step: string, room: number): string {
  const said = [`effect by ${step}`, `by ${step}`, "effect"];
  return said.find((text) => text.length * LETTER <= room) ?? "";
}

/** The rows near what is seen, in the columns' own order: they move by their place alone, and so can glide. */
function rows(model: Model, id: string, wide: number, pick: (name: string) => void) {
  const { order, near, axis, threshold, matters, focus } = model;
  const most = tallest(model);
  const [from, to] = stepsIn(axis, model.current);
  const places = new Map(order.map((index, place) => [index, place]));
  return model.shown.map((shown) => {
    const place = places.get(shown.index) ?? 0;
    const isNear = place >= near[0] && place < near[1];
    if (!isNear && shown.index !== focus) return null;
    const { judged, column, effect } = shown;
    return (
      <Row
        key={shown.index}
        id={`${id}-${shown.index}`}
        column={column}
        place={place}
        size={order.length}
        selected={shown.index === focus}
        verdict={judged.verdict}
        usual={isLargeButUsual(judged.verdict, model.measured(shown), threshold)}
        pending={shown.pending}
        effect={effect}
        low={shown.pending ? null : judged.low}
        high={shown.pending ? null : judged.high}
        natural={shown.band}
        matters={matters}
        steps={shown.steps}
        places={axis.places}
        edges={axis.edgePlaces}
        most={most}
        from={from}
        to={to}
        p={shown.p}
        q={shown.q}
        bins={shown.series.bins}
        timeless={axis.timeless}
        wide={wide}
        pick={pick}
      />
    );
  });
}

/** One scale for all small lines: an effect of a fifth at least, so that quiet columns look quiet. */
function tallest({ shown, matters }: Model): number {
  let most = Math.max(0.2, matters);
  for (const { steps } of shown) for (const effect of steps) if (effect > most) most = effect;
  return most;
}

/** Note which rows are seen, and draw them. */
function look(model: Model, list: HTMLElement | null): void {
  if (list === null || list.clientHeight === 0) return;
  const from = Math.floor(list.scrollTop / ROW);
  const to = Math.ceil((list.scrollTop + list.clientHeight) / ROW);
  if (from === model.visible[0] && to === model.visible[1]) return;
  model.visible = [from, to];
  model.redraw();
}

const PAGE = 10;

function press(event: KeyboardEvent, model: Model, list: HTMLElement | null): void {
  const { order } = model;
  const next = keyedTo(event, { place: order.indexOf(model.focus), size: order.length, page: PAGE });
  if (next === null) return;
  const shown = model.shown[order[next] as number] as Shown;
  reveal(list, next);
  model.select(selectionOf({ column: shown.column.name }));
}

function reveal(list: HTMLElement | null, place: number): void {
  if (list === null) return;
  const [top, bottom] = [place * ROW, (place + 1) * ROW];
  if (top < list.scrollTop) list.scrollTop = top;
  else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
}
