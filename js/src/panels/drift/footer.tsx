import { span } from "../../charts/calendar";
import { count } from "../../charts/format";
import { boundary } from "../shared/axis";
import { Footer } from "../shared/footer";
import type { Model } from "./model";
import type { Range } from "./table";

/** What the panel saw, how its numbers were made, and by which version. */
export function DriftFooter({ model }: { model: Model }) {
  const { payload } = model;
  const { noun } = payload;
  const rows = ([from, to]: Range) => payload.buckets.n_rows.slice(from, to).reduce((a, b) => a + b, 0);
  const saw = [
    `${count(rows([0, model.axis.size]))} ${noun}`,
    windowSaid(model, "reference", rows(model.reference)),
    windowSaid(model, "current", rows(model.current)),
    "effect: share of rows that moved, at the bins of the reference",
    ...(payload.buckets.season_name === null ? [] : [`${payload.buckets.season_name} matched`]),
    ...(model.isJudgedByPython ? ["judged in Python"] : ["judged in this page from the counts"]),
  ].join(" · ");
  return <Footer saw={saw} notes={payload.notes} product={payload.product} />;
}

function windowSaid({ axis, ...model }: Model, name: "reference" | "current", rows: number): string {
  if (axis.timeless) return `${name} ${count(rows)}`;
  const [from, to] = model[name];
  return `${name} ${span(boundary(axis, from), axis.buckets.ends_ms[to - 1] ?? axis.end, axis.buckets.zone)}, ${count(rows)}`;
}
