import { quantile } from "../../charts/bins";
import { moment as short } from "../../charts/calendar";
import { points } from "../../charts/format";
import type { Model, Shown } from "./model";
import { moment, share } from "./phrases";
import { binName } from "./values";

export interface SaidProps {
  readonly model: Model;
  readonly shown: Shown;
  readonly width: number;
  readonly print: (value: number) => string;
}

const ROOMY = 600; // pixels in which the whole sentence fits

/** The effect with its interval, and how much is natural. */
export function EffectSaid({ shown, model, width }: SaidProps) {
  const { effect, judged, pending } = shown;
  if (effect === null) return <p>No row with a value on one of the two sides.</p>;
  const { low, high, natural } = judged;
  const where = model.axis.timeless || width < ROOMY ? "" : " in a window of this length";
  const cause = model.axis.timeless ? "chance" : "natural";
  const fade = pending ? "al-pending" : "";
  return (
    <p>
      <b>{share(effect)} of rows moved</b>
      {low !== null && high !== null && (
        <span class={fade}>
          {" "}
          [{share(low)}, {share(high)}]
        </span>
      )}
      {natural !== null && (
        <span class={fade}>
          ; {cause}
          {where}: up to {share(natural)}
        </span>
      )}
      .
    </p>
  );
}

/** Where the values went: median and upper tenth, or the categories that changed most; and missing values. */
export function ValuesSaid({ shown, model, print }: SaidProps) {
  return (
    <p>
      {shown.column.ordered ? (
        <QuantilesSaid shown={shown} print={print} />
      ) : (
        <CategoriesSaid shown={shown} print={print} />
      )}
      <MissingSaid shown={shown} model={model} />
      <DistinctSaid shown={shown} model={model} />
    </p>
  );
}

type Printed = Pick<SaidProps, "shown" | "print">;

function QuantilesSaid({ shown, print }: Printed) {
  const { edges } = shown.column;
  const read = (shares: Float64Array, level: number) => {
    const found = quantile(edges, shares, level);
    if (found === null) return "–";
    if (found.beyond > 0) return `above ${print(edges.at(-2) as number)}`;
    return found.beyond < 0 ? `below ${print(edges[1] as number)}` : print(found.value);
  };
  const both = (level: number) => (
    <b>
      {read(shown.p, level)} → {read(shown.q, level)}
    </b>
  );
  return (
    <>
      Median{shown.column.kind === "text" && " length"} {both(0.5)}; one in ten above {both(0.9)}.
    </>
  );
}

/** Of text: how many of the values differ, where Python counted it. */
function DistinctSaid({ shown, model }: Pick<SaidProps, "shown" | "model">) {
  const { distinct } = shown.column;
  if (distinct === null || !model.isJudgedByPython) return null;
  return (
    <span title="Estimated: right within about 2.3 % of itself (standard error)">
      {" "}
      Distinct about{" "}
      <b>
        {share(distinct[0])} → {share(distinct[1])}
      </b>
      .
    </span>
  );
}

const FEW = 3;
const TINY = 0.0005;

function CategoriesSaid({ shown, print }: Printed) {
  const { p, q, column } = shown;
  const changes = Array.from(p, (before, bin) => ({ bin, change: (q[bin] as number) - before }));
  const largest = changes
    .filter(({ change }) => Math.abs(change) >= TINY)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .slice(0, FEW);
  if (largest.length === 0) return <>No category changed its share.</>;
  return (
    <>
      Most changed:{" "}
      {largest.map(({ bin, change }, i) => (
        <span key={bin}>
          {i > 0 && ", "}
          <b>{binName(column, bin, print)}</b> {points(change)}
        </span>
      ))}
      .
    </>
  );
}

function MissingSaid({ shown, model }: Pick<SaidProps, "shown" | "model">) {
  const before = shown.series.missing(model.reference);
  const after = shown.series.missing(model.current);
  if (Math.max(before, after) < 0.005) return null;
  return (
    <>
      {" "}
      Missing <b>{`${share(before)} → ${share(after)}`}</b>.
    </>
  );
}

const within = (low: string, high: string) => (low === high ? "" : `; between ${low} and ${high}`);

/** What a "cannot tell" lacks; or since when, and a likely cause, where Python found one for these windows. */
export function WhySaid({ model, shown }: SaidProps) {
  const { onset, cause } = shown.column;
  const { verdict, needs } = shown.judged;
  if (verdict === "cannot_tell" && needs !== null)
    return <p class="al-why al-cannot_tell">To tell it needs {needs}.</p>;
  if (!model.isJudgedByPython || (onset === null && cause === null)) return <p class="al-why">{"\u00a0"}</p>;
  const { buckets } = model.axis;
  return (
    <p class="al-why">
      {onset !== null && cause === null && (
        <>
          Since <b>{moment(onset.at_ms, buckets)}</b> ({onset.shape === "step" ? "a step" : "gradually"}
          {within(short(onset.low_ms, buckets.zone), short(onset.high_ms, buckets.zone))}).{" "}
        </>
      )}
      {cause !== null && (
        <span class="al-cause" title={cause}>
          {onset !== null && `Since ${moment(onset.at_ms, buckets)}: `}
          {cause}
        </span>
      )}
    </p>
  );
}
