import { useRef } from "preact/hooks";
import { taken } from "../../charts/keys";
import { Trend } from "../../charts/trend";
import { Whisker, whiskerDomain, whiskerLines } from "../../charts/whisker";
import type { Verdict } from "../../contract/performance";
import { MiddleCut } from "../shared/middle-cut";
import { useWidth } from "../shared/width";
import { stepsIn } from "../shared/windows";
import { leading, type Model, type Shown } from "./model";
import { Segments } from "./segments";
import { change, harm, intervals, nameOf, range, value } from "./values";
import { MARK, type Said, WORD, wordOf } from "./words";

/** The metrics, what changed first. */
export function Metrics({ model, id }: { model: Model; id: string }) {
  const [ref, width] = useWidth(370);
  const list = useRef<HTMLDivElement>(null);
  const { detail } = model;
  const domain = sizes(model);
  const wide = Math.max(48, Math.min(96, Math.round(width * 0.16)));
  return (
    <div
      class={model.axis.timeless ? "al-columns al-metrics al-untimed" : "al-columns al-metrics"}
      ref={ref}
      style={{ "--al-wide": `${wide}px` }}
    >
      <p class="al-title">Metrics, what changed first</p>
      <div class="al-heads" aria-hidden="true">
        <span />
        <span>metric</span>
        {!model.axis.timeless && <span>by {model.axis.step}</span>}
        <span class="al-middle" title="Change in units of what matters (dashed), worse to the right">
          worse →
        </span>
        <span class="al-effect">change</span>
      </div>
      <div
        class="al-list"
        ref={list}
        role="listbox"
        tabIndex={0}
        aria-label="Metrics, what changed first"
        aria-activedescendant={`${id}-${model.focus}`}
        onKeyDown={(event) => press(event, model, list.current, id)}
      >
        {model.order.map((index) => (
          <Row
            key={index}
            model={model}
            shown={model.shown[index] as Shown}
            id={`${id}-${index}`}
            wide={wide}
            domain={domain}
          />
        ))}
      </div>
      {detail !== undefined && <Segments model={model} shown={detail} domain={domain} />}
    </div>
  );
}

interface RowProps {
  readonly model: Model;
  readonly shown: Shown;
  readonly id: string;
  readonly wide: number;
  readonly domain: readonly [number, number];
}

function Row({ model, shown, id, wide, domain }: RowProps) {
  const { metric, whole, realized } = shown;
  const { judgement } = whole;
  const { verdict } = leading(shown).judgement;
  const fade = model.pending ? " al-pending" : "";
  const [from, to] = stepsIn(model.axis, model.current);
  const word = leading(shown) === whole ? wordOf(judgement) : inSegments(shown, verdict);
  const said = `${value(metric, judgement.like_for_like)} → ${value(metric, judgement.current.value)}`;
  const ends = range(metric, judgement.change_low, judgement.change_high);
  const by = `${change(metric, judgement.change)} ${ends}`.trim();
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus and names the active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox hears the keys
    <div
      class="al-row"
      role="option"
      id={id}
      aria-selected={shown.index === model.focus}
      data-part={metric.name}
      onClick={() => model.select(metric.name)}
    >
      <span class={`al-mark al-${verdict}${fade}`} aria-hidden="true">
        {MARK[verdict]}
      </span>
      <span class="al-name">
        <MiddleCut text={nameOf(metric)} /> <span class={`al-word al-${verdict}${fade}`}>{word}</span>
      </span>{" "}
      {!model.axis.timeless && (
        <Trend
          width={wide}
          height={28}
          values={realized.value}
          places={model.axis.places}
          from={from}
          to={to}
          level={judgement.reference.value}
        />
      )}
      <Size part={whole} domain={domain} />
      <span class="al-effect" title={intervals(metric, judgement)}>
        {said} <span class={`al-word${fade}`}>{by}</span>
      </span>
    </div>
  );
}

/** "dropped in 1 of 15": what segments say where all rows say nothing. */
function inSegments({ segments }: Shown, verdict: Verdict): string {
  const found = segments.filter(({ judgement }) => judgement.verdict === verdict).length;
  return `${WORD[verdict]} in ${found} of ${segments.length}`;
}

const WHISKER = 68; // pixels
const ROOM = { least: 2, most: 25 }; // times what matters

/** A change in units of what matters, worse above zero. */
function inUnits({ metric, judgement }: Said) {
  const { like_for_like: old, matters_from: matters } = judgement;
  const unit = (by: number | null) => {
    const worse = harm(metric, old, by);
    return worse === null || !matters ? null : worse / matters;
  };
  const [a, b] = [unit(judgement.change_low), unit(judgement.change_high)];
  const known = a !== null && b !== null;
  return { value: unit(judgement.change), low: known ? Math.min(a, b) : null, high: known ? Math.max(a, b) : null };
}

/** One scale for all: what lies far beyond the rest is cut. */
export function sizes(model: Model): readonly [number, number] {
  const wholes = model.shown.map(({ whole }) => inUnits(whole));
  const [low, high] = whiskerDomain(wholes);
  const within = (end: number) => Math.max(ROOM.least, Math.min(ROOM.most, end));
  return [-within(-low), within(high)];
}

/** The change in units of what matters, worse to the right. */
export function Size({ part, domain }: { part: Said; domain: readonly [number, number] }) {
  return (
    <span class="al-ruled" style={whiskerLines(domain, WHISKER, 1)}>
      <Whisker
        width={WHISKER}
        height={28}
        domain={domain}
        {...inUnits(part)}
        tone={part.judgement.verdict === "dropped" ? "alarm" : "quiet"}
      />
    </span>
  );
}

function press(event: KeyboardEvent, model: Model, list: HTMLElement | null, id: string): void {
  const { order } = model;
  const place = order.indexOf(model.focus);
  const last = order.length - 1;
  const to = taken(event, { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: last, Enter: place, " ": place });
  if (to === undefined) return;
  const index = order[Math.max(0, Math.min(last, to))] as number;
  model.select((model.shown[index] as Shown).metric.name);
  reveal(list, list?.querySelector<HTMLElement>(`[id="${id}-${index}"]`) ?? null);
}

function reveal(list: HTMLElement | null, row: HTMLElement | null): void {
  if (list === null || row === null) return;
  const [top, bottom] = [row.offsetTop - list.offsetTop, row.offsetTop - list.offsetTop + row.offsetHeight];
  if (top < list.scrollTop) list.scrollTop = top;
  else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
}
