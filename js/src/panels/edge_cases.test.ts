import { expect, test, vi } from "vitest";
import { cells, counted, estimate, payload, row, slice } from "../../tests/edges-payload";
import {
  asDrawn,
  chosen,
  drawn,
  find,
  HOSTILE,
  home,
  leave,
  mounted,
  part,
  press,
  read,
  stand,
  text,
} from "../../tests/standing";
import type { EdgeCasePayload } from "../contract/edges";
import type { ViewState } from "../contract/results";
import { panel } from "./edge_cases";
import { selectionOf, UNTOUCHED } from "./shared/selection";

function show(shown: EdgeCasePayload = payload(), state: ViewState = UNTOUCHED, live = false): HTMLElement {
  return stand(panel, shown, state, live);
}

const figures = (name: string) => part(name).querySelector(".al-group-figures")?.textContent ?? "";
const button = (name: string) =>
  [...home.querySelectorAll("button")].find((one) => one.textContent === name) as HTMLButtonElement;
const settled = () => vi.waitFor(() => expect(text(".al-live")).not.toBe(""));

test("Python's own sentence stands first, and names the section", () => {
  const root = show();
  expect(document.getElementById(root.getAttribute("aria-labelledby") ?? "")?.textContent).toContain(
    "1 slice is worse than elsewhere",
  );
  expect(text(".al-header .al-mark")).toBe("●");
});

