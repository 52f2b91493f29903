import { useState } from "preact/hooks";
import { MiddleCut } from "../shared/middle-cut";
import { useWidth } from "../shared/width";
import { Carriers } from "./carriers";
import { DistributionBlock } from "./distribution-block";
import type { Model, Shown } from "./model";
import { MARK, WORD } from "./phrases";
import { EffectSaid, ValuesSaid, WhySaid } from "./said";
import { ShareBlock, TimeBlock } from "./time-blocks";
import { KIND, printer, ROLE } from "./values";
import { isLargeButUsual } from "./words";

/** Everything about the column in focus. */
export function Detail({ model, shown }: { model: Model; shown: Shown }) {
  const [ref, width] = useWidth(560);
  const [step, setStep] = useState<number | null>(null);
  const { column, judged, pending } = shown;
  const print = printer(column, model.axis.buckets.zone);
  const usual = isLargeButUsual(judged.verdict, model.measured(shown), model.threshold);
  const shared = { model, shown, width, print };
  const time = { ...shared, pointed: step, point: setStep };
  return (
    <div class="al-detail" ref={ref}>
      <div class="al-heading">
        <p class="al-column">
          <MiddleCut text={column.name} />
          <span class="al-kind">
            {ROLE[column.role]}, {KIND[column.kind]}
          </span>
        </p>
        <span class={`al-judged al-${judged.verdict}${pending ? " al-pending" : ""}`}>
          <span class="al-mark" aria-hidden="true">
            {MARK[judged.verdict]}
          </span>{" "}
          {usual ? "stable, large but usual" : WORD[judged.verdict]}
        </span>
      </div>
      <div class="al-words">
        <EffectSaid {...shared} />
        <ValuesSaid {...shared} />
        <WhySaid {...shared} />
      </div>
      <DistributionBlock {...shared} key={column.name} />
      {model.axis.timeless && column.ordered && <Carriers {...shared} />}
      {!model.axis.timeless && <TimeBlock {...time} />}
      {!model.axis.timeless && <ShareBlock {...time} />}
    </div>
  );
}
