import { count, rounded } from "../../charts/format";
import { WhiskerAxis, whiskerDomain, whiskerLines } from "../../charts/whisker";
import { stepped } from "../shared/options";
import { useWidth } from "../shared/width";
import type { Model } from "./model";
import { SliceRow } from "./slice-row";
import { effectWords, estimate, signed } from "./words";

/** All rows, and under them the slices: what is confirmed first, and of these what explains most. */
export function Slices({ model, id }: { model: Model; id: string }) {
  const [ref, width] = useWidth(330);
  const { payload, slice } = model;
  const { slices } = payload;
  const wide = Math.max(60, Math.min(150, Math.round(width * 0.27)));
  // Both those measured and those shown, so that the scale stays while a window moves about.
  const effects = [...slices.map(({ effect }) => effect), ...slices.map((one) => model.effectOf(one))];
  const domain = whiskerDomain(effects);
  const print = printer(Math.max(...slices.map(({ effect }) => Math.abs(effect.value ?? 0))));
  return (
    <div
      class="al-columns"
      ref={ref}
      style={{ "--al-wide": `${wide}px`, ...whiskerLines(domain, wide, payload.min_effect) }}
    >
      <div class="al-titles">
        <p class="al-title">Slices by loss explained</p>
        <p class="al-title">{model.isMeasured ? "on held-out rows" : "on all rows of the window"}</p>
      </div>
      <div class="al-heads" aria-hidden="true">
        <span />
        <span>slice</span>
        <span class="al-middle">{effectWords({ worse_than: payload.worse_than }).replace(/,.*/, "")}</span>
        <span class="al-effect">effect</span>
      </div>
      <div
        class="al-list"
        role="listbox"
        tabIndex={0}
        aria-label="Slices by loss explained"
        aria-activedescendant={`${id}-${slice ?? "all"}`}
        onKeyDown={(event) => {
          const to = stepped(event, { place: slice ?? -1, size: slices.length, least: -1 });
          if (to !== null) model.pickSlice(to < 0 ? null : to);
        }}
      >
        <AllRows model={model} id={id} />
        {slices.map((one, place) => (
          <SliceRow
            key={place}
            id={`${id}-${place}`}
            slice={one}
            place={place}
            size={slices.length + 1}
            selected={slice === place}
            model={model}
            windows={`${model.reference} ${model.current}`}
            domain={domain}
            wide={wide}
            print={print}
            pick={model.pick}
          />
        ))}
        {slices.length === 0 && <NoSlices model={model} />}
      </div>
      {slices.length > 0 && (
        <div class="al-heads al-foot" aria-hidden="true">
          <span />
          <span class="al-cut-head">┆ matters from {signed(payload.min_effect)}</span>
          <WhiskerAxis width={wide} domain={domain} print={signed} />
          <span />
        </div>
      )}
    </div>
  );
}

const printers = new Map<number, (effect: number) => string>();

/** Returns how effects up to `most` are printed: three digits of the largest, as many decimals for all. */
function printer(most: number): (effect: number) => string {
  const step = 10 ** (Math.floor(Math.log10(Math.max(most, 1e-12))) - 2);
  const known = printers.get(step) ?? ((effect) => `${effect > 0 ? "+" : ""}${rounded(effect, step)}`);
  printers.set(step, known);
  return known;
}

function AllRows({ model, id }: { model: Model; id: string }) {
  const { payload, slice } = model;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus and names the active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox hears the keys
    <div
      class="al-row al-all"
      role="option"
      id={`${id}-all`}
      aria-selected={slice === null}
      aria-setsize={payload.slices.length + 1}
      aria-posinset={1}
      onClick={() => model.pickSlice(null)}
    >
      <span />
      <span class="al-name">
        All {payload.noun}
        <span class="al-word al-stable">
          {payload.loss_words} {estimate(model.lossOf("current"), (value) => signed(value).replace("+", ""))} · n{" "}
          {count(model.rowsIn("current"))}
        </span>
      </span>
    </div>
  );
}

function NoSlices({ model }: { model: Model }) {
  const { payload } = model;
  const known = payload.verdict !== "cannot_tell";
  return (
    <p class="al-none">
      {known
        ? `No group of ${payload.noun} stood out: ${count(payload.n_searched)} were compared. Allow more conditions (max_conditions=3), or a smaller min_effect.`
        : `Too few ${payload.noun} with a known loss to compare groups of at least ${count(payload.min_rows)}. Choose a longer window, or wait for labels.`}
    </p>
  );
}
