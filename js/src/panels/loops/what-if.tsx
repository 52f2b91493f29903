import { ForecastLines } from "../../charts/forecast";
import { points, rounded, share } from "../../charts/format";
import type { Setting, WhatIf } from "../../contract/loops";
import { useWidth } from "../shared/width";
import type { Model } from "./model";
import { gainSaid, many } from "./words";

const HEIGHT = 118;
const ASLEEP: Pick<WhatIf, "explore" | "guarantee"> = { explore: [0, 0.05, 0.1], guarantee: [0, 0.05] };

/** What could be done, and what a simulator calibrated on the log expects of it. */
export function WhatIfBlock({ model }: { model: Model }) {
  const { payload, tried } = model;
  const grid = payload.what_if;
  const { explore, guarantee } = grid ?? ASLEEP;
  const off = grid === null;
  const release = () => model.settle(true);
  return (
    <section class={`al-block al-what-if${off ? " al-asleep" : ""}`} data-part="what-if">
      <p class="al-loop-title">What if</p>
      <p class="al-loop-words al-two">
        {off ? "Needs a gain: the controls wake when it is identified." : <Said model={model} />}
      </p>
      <div class="al-controls">
        <Slider
          name="exploration"
          values={explore}
          place={tried.explore}
          off={off}
          change={(place) => {
            model.tryOut({ explore: place });
            release();
          }}
        />
        <Slider
          name="for new items"
          values={guarantee}
          place={tried.guarantee}
          off={off}
          change={(place) => {
            model.tryOut({ guarantee: place });
            release();
          }}
        />
        <label class="al-control">
          <span>correct for exposure</span>
          <span class="al-switched">
            <input
              type="checkbox"
              role="switch"
              checked={tried.correct && !off}
              aria-checked={tried.correct && !off}
              disabled={off}
              onChange={(event) => {
                model.tryOut({ correct: event.currentTarget.checked });
                release();
              }}
            />
            {off ? "–" : tried.correct ? "train on weighted" : "train as it comes"}
          </span>
        </label>
      </div>
      {grid !== null && <Futures model={model} grid={grid} />}
    </section>
  );
}

interface SliderProps {
  readonly name: string;
  readonly values: readonly number[];
  readonly place: number;
  readonly off: boolean;
  readonly change: (place: number) => void;
}

function Slider({ name, values, place, off, change }: SliderProps) {
  const said = share(values[place] ?? 0);
  const done = values.length < 2 ? 0 : place / (values.length - 1);
  return (
    <label class="al-control">
      <span>{name}</span>
      <span class="al-set">{off ? "–" : said}</span>
      <input
        type="range"
        aria-label={name}
        min={0}
        max={values.length - 1}
        step={1}
        value={place}
        disabled={off || values.length < 2}
        aria-valuetext={said}
        style={{ "--al-done": `${100 * done}%` }}
        onInput={(event) => change(Number(event.currentTarget.value))}
      />
    </label>
  );
}

/** "in 26 weeks: Gini 0.59 → 0.28; click-through 7.6 % → 5.8 % (−1.8 points)". */
function Said({ model }: { model: Model }) {
  const { payload, setting, today } = model;
  const grid = payload.what_if;
  if (grid === null || setting === null) return <>This setting was not simulated: choose another one.</>;
  const noun = many(payload.periods?.noun ?? "period", grid.horizon);
  const gini = [today?.gini.value.at(-1), setting.gini.value.at(-1)] as const;
  const rate = [today?.click_rate.value.at(-1), setting.click_rate.value.at(-1)] as const;
  const lead = `in ${grid.horizon} ${noun}`;
  if (setting === today || gini[0] === undefined || rate[0] === undefined)
    return (
      <>
        {lead}, as today: Gini <Now>{gainSaid(gini[1] ?? 0)}</Now>; click rate <Now>{share(rate[1] ?? 0)}</Now>
      </>
    );
  const { cost, merit_correlation: merit } = setting;
  return (
    <>
      {lead}: Gini {gainSaid(gini[0])} → <Now>{gainSaid(gini[1] ?? 0)}</Now>; click rate {share(rate[0])} →{" "}
      <Now>{share(rate[1] ?? 0)}</Now> ({points((rate[1] ?? 0) - rate[0])})
      {cost.value !== null && <>; {costSaid(cost.value, payload.feedback)} over that time</>}
      {merit.value !== null && <>; correlation with merit {gainSaid(merit.value)}</>}
    </>
  );
}