test("every slice has a mark and a word of its own, whatever its colour", () => {
  show();
  const rows = [...home.querySelectorAll('[role="option"]')].slice(1);
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
  mounted?.update({ ...UNTOUCHED, selection: selectionOf({ slice: 2, group: "both" }), odd: 0.9 }, true);
  await drawn();
  expect(find('[aria-selected="true"]').getAttribute("aria-posinset")).toBe("4");
  expect(part("both").getAttribute("aria-pressed")).toBe("true");
  mounted?.update({ ...UNTOUCHED, selection: selectionOf({ slice: 9, group: "x", column: "y" }) }, true);
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

test("example rows stay at home unless asked for: the control is there, disabled, and says what to do", () => {
  show();
  expect(button("Show rows").getAttribute("aria-disabled")).toBe("true");
  expect(button("Show rows").title).toContain("rows=True");
  button("Show rows").click();
  expect(home.querySelector(".al-inspector")).toBeNull();
});

test("a row says why it is odd and why the model is wrong on it; slice and group choose the rows", async () => {
  const rows = [row(), row({ outlier_share: 0.999, smoothed_loss: 0.1, slices: [], odd: [], wrong: [] })];
  show(payload({ row_columns: ["carrier", "hour"], rows }));
  button("Show rows").click();
  await drawn();
  expect(home.querySelectorAll(".al-example[role]")).toHaveLength(2);
  expect(text(".al-reasons")).toContain("hour 18");
  expect(text(".al-reasons")).toContain("12\u202f% of the reference as far out");
  expect(text(".al-inspected")).toContain("0.7 above what its score promised");
  expect(text(".al-inspected tbody")).toBe("carrierEVUA");
  press(find(".al-examples"), "ArrowDown");
  await drawn();
  expect(text(".al-inspected")).toContain("No column makes it odd.");
  mounted?.update({ ...UNTOUCHED, selection: selectionOf({ group: "both" }) }, false);
  await drawn();
  expect(text(".al-inspector")).toContain("No example row is in this selection");
});

test("a live panel asks the kernel for rows, and anew when another slice is picked", async () => {
  const asked: string[] = [];
  const ask = async (what: string) => {
    asked.push(what);
    return {
      columns: ["carrier", "hour"],
      rows: [row({ values: ["EV", `${asked.length}`], n_alike_right: null, wrong: [] })],
    };
  };
  stand(panel, payload(), UNTOUCHED, true, ask);
  button("Show rows").click();
  await vi.waitFor(() => expect(text(".al-values")).toContain("hour1"));
  expect(text(".al-inspected")).toContain("Similar flights are looked for in the measured window alone.");
  press(find('[aria-label="Slices by loss explained"]'), "ArrowDown");
  await vi.waitFor(() => expect(text(".al-values")).toContain("hour2"));
  expect(asked).toEqual(["rows", "rows"]);
});

test("a kernel that refuses is quoted, and one that does not answer is waited for", async () => {
  stand(panel, payload(), UNTOUCHED, true, () => Promise.reject(new Error("it holds no rows")));
  button("Show rows").click();
  await vi.waitFor(() => expect(text(".al-none")).toContain("The kernel sent no rows: it holds no rows"));
  stand(panel, payload(), UNTOUCHED, true, () => new Promise(() => {}));
  button("Show rows").click();
  await drawn();
  expect(text(".al-none")).toBe("Asking the kernel for rows…");
});

test("the view and its rows can be had as code", async () => {
  const state = { ...UNTOUCHED, selection: selectionOf({ slice: 0, group: "edge_case" }), odd: 0.9 };
  show(payload(), state, true);
  const copied = async (name: string) => {
    find('button[aria-label="More"]').click();
    await drawn();
    button(name).click();
    await vi.waitFor(() => expect(home.querySelector("pre")).not.toBeNull());
    const code = text("pre");
    find('button[aria-label="More"]').click();
    await drawn();
    find('button[aria-label="More"]').click();
    await drawn();
    return code;
  };
  expect(await copied("Copy as code")).toBe(
    'report = al.find_edge_cases(log, reference=("2013-01-01", "2013-01-15"))\n' +
      'report.selection = al.Selection(slice=0, group="edge_case")\nreport.widget.odd = 0.9\nreport',
  );
  expect(await copied("Copy slice as filter")).toBe("(pl.col('carrier') == 'EV') & (pl.col('hour') >= 17)");
  expect(await copied("Rows of the selection…")).toBe("report.selected_rows()");
});

test("windows from elsewhere are taken over, and the call that searches them can be had", async () => {
  const current = ["2013-01-22T00:00:00+00:00", "2013-01-29T00:00:00+00:00"] as const;
  show(counted(), { ...UNTOUCHED, current }, true);
  await read();
  expect(part("current-start").getAttribute("aria-valuetext")).toBe("22 January");
  find('button[aria-label="More"]').click();
  await drawn();
  button("Copy the search of these windows").click();
  await vi.waitFor(() => expect(home.querySelector("pre")).not.toBeNull());
  expect(text("pre")).toBe(
    'al.find_edge_cases(log, reference=("2013-01-01", "2013-01-15"), current=("2013-01-22", "2013-01-29"))',
  );
  press(find("pre"), "Escape");
  await drawn();
});

test("the table holds the groups and all slices", async () => {
  show();
  button("Table").click();
  await drawn();
  const heads = [...home.querySelectorAll("tbody th")].map((cell) => cell.textContent);
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

test("a window that moves takes slices, groups and the strip's figures along, at once and in Python's words after", async () => {
  show(counted());
  await read();
  const effect = () => find('[role="option"]:nth-child(2) .al-effect').textContent;
  const before = [effect(), figures("edge_case"), text(".al-verdict")];
  press(part("current-start"), "ArrowRight");
  await drawn();
  expect(figures("edge_case")).toBe("60\u202f% (reference 8\u202f%) loss 0.88");
  expect(effect()).toBe("+0.083"); // 24 of 40 rows against 496 of 960
  expect(text(".al-verdict")).toContain(
    "Log loss of this window is 0.52, in the reference 0.45; the 3 slices were found in",
  );
  expect(home.querySelector(".al-whiskers .al-effect-line")).toBeNull();
  expect(find('[role="option"]:nth-child(2) .al-word').textContent).toContain("was confirmed · n 40");
  await vi.waitFor(() =>
    expect(chosen.at(-1)?.current).toEqual(["2013-01-22T00:00:00+00:00", "2013-01-29T00:00:00+00:00"]),
  );
  part("current-body").dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  await drawn();
  expect([effect(), figures("edge_case"), text(".al-verdict")]).toEqual(before);
  expect(chosen.at(-1)).toEqual(UNTOUCHED);
});

test("a reference that moves is what shares are compared with", async () => {
  show(counted());
  await read();
  press(part("reference-body"), "End");
  await drawn();
  expect(figures("edge_case")).toContain("(reference 35\u202f%)");
});

test("a picked slice is counted in the moved window; one without counts keeps its own, and says so", async () => {
  show(counted(), { ...UNTOUCHED, selection: selectionOf({ slice: 0 }) });
  await read();
  press(part("current-start"), "ArrowRight");
  await drawn();
  expect(figures("edge_case")).toBe("100\u202f% (all 60\u202f%) loss 0.88");
  mounted?.update(
    { ...UNTOUCHED, selection: selectionOf({ slice: 1 }), current: chosen.at(-1)?.current ?? null },
    true,
  );
  press(part("current-start"), "ArrowRight");
  await drawn();
  expect(text(".al-slicewords")).toContain("Groups are those of 15\u00a0Jan–28\u00a0Jan");
});

test("nothing is left when the panel goes, and a threshold that was moving tells nobody", async () => {
  const listening = vi.spyOn(document, "addEventListener");
  const leaving = vi.spyOn(document, "removeEventListener");
  show();
  find('button[aria-label="More"]').click();
  await drawn();
  press(part("odd"), "ArrowLeft");
  leave();
  await new Promise((done) => setTimeout(done, 300));
  expect(home.innerHTML).toBe("");
  expect(leaving.mock.calls.length).toBe(listening.mock.calls.length);
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

test("the panel is drawn as it was", async () => {
  await expect(asDrawn(show())).toMatchFileSnapshot("./golden/edge-cases.txt");
});
