import { Overlay } from "../../charts/overlay";
import { pure } from "../../charts/pure";
import { Sparkline } from "../../charts/sparkline";
import type { Column, Verdict } from "../../contract/drift";
import { MiddleCut } from "../shared/middle-cut";
import { MARK, share, WORD } from "./phrases";
import { ROLE } from "./values";

export const ROW = 38; // pixels

export interface RowProps {
  readonly id: string;
  readonly column: Column;
  readonly place: number;
  readonly size: number;
  readonly selected: boolean;
  readonly verdict: Verdict;
  readonly usual: boolean;
  readonly pending: boolean;
  readonly effect: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly natural: Float64Array | null;
  readonly matters: number;
  readonly steps: Float64Array;
  readonly places: Float64Array;
  readonly edges: Float64Array;
  readonly most: number;
  readonly from: number; // steps in the current window
  readonly to: number;
  readonly p: Float64Array;
  readonly q: Float64Array;
  readonly bins: number;
  readonly timeless: boolean;
  readonly wide: number; // pixels for the line over time
  readonly pick: (name: string) => void;
}

/** One column in the list: mark, name and word, effect over time, both shapes, effect. */
export const Row = pure((props: RowProps) => {
  const { column, verdict, pending } = props;
  const effect = props.effect === null ? "–" : share(props.effect);
  const word = props.usual ? "large but usual" : WORD[verdict];
  const role = column.role === "feature" ? "" : `· ${ROLE[column.role]}`;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus and names the active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox hears the keys
    <div
      class="al-row"
      role="option"
      id={props.id}
      aria-selected={props.selected}
      aria-setsize={props.size}
      aria-posinset={props.place + 1}
      aria-label={[column.name, word, role, effect].filter((part) => part !== "").join(" ")}
      style={{ transform: `translateY(${props.place * ROW}px)` }}
      onClick={() => props.pick(column.name)}
    >
      <span class={`al-mark al-${verdict}${pending ? " al-pending" : ""}`} aria-hidden="true">
        {MARK[verdict]}
      </span>
      <span class="al-name">
        <MiddleCut text={column.name} />{" "}
        <span class={`al-word al-${verdict}${pending ? " al-pending" : ""}`}>
          {word} {role && <span class="al-role">{role}</span>}
        </span>
      </span>{" "}
      {!props.timeless && (
        <Sparkline
          width={props.wide}
          height={26}
          effects={props.steps}
          places={props.places}
          edges={props.edges}
          most={props.most}
          natural={props.natural}
          matters={props.matters}
          current={[props.from, props.to]}
        />
      )}
      <Overlay
        width={props.timeless ? props.wide : 58}
        height={24}
        edges={column.edges}
        pair={{ p: props.p, q: props.q }}
        bins={props.bins}
      />
      <span class="al-effect" title={interval(props)}>
        {effect}
      </span>
    </div>
  );
});

function interval({ effect, low, high }: RowProps): string {
  if (effect === null) return "no rows on one side";
  return low === null || high === null ? share(effect) : `${share(effect)} [${share(low)}, ${share(high)}]`;
}
