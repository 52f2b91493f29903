// A small explanation that a reader can follow: what the tests of its panel draw.
import type { ExplanationPayload, Part } from "../src/contract/explain";

const part = (name: Part["name"], change: number, mark: Part["mark"]): Part => ({
  name,
  within: null,
  title: name,
  words: "other rows",
  change,
  low: change - 0.02,
  high: change + 0.02,
  placebo_low: -0.03,
  placebo_high: 0.03,
  pvalue: 0.01,
  mark,
  needs: null,
  assumption: "what it assumes",
});

const window = (loss: number) => ({
  start_ms: null,
  end_ms: null,
  n_rows: 1000,
  n_labelled: 900,
  loss,
  overlap: 700,
  overlap_share: 0.78,
});

export const explanation = (): ExplanationPayload => ({
  kind: "explanation",
  format: 1,
  id: "1",
  product: "afterlaunch 0.1.0",
  noun: "rows",
  task: "binary",
  loss: "log_loss",
  loss_words: "log loss",
  verdict: "dropped",
  sentence: "Log loss rose from 0.5 to 0.6; +0.1 covariate (other rows).",
  evidence: "Change +0.1.",
  zone: "UTC",
  every: null,
  reference: window(0.5),
  current: window(0.6),
  total: part("total", 0.1, "hurts"),
  accountings: [
    {
      name: "features_first",
      title: "Features first",
      words: "other rows, then other answers",
      parts: [part("covariate", 0.11, "hurts"), part("concept", -0.01, "like_placebo")],
    },
    {
      name: "label_first",
      title: "Label first",
      words: "another mix of labels",
      parts: [part("label", 0.02, "like_placebo"), part("given_label", 0.08, "helps")],
    },
  ],
  favoured: "features_first",
  favoured_words: "features first: the same rows have the same answers",
  tests: [{ name: "scores_stay", words: "The scores are distributed as they were", pvalue: 0.001, holds: "refuted" }],
  columns: [
    { column: "site", change: 0.1, low: 0.08, high: 0.12 },
    { column: null, change: 0.01, low: null, high: null },
  ],
  columns_words: "By column: Shapley values.",
  slices: [
    {
      words: "site is c",
      conditions: [{ column: "site", kind: "value", low: null, high: null, value: "c", words: "site is c" }],
      code: '(pl.col("site") == "c")',
      change: 0.07,
      low: 0.05,
      high: 0.09,
      n_reference: 200,
      n_current: 600,
      share_reference: 0.2,
      share_current: 0.6,
      loss_reference: 0.7,
      loss_current: 0.7,
    },
  ],
  slices_words: "Each slice has its own rows' share.",
  alarm_rate: 0.05,
  notes: [],
  code: "al.explain_performance(log)",
});
