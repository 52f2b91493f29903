import { Whisker, WhiskerAxis, whiskerDomain, whiskerLines } from "../../charts/whisker";
import type { ColumnPart } from "../../contract/explain";
import { MiddleCut } from "../shared/middle-cut";
import { stepped } from "../shared/options";
import { useWidth } from "../shared/width";
import type { Model } from "./model";
import { estimate, printer, signed, toned } from "./words";

/** The covariate part by column, the largest first; what is not placed stands below, so that the list adds up. */
export function Columns({ model, id }: { model: Model; id: string }) {
  const [ref, width] = useWidth(330);
  const { columns, columns_words: how } = model.payload;
  const named = columns.filter((one): one is ColumnPart & { column: string } => one.column !== null);
  const rest = columns.filter(({ column }) => column === null).reduce((sum, { change }) => sum + change, 0);
  const wide = Math.max(70, Math.min(150, Math.round(width * 0.36)));
  const domain = whiskerDomain(named.map((one) => ({ ...one, value: one.change })));
  const print = printer(columns.map(({ change }) => change));
  const place = named.findIndex(({ column }) => column === model.column);
  return (
    <div
      class="al-columns"
      ref={ref}
      style={{ "--al-wide": `${wide}px`, ...whiskerLines(domain, wide, Number.POSITIVE_INFINITY) }}
    >
      <div class="al-titles">
        <p class="al-title" title={how}>
          Covariate {signed(model.covariate?.change ?? null)}
        </p>
        <p class="al-title">by column</p>
      </div>
      <div
        class="al-list"
        role="listbox"
        tabIndex={0}
        aria-label="Covariate part by column"
        aria-activedescendant={place < 0 ? undefined : `${id}-column-${place}`}
        onKeyDown={(event) => {
          const to = stepped(event, { place, size: named.length, least: -1 });
          if (to !== null) model.pickColumn(named[to]?.column ?? null);
        }}
      >
        {named.map((one, i) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus and names the active row
          // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox hears the keys
          <div
            key={one.column}
            id={`${id}-column-${i}`}
            class={`al-row${model.isBeside(one.column) ? " al-aside-row" : ""}`}
            role="option"
            aria-selected={model.column === one.column}
            title={`${one.column} ${estimate(one)}`}
            onClick={() => model.pickColumn(model.column === one.column ? null : one.column)}
          >
            <span class="al-name">
              <MiddleCut text={one.column} />
            </span>
            <span class="al-whiskers">
              <Whisker width={wide} height={18} domain={domain} value={one.change} {...ends(one)} tone={toned(one)} />
            </span>
            <span class="al-effect">{print(one.change)}</span>
          </div>
        ))}
      </div>
      <div class="al-heads al-foot">
        <span class="al-cut-head">not placed {print(rest)}</span>
        <WhiskerAxis width={wide} domain={domain} print={signed} />
        <span />
      </div>
    </div>
  );
}

const ends = ({ low, high }: ColumnPart) => ({ low, high });
