import { useState } from "preact/hooks";
import { PeriodLine } from "../../charts/period-line";
import { SHARES, SharesOverTime, type SharesProps, sharesX, sharesY } from "../../charts/shares";
import { useWidth } from "../shared/width";
import { type Measure, measureSaid, measuresOf, quietSaid } from "./measures";
import type { Model } from "./model";
import { dates, when } from "./words";

/** One measure over time, with the period that the rest of the panel shows. */
export function Strip({ model }: { model: Model }) {
  const [ref, width] = useWidth(928);
  const [name, choose] = useState("gini");
  const { payload, period } = model;
  const { periods } = payload;
  const measures = measuresOf(model);
  const linked = model.tenth !== null ? "tenth" : model.users !== null ? "narrowed" : null;
  const measure = measures.find((one) => one.name === (linked ?? name)) ?? measures[0];
  if (periods === null || measure === undefined) return null;
  const props: SharesProps = {
    width,
    starts: periods.starts_ms,
    ends: periods.ends_ms,
    zone: periods.zone,
    value: measure.value,
    low: measure.low,
    high: measure.high,
    null: measure.null,
    nullLow: measure.null_low,
    nullHigh: measure.null_high,
    fromZero: measure.fromZero,
    print: measure.print,
    names: measure.names,
    randomised: periods.randomised,
    randomisedWords: periods.randomised_words,
  };
  const isOwn = payload.concentration.some((one) => one.name === measure.name);
  const { middles } = sharesX(props);
  const now = measure.value[period] ?? null;
  return (
    <div class="al-strip al-loop-strip" ref={ref}>
      <div class="al-blockhead">
        <label class="al-measure">
          <span class="al-loop-title">{isOwn ? "Concentration of exposure" : "Over time"}</span>
          <select
            value={measure.name}
            onChange={(event) => {
              if (linked !== null) model.clear();
              choose(event.currentTarget.value);
            }}
          >
            {measures.map((one) => (
              <option key={one.name} value={one.name}>
                {one.title}
              </option>
            ))}
          </select>
        </label>
        <p class="al-reading-now">
          <Reading model={model} measure={measure} />
        </p>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing's parts */}
      <svg width={width} height={SHARES.height} role="group" aria-label={`${measure.title} over time`}>
        <SharesOverTime {...props} />
        <PeriodLine
          middles={middles}
          period={period}
          latest={() => model.period}
          top={SHARES.top}
          base={SHARES.base}
          knob={now === null ? null : sharesY(props)(now)}
          spoken={`${periods.noun} shown`}
          value={`${dates(payload, period)}: ${measureSaid(measure, period)}`}
          change={(to) => model.toPeriod(to)}
          done={(keyed) => model.settle(keyed)}
          reset={() => model.resetPeriod()}
        />
      </svg>
    </div>
  );
}

function Reading({ model, measure }: { model: Model; measure: Measure }) {
  const { payload, period, last } = model;
  const value = measure.value[period];
  const quiet = quietSaid(measure, period);
  return (
    <>
      {when(payload, period)}: {value == null ? "too few to tell" : <span class="al-cur">{measure.print(value)}</span>}
      {quiet !== "" && `, ${quiet}`}
      {last > 0 && <span class="al-wide-only"> · drag to another {payload.periods?.noun}</span>}
    </>
  );
}
