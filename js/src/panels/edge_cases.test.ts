import { expect, test, vi } from "vitest";
import { cells, estimate, payload, row, slice } from "../../tests/edges-payload";
import {
  all,
  button,
  chosen,
  comes,
  copied,
  drawn,
  find,
  HOSTILE,
  home,
  isDrawnAs,
  leavesNothing,
  part,
  press,
  shows,
  text,
  title,
} from "../../tests/standing";
import { panel } from "./edge_cases";
import { selectionOf, UNTOUCHED } from "./shared/selection";

const show = shows(panel, payload);
const figures = (name: string) => part(name).querySelector(".al-group-figures")?.textContent ?? "";
const settled = () => vi.waitFor(() => expect(text(".al-live")).not.toBe(""));

test("Python's own sentence stands first, and names the section", () => {
  const root = show();
  expect(title(root)).toContain("1 slice is worse than elsewhere");
  expect(text(".al-header .al-mark")).toBe("●");
});

test("every slice has a mark and a word of its own, whatever its colour", () => {
  show();
  const rows = all('[role="option"]').slice(1);
  expect(rows.map((one) => one.querySelector(".al-mark")?.textContent)).toEqual(["●", "○", "◌"]);
  expect(rows.map((one) => one.querySelector(".al-word")?.firstChild?.textContent)).toEqual([
    "confirmed",
    "not confirmed",
    "too few",
  ]);
  expect(rows.map((one) => one.querySelector(".al-effect")?.textContent)).toEqual(["+0.170", "+0.060", "–"]);
});

test("a slice is told by its conditions, each as short as it can be", () => {
  show();
  const names = [...find('[aria-posinset="2"]').querySelectorAll(".al-cut")].map((one) => one.textContent);
  expect(names).toEqual(["carrier EV", "hour ≥ 17"]);
  expect(find('[aria-posinset="2"]').title).toContain("log loss 0.61 against 0.44 elsewhere");
});

test("groups stand at the corners with their shares, and the reference beside them", () => {
  show();
  expect(figures("edge_case")).toBe("28\u202f% (reference 8\u202f%) loss 0.88");
  expect(figures("both")).toBe("2\u202f% (reference <0.3\u202f%) loss 0.88");
  expect(figures("routine")).toContain("65\u202f%");
  expect(text(".al-groupwords")).toContain("30\u202f% of flights are edge cases (reference 8\u202f%)");
});

test("a threshold moves by keys: shares follow at once, and the host hears of it after a rest", async () => {
  show();
  press(part("odd"), "ArrowLeft");
  await drawn();
  expect(part("odd").getAttribute("aria-valuetext")).toBe("odder than 90\u202f% of the reference");
  expect(figures("both")).toContain("5\u202f%");
  expect(chosen).toEqual([]);
  await vi.waitFor(() => expect(chosen.at(-1)?.odd).toBe(0.9));
  press(part("bad"), "Home");
  await drawn();
  expect(part("bad").getAttribute("aria-valuenow")).toBe("1");
  await vi.waitFor(() => expect(chosen.at(-1)?.threshold).toBe(0.25));
  press(part("bad"), "End");
  press(part("odd"), "End");
  await drawn();
  expect(part("odd").getAttribute("aria-valuetext")).toBe("odder than 99.9\u202f% of the reference");
  expect(figures("edge_case")).toContain("<0.1");
});

test("a double click resets both thresholds, and the host is told that they are the report's own", async () => {
  show(payload(), { ...UNTOUCHED, odd: 0.9, threshold: 0.5 });
  expect(part("bad").getAttribute("aria-valuetext")).toBe("0.5");
  part("odd").dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  await drawn();
  expect(part("bad").getAttribute("aria-valuetext")).toBe("0.75");
  expect(chosen.at(-1)).toEqual(UNTOUCHED);
});

test("arrows walk the slices; the one that is picked filters the strip, the cells and the groups", async () => {
  show();
  press(find('[role="listbox"]'), "ArrowDown");
  await drawn();
  expect(chosen.at(-1)?.selection).toEqual(selectionOf({ slice: 0 }));
  expect(find('[aria-selected="true"]').id).toBe(find('[role="listbox"]').getAttribute("aria-activedescendant"));
  expect(figures("edge_case")).toBe("75\u202f% (all 28\u202f%) loss 0.88");
  expect(part("over-time").getAttribute("aria-label")).toContain("carrier is EV and hour ≥ 17");
  expect(part("over-time").getAttribute("aria-valuetext")).toContain("log loss 0.6 [0.5, 0.7], promised 0.5");
  press(find('[role="listbox"]'), "Home");
  await drawn();
  expect(chosen.at(-1)?.selection).toBeNull();
});

test("a corner picks its group; the same again, or Escape, lets it go before the slice", async () => {
  show(payload(), { ...UNTOUCHED, selection: selectionOf({ slice: 1 }) });
  part("edge_case").click();
  await drawn();
  expect(part("edge_case").getAttribute("aria-pressed")).toBe("true");
  expect(chosen.at(-1)?.selection).toEqual(selectionOf({ slice: 1, group: "edge_case" }));
  expect(home.querySelector(".al-out")).not.toBeNull();
  press(part("edge_case"), "Escape");
  await drawn();
  expect(chosen.at(-1)?.selection).toEqual(selectionOf({ slice: 1 }));
  press(part("edge_case"), "Escape");
  await drawn();
  expect(chosen.at(-1)?.selection).toBeNull();
});

