import { Scatter } from "../../charts/scatter";
import { selectionOf } from "../shared/selection";
import type { Model } from "./model";

const HEIGHT = 128;

/** Effect against importance, one point a column. */
export function Importance({ model, width }: { model: Model; width: number }) {
  const points = model.shown.flatMap(({ index, column, effect, judged }) => {
    if (column.importance === null) return [];
    const { name, importance } = column;
    return [{ name, importance, effect: effect ?? 0, verdict: judged.verdict, selected: index === model.focus }];
  });
  return (
    <svg
      class="al-importance"
      width={width}
      height={HEIGHT}
      role="img"
      aria-label="Effect against importance, one point a column"
    >
      <Scatter width={width} height={HEIGHT} points={points} pick={(column) => model.select(selectionOf({ column }))} />
    </svg>
  );
}