const Now = ({ children }: { children: string }) => <b class="al-if">{children}</b>;

function costSaid(cost: number, feedback: string): string {
  const noun = feedback.split(" ")[0] || "clicks";
  return cost >= 0 ? `${share(cost)} fewer ${noun}` : `${share(-cost)} more ${noun}`;
}

type Name = "gini" | "click_rate";

function Futures({ model, grid }: { model: Model; grid: WhatIf }) {
  const [ref, width] = useWidth(560);
  const { payload, setting, today } = model;
  const gini = payload.concentration.find(({ name }) => name === "gini");
  const { n_clicks: clicks, n_impressions: shown } = payload.periods ?? { n_clicks: null, n_impressions: [] };
  const rates = clicks?.map((n, i) => ((shown[i] ?? 0) > 0 ? n / (shown[i] as number) : null)) ?? [];
  const last = (gini?.value.length ?? 0) - 1;
  const [low, high] = [gini?.null_low[last] ?? null, gini?.null_high[last] ?? null];
  const half = Math.floor((width - 24) / 2);
  const end = `+${grid.horizon} ${many(payload.periods?.noun ?? "period", grid.horizon)}`;
  const chart = (name: Name, past: readonly (number | null)[]) => ({
    width: half,
    height: HEIGHT,
    past: past.slice(-PAST),
    today: today?.[name] ?? null,
    tried: setting === null || setting === today ? null : setting[name],
    most: mostOf(grid.settings, name, past),
    end,
  });
  return (
    <div class="al-futures" ref={ref}>
      <div>
        <p class="al-small-title">Gini</p>
        <svg width={half} height={HEIGHT} role="img" aria-label={courseSaid("Gini", setting, "gini", gainSaid)}>
          <ForecastLines
            {...chart("gini", gini?.value ?? [])}
            quiet={low === null || high === null ? null : [low, high]}
            print={gainSaid}
            tick={(value) => (value === 0 ? "0" : String(Number(value.toPrecision(2))))}
          />
        </svg>
      </div>
      <div>
        <p class="al-small-title">click rate</p>
        <svg
          width={half}
          height={HEIGHT}
          role="img"
          aria-label={courseSaid("Click rate", setting, "click_rate", share)}
        >
          <ForecastLines
            {...chart("click_rate", rates)}
            quiet={null}
            print={share}
            tick={(value) => (value === 0 ? "0" : `${rounded(100 * value, value < 0.01 ? 0.1 : 1)}\u202f%`)}
          />
        </svg>
      </div>
    </div>
  );
}

const PAST = 14;

/** The end of a chart's scale: the same for all settings, so that they can be compared. */
function mostOf(settings: readonly Setting[], name: Name, past: readonly (number | null)[]): number {
  const ahead = settings.flatMap((one) => one[name].high);
  const most = [...ahead, ...past].reduce<number>((a, b) => Math.max(a, b ?? 0), 0.001);
  return 1.12 * most;
}

const courseSaid = (title: string, setting: Setting | null, name: Name, print: (value: number) => string) => {
  const end = setting?.[name];
  const at = (values: readonly number[] | undefined) => print(values?.at(-1) ?? 0);
  return end === undefined
    ? title
    : `${title} at the end: ${at(end.value)}, between ${at(end.low)} and ${at(end.high)}`;
};
