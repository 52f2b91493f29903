import type { Part } from "../../contract/explain";
import type { Model } from "./model";
import { estimate, partOf, partSaid, signed, sliceSaid } from "./words";

/** What there is to say of what is pointed at or picked, in two lines that are always there. */
export function Reading({ model, pointed }: { model: Model; pointed: Part | null }) {
  const part = pointed ?? model.part;
  return (
    <div class="al-reading" data-part="reading">
      {part !== null ? <OfPart part={part} /> : <Picked model={model} />}
    </div>
  );
}

function OfPart({ part }: { part: Part }) {
  return (
    <>
      <p>
        <b>{partSaid(part)}</b>.
      </p>
      <p>Rests on: {part.assumption}.</p>
    </>
  );
}

function Picked({ model }: { model: Model }) {
  const { shown, shownColumn, payload } = model;
  const total = payload.total.change;
  if (shown !== null)
    return (
      <>
        <p>
          <b>{shown.words}</b>: {[estimate(shown), partOf(shown.change, total)].filter(Boolean).join(", ")}
        </p>
        <p>{sliceSaid(shown, payload)}.</p>
      </>
    );
  if (shownColumn !== null)
    return (
      <>
        <p>
          <b>{shownColumn.column}</b>:{" "}
          {[estimate(shownColumn), partOf(shownColumn.change, total)].filter(Boolean).join(", ")}
        </p>
        <p>{payload.columns_words.split(". ").at(-1)}</p>
      </>
    );
  const untold = model.parts.find(({ change }) => change === null);
  if (untold !== undefined) return <p class="al-cannot_tell">{partSaid(untold)}.</p>;
  return (
    <>
      <p>{made(model)}</p>
      <p>
        Point at a part to read what it rests on; pick a column or a slice to see its size within the covariate part.
      </p>
    </>
  );
}

/** "Covariate is +0.114 of +0.129 (88 %): rows new +0.088, rows gone +0.026." */
function made({ covariate, parts, payload }: Model): string {
  const [change, total] = [covariate?.change ?? null, payload.total.change];
  if (change === null || total === null) return "\u00a0";
  const part = partOf(change, total);
  const inner = parts
    .filter((one) => one.within === "covariate" && one.change !== null)
    .map((one) => `${one.title} ${signed(one.change)}`);
  return `Covariate is ${signed(change)} of ${signed(total)}${part === null ? "" : `, ${part}`}${inner.length === 0 ? "" : `: ${inner.join(", ")}`}.`;
}
