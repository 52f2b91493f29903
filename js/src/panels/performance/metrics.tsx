import { useRef } from "preact/hooks";
import { Trend } from "../../charts/trend";
import { Whisker, whiskerLines } from "../../charts/whisker";
import type { Judgement, Metric } from "../../contract/performance";
import { MiddleCut } from "../shared/middle-cut";
import { useWidth } from "../shared/width";
import { stepsIn } from "../shared/windows";
import type { Model, Shown } from "./model";
import { Segments } from "./segments";
import { change, harm, intervals, range, value } from "./values";
import { MARK, wordOf } from "./words";

/** The metrics, what changed first. */
export function Metrics({ model, id }: { model: Model; id: string }) {
  const [ref, width] = useWidth(370);
  const list = useRef<HTMLDivElement>(null);
  const { detail } = model;
  const wide = Math.max(48, Math.min(96, Math.round(width * 0.16)));
  return (
    <div class="al-columns al-metrics" ref={ref} style={{ "--al-wide": `${wide}px` }}>
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
          <Row key={index} model={model} shown={model.shown[index] as Shown} id={`${id}-${index}`} wide={wide} />
        ))}
      </div>
      {detail !== undefined && <Segments model={model} shown={detail} />}
    </div>
  );
}

interface RowProps {
  readonly model: Model;
  readonly shown: Shown;
  readonly id: string;
  readonly wide: number;
}

function Row({ model, shown, id, wide }: RowProps) {
  const { metric, whole, realized } = shown;
  const { judgement } = whole;
  const { verdict } = judgement;
  const fade = model.pending ? " al-pending" : "";
  const [from, to] = stepsIn(model.axis, model.current);
  const word = wordOf(judgement);
  const said = `${value(metric, judgement.like_for_like)} → ${value(metric, judgement.current.value)}`;
  const by = change(metric, judgement.change);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus and names the active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox hears the keys
    <div
      class="al-row"
      role="option"
      id={id}
      aria-selected={shown.index === model.focus}
      aria-label={`${metric.title} ${word}, ${said}, change ${by}`}
      onClick={() => model.select(metric.name)}
    >
      <span class={`al-mark al-${verdict}${fade}`} aria-hidden="true">
        {MARK[verdict]}
      </span>
      <span class="al-name">
        <MiddleCut text={metric.title} /> <span class={`al-word al-${verdict}${fade}`}>{word}</span>
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
      <Size metric={metric} judgement={judgement} />
      <span class="al-effect" title={intervals(metric, judgement)}>
        {said}
        <span class={`al-word${fade}`}>
          {by} {range(metric, judgement.change_low, judgement.change_high)}
        </span>
      </span>
    </div>
  );
}

const WHISKER = 72; // pixels
const DOMAIN = [-5, 5] as const; // times what matters
const LINES = whiskerLines(DOMAIN, WHISKER, 1);

/** The change in units of what matters, worse to the right. */
export function Size({ metric, judgement }: { metric: Metric; judgement: Judgement }) {
  const { like_for_like: old, matters_from: matters, verdict } = judgement;
  const unit = (by: number | null) => {
    const worse = harm(metric, old, by);
    return worse === null || !matters ? null : worse / matters;
  };
  const [a, b] = [unit(judgement.change_low), unit(judgement.change_high)];
  const ends = a === null || b === null ? [null, null] : [Math.min(a, b), Math.max(a, b)];
  return (
    <span class="al-ruled" style={LINES}>
      <Whisker
        width={WHISKER}
        height={28}
        domain={DOMAIN}
        value={unit(judgement.change)}
        low={ends[0] ?? null}
        high={ends[1] ?? null}
        tone={verdict === "dropped" ? "alarm" : "quiet"}
      />
    </span>
  );
}

function press(event: KeyboardEvent, model: Model, list: HTMLElement | null, id: string): void {
  const { order } = model;
  const place = order.indexOf(model.focus);
  const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: order.length, Enter: place, " ": place }[
    event.key
  ];
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  const index = order[Math.max(0, Math.min(order.length - 1, to))] as number;
  model.select((model.shown[index] as Shown).metric.name);
  list?.querySelector(`[id="${id}-${index}"]`)?.scrollIntoView({ block: "nearest" });
}
