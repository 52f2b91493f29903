import { Dumbbell, dumbbellScale } from "../../charts/dumbbells";
import { count, roundShare, share } from "../../charts/format";
import { taken } from "../../charts/keys";
import { roundStep, ticks } from "../../charts/scale";
import type { Merit } from "../../contract/loops";
import { useWidth } from "../shared/width";
import type { Model } from "./model";
import { estimate, tenthName, times, when } from "./words";

const ROW = 21;
const MARKS = 4;

/** What tenths of items get and what they would by merit, the most shown first; one can be picked. */
export function MeritBlock({ model, id }: { model: Model; id: string }) {
  const { merit, payload } = model;
  const where = when(payload, model.period);
  const said =
    merit === null || model.tenth === null
      ? `share by popularity tenth of ${payload.noun}, ${where}`
      : pickedSaid(merit, model.tenth);
  return (
    <section class="al-block">
      <p class="al-loop-title">Exposure against merit</p>
      <p class="al-loop-words al-one" title={said}>
        {said}
      </p>
      {merit === null ? (
        <p class="al-none al-merit-none">Too few impressions in the {where} to compare tenths: choose another one.</p>
      ) : (
        <Tenths model={model} merit={merit} id={id} />
      )}
    </section>
  );
}

/** End of the scale: the same in all periods, so that rows can be compared while the period moves. */
function mostOf({ payload }: Model): number {
  const all = payload.merit.flatMap((one) => [...(one?.exposure ?? []), ...(one?.merit ?? [])]);
  const most = all.reduce<number>((a, b) => Math.max(a, b ?? 0), 0.01);
  const step = roundStep(most, MARKS);
  return Math.ceil(most / step - 1e-9) * step;
}

function Tenths({ model, merit, id }: { model: Model; merit: Merit; id: string }) {
  const [ref, width] = useWidth(190);
  const { tenth } = model;
  const n = merit.exposure.length;
  const most = mostOf(model);
  const marks = ticks(0, most, MARKS);
  const x = dumbbellScale(most, width);
  const known = merit.merit.some((one) => one !== null);
  const at = [merit.merit[0] ?? 0, merit.exposure[0] ?? 0].map(x) as [number, number];
  return (
    <div class="al-tenths">
      <div class="al-tenth al-tenth-head" aria-hidden="true">
        <span />
        <div ref={ref}>
          <svg width={width} height={16} aria-hidden="true">
            {known && (
              <text class="al-ref" x={Math.min(Math.max(at[0], 16), at[1] - 48)} y={12} text-anchor="middle">
                merit
              </text>
            )}
            <text class="al-cur" x={Math.min(at[1], width - 25)} y={12} text-anchor="middle">
              exposure
            </text>
          </svg>
        </div>
        <span class="al-num">{known && "ratio"}</span>
      </div>
      <div
        class="al-tenth-list"
        role="listbox"
        tabIndex={0}
        aria-label="Tenths by popularity"
        aria-activedescendant={tenth === null ? undefined : `${id}-tenth-${tenth}`}
        onKeyDown={(event) => press(event, model, n)}
      >
        {merit.exposure.map((exposure, place) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus and names the active row
          // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox hears the keys
          <div
            key={place}
            class="al-tenth"
            role="option"
            id={`${id}-tenth-${place}`}
            aria-selected={tenth === place}
            title={tenthSaid(merit, place)}
            onClick={() => model.pickTenth(place)}
          >
            <span>{tenthName(place, n)}</span>
            <Dumbbell
              width={width}
              height={ROW}
              most={most}
              marks={marks}
              from={merit.merit[place] ?? null}
              to={exposure}
            />
            <span class={`al-num${place === 0 ? " al-cur" : ""}`}>{ratioSaid(merit, place)}</span>
          </div>
        ))}
      </div>
      <div class="al-tenth al-tenth-foot" aria-hidden="true">
        <span />
        <svg width={width} height={16} aria-hidden="true">
          {marks.map((mark) => (
            <text key={mark} x={x(mark)} y={12} text-anchor="middle">
              {mark === marks.at(-1) ? roundShare(mark) : 100 * mark === 0 ? "0" : Number((100 * mark).toPrecision(3))}
            </text>
          ))}
        </svg>
        <span />
      </div>
    </div>
  );
}

function ratioSaid({ ratio }: Merit, place: number): string {
  const value = ratio[place]?.value ?? null;
  return value === null ? "–" : times(value);
}

/** "tenth 2: ratio 1.2 [1.1, 1.3], click rate 8.1 %". */
function pickedSaid({ exposure, ratio, click_rate: rates }: Merit, place: number): string {
  const [one, rate] = [ratio[place], rates[place]];
  const parts = [
    ...(one === undefined || one.value === null ? [] : [`ratio ${estimate(one)}`]),
    ...(rate == null ? [`${share(exposure[place] ?? 0)} of impressions`] : [`click rate ${share(rate)}`]),
  ];
  return `tenth ${tenthName(place, exposure.length)}: ${parts.join(", ")}`;
}

function tenthSaid(merit: Merit, place: number): string {
  const [exposure, deserved, ratio, rate] = [merit.exposure, merit.merit, merit.ratio, merit.click_rate].map(
    (values) => values[place] ?? null,
  ) as [number, number | null, Merit["ratio"][number] | null, number | null];
  const parts = [
    `tenth ${tenthName(place, merit.exposure.length)}: ${count(merit.n_items[place] ?? 0)} items, ${share(exposure)} of impressions`,
    ...(deserved === null ? [] : [`${share(deserved)} by merit`]),
    ...(ratio === null || ratio.value === null ? [] : [`ratio ${estimate(ratio)}`]),
    ...(rate === null ? [] : [`click rate ${share(rate)}`]),
  ];
  return parts.join("; ");
}

function press(event: KeyboardEvent, model: Model, n: number): void {
  const { tenth } = model;
  const to = taken(event, { ArrowDown: (tenth ?? -1) + 1, ArrowUp: (tenth ?? n) - 1, Home: 0, End: n - 1 });
  if (to === undefined) return;
  model.toTenth(Math.max(0, Math.min(n - 1, to)));
}
