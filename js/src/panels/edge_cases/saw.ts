import { count } from "../../charts/format";
import { dates } from "../shared/windows";
import type { Model } from "./model";

/** What the panel saw, and how its numbers were made. */
export function saw(model: Model): string {
  const { payload, axis } = model;
  const { noun } = payload;
  const window = (name: "reference" | "current") => {
    const when = payload[name] === null || axis.timeless ? "" : `${dates(axis, model[name])}, `;
    return `${name} ${when}${count(model.rowsIn(name))} ${noun}`;
  };
  return [
    ...(payload.n_reference > 0 ? [window("reference")] : []),
    `${window("current")}${model.isMeasured ? `, ${count(payload.n_labelled)} with labels` : ""}`,
    payload.basis === "estimated" ? `${payload.loss_words}, estimated` : payload.loss_words,
    `outlier score: ${payload.outlier_method.replaceAll("_", " ")}`,
    `${count(payload.n_searched)} groups compared`,
    ...(model.isMeasured ? [] : ["counted in this page"]),
  ].join(" · ");
}