test("a state from elsewhere is taken over and not sent back; what it names beyond the report is nothing", async () => {
  show();
  comes({ selection: selectionOf({ slice: 2, group: "both" }), odd: 0.9 });
  await drawn();
  expect(find('[aria-selected="true"]').getAttribute("aria-posinset")).toBe("4");
  expect(part("both").getAttribute("aria-pressed")).toBe("true");
  comes({ selection: selectionOf({ slice: 9, group: "x", column: "y" }) });
  await drawn();
  expect(find('[aria-selected="true"]').getAttribute("aria-posinset")).toBe("1");
  expect(chosen).toEqual([]);
});

test("the over-time strip is read by arrows", async () => {
  show();
  expect(part("over-time").getAttribute("tabindex")).toBe("0");
  press(part("over-time"), "Home");
  await drawn();
  expect(text(".al-hint")).toContain("1\u00a0Jan–7\u00a0Jan: log loss 0.44 [0.4, 0.48], promised 0.45");
  press(part("over-time"), "ArrowRight");
  await drawn();
  expect(text(".al-hint")).toContain("8\u00a0Jan");
});

test("weeks whose labels still arrive are hatched, with the share that is there", () => {
  const { buckets } = payload();
  show(payload({ buckets: { ...buckets, n_labelled: [1000, 1000, 900, 300] } }));
  expect(text(".al-strip")).toContain("labels still arriving");
  expect(text(".al-strip")).toContain("30\u202f%");
});

test("the view and its rows can be had as code", async () => {
  const state = { ...UNTOUCHED, selection: selectionOf({ slice: 0, group: "edge_case" }), odd: 0.9 };
  show(payload(), state, true);
  expect(await copied("Copy as code")).toBe(
    'report = al.find_edge_cases(log, reference=("2013-01-01", "2013-01-15"))\n' +
      'report.selection = al.Selection(slice=0, group="edge_case")\nreport.widget.odd = 0.9\nreport',
  );
  expect(await copied("Copy slice as filter")).toBe("(pl.col('carrier') == 'EV') & (pl.col('hour') >= 17)");
  expect(await copied("Rows of the selection…")).toBe("report.selected_rows()");
});

test("the table holds the groups and all slices", async () => {
  show();
  button("Table").click();
  await drawn();
  const heads = all("tbody th").map((cell) => cell.textContent);
  expect(heads).toEqual([
    "edge case",
    "outlier and edge case",
    "routine",
    "outlier, handled well",
    "carrier is EV and hour ≥ 17",
    "seats ≥ 200",
    "origin is JFK",
  ]);
});

test("How sure? says what confirmed means, and how many false ones to expect", async () => {
  show();
  button("How sure?").click();
  await drawn();
  expect(text(".al-note")).toContain("at most 5\u202f% are false");
});

test("text from data is text", async () => {
  const hostile = payload({
    sentence: HOSTILE,
    noun: HOSTILE,
    notes: [HOSTILE],
    slices: [slice({ words: HOSTILE, sentence: HOSTILE })],
    rows: [row({ values: [HOSTILE], odd: [{ column: HOSTILE, value: HOSTILE, part: 1, tail_share: 0 }] })],
    row_columns: [HOSTILE],
  });
  show(hostile);
  button("Show rows").click();
  await drawn();
  expect(home.querySelector("img")).toBeNull();
  expect(text(".al-inspected")).toContain(HOSTILE);
});

test("no slice, no label and nothing at all are states of their own, with what to do", async () => {
  show(payload({ slices: [], verdict: "none_found" }));
  expect(text(".al-none")).toContain("No group of flights stood out");
  show(payload({ slices: [], verdict: "cannot_tell" }));
  expect(text(".al-none")).toContain("wait for labels");
  const { density } = payload();
  show(payload({ slices: [], verdict: "cannot_tell", density: { ...density, reference: null, current: cells([]) } }));
  expect(text(".al-state")).toContain("Name a target or a score");
});

test("without time there is no strip, without a reference nothing stands beside the shares", () => {
  const { density, buckets } = payload();
  show(
    payload({
      density: { ...density, reference: null },
      buckets: { ...buckets, every: null, starts_ms: [], ends_ms: [], n_rows: [], n_labelled: [] },
      series: null,
      reference: null,
      current: null,
      loss_reference: null,
      loss_current: estimate(0.5),
      n_reference: 0,
    }),
  );
  expect(home.querySelector(".al-strip")).toBeNull();
  expect(figures("edge_case")).toBe("28\u202f% loss 0.88");
  expect(text(".al-saw")).not.toContain("reference");
});

test("nothing is left when the panel goes, and a threshold that was moving tells nobody", async () => {
  await leavesNothing(show, () => press(part("odd"), "ArrowLeft"));
  expect(chosen).toEqual([]);
});

test("the live region tells of the groups once a threshold rests", async () => {
  show();
  press(part("odd"), "ArrowLeft");
  await drawn();
  expect(text(".al-live")).toBe("");
  await settled();
  expect(text(".al-live")).toContain("30\u202f% of flights are edge cases");
});

test("the panel is drawn as it was", () => isDrawnAs(show(), "edge-cases"));
