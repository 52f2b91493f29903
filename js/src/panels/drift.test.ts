import { expect, test, vi } from "vitest";
import { categories, days, judgement, numbers, payload } from "../../tests/payload";
import {
  all,
  button,
  chosen,
  comes,
  drawn,
  drawsNothingUnread,
  find,
  HOSTILE,
  home,
  isDrawnAs,
  judged,
  leavesNothing,
  menu,
  part,
  press,
  showsRead,
  stand,
  text,
  title,
} from "../../tests/standing";
import type { DriftPayload } from "../contract/drift";
import { panel } from "./drift";
import { selectionOf, UNTOUCHED } from "./shared/selection";

const DRIFTED = judgement({ verdict: "drifted", effect: 0.1 });

/** Six weeks; `b` moves by a fifth after the fourth, `a` and `c` do not. */
function three(part: Partial<DriftPayload> = {}): DriftPayload {
  return payload(
    [
      [numbers("a"), days(42, 42, 0)],
      [numbers("b", { judgement: DRIFTED }), days(42, 28, 80)],
      [categories("c", ["x", "y", HOSTILE, "z"], { role: "target" }), days(42, 42, 0)],
    ],
    { reference: [0, 28], current: [28, 42], ...part },
  );
}

const show = showsRead(panel, three);

const names = () =>
  all('[role="option"]')
    .sort((a, b) => Number(a.getAttribute("aria-posinset")) - Number(b.getAttribute("aria-posinset")))
    .map((row) => row.querySelector(".al-cut")?.textContent);

test("Python's own sentence stands first, and names the section", async () => {
  const root = await show(three());
  expect(text(".al-verdict")).toContain("Python says so.");
  expect(title(root)).toContain("Python says so.");
});

test("what drifted comes first, with its mark and word", async () => {
  await show(three());
  expect(names()).toEqual(["b", "c", "a"]);
  const row = find('[role="option"][aria-posinset="1"]');
  expect(row.querySelector(".al-mark")?.textContent).toBe("●");
  expect(row.querySelector(".al-word")?.textContent).toContain("drifted");
  expect(find('[role="option"][aria-posinset="2"]').textContent).toContain("target");
});

test("with importance, effect times importance decides among what drifted", async () => {
  const light = numbers("light", { judgement: DRIFTED, importance: 0.1 });
  const heavy = numbers("heavy", { judgement: DRIFTED, importance: 0.9 });
  await show(
    payload([
      [light, days(30, 15, 60)],
      [heavy, days(30, 15, 20)],
    ]),
  );
  expect(names()).toEqual(["heavy", "light"]);
  expect(home.querySelectorAll(".al-importance circle")).toHaveLength(2);
});

test("names and labels from data are text", async () => {
  const column = categories(HOSTILE, [HOSTILE, "b"], { cause: HOSTILE });
  const hostile = payload([[column, days(30, 15, 40, 2)]], {
    sentence: HOSTILE,
    evidence: HOSTILE,
    noun: HOSTILE,
    notes: [HOSTILE],
  });
  await show(hostile);
  expect(home.querySelector("img")).toBeNull();
  expect(text(".al-column")).toContain(HOSTILE);
});

test("nothing is left when the panel goes", async () => {
  await leavesNothing(show);
  expect(chosen).toEqual([]);
});

test("a panel that goes while it is read draws nothing", () => drawsNothingUnread(panel, three()));

test("arrows move a window by a bucket, with Shift they resize it, and Home and End go to the ends", async () => {
  await show(three());
  press(part("current-body"), "ArrowLeft");
  await drawn();
  expect(part("current-body").getAttribute("aria-valuetext")).toBe("28 January to 10 February");
  press(part("current-body"), "ArrowLeft", { shiftKey: true });
  await drawn();
  expect(part("current-body").getAttribute("aria-valuetext")).toBe("28 January to 9 February");
  press(part("current-start"), "ArrowRight");
  press(part("current-end"), "End");
  await drawn();
  expect(part("current-start").getAttribute("aria-valuetext")).toBe("29 January");
  expect(part("current-end").getAttribute("aria-valuetext")).toBe("11 February");
});

test("a window that moved is judged, told to the host, and can be reset", async () => {
  await show(three());
  press(part("current-end"), "ArrowLeft");
  await drawn();
  expect(home.querySelector(".al-verdict.al-pending")).not.toBeNull();
  await judged();
  expect(text(".al-verdict")).toContain("1 of 3 columns drifted: b");
  expect(chosen.at(-1)?.current).toEqual(["2013-01-29T00:00:00+00:00", "2013-02-11T00:00:00+00:00"]);
  expect(text(".al-live")).toContain("1 of 3 columns drifted");
  part("current-body").dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  await vi.waitFor(() => expect(text(".al-verdict")).toContain("Python says so."));
  expect(chosen.at(-1)?.current).toBeNull();
});

test("a reference that is moved away says where the edges were cut", async () => {
  await show(three());
  press(part("reference-end"), "ArrowLeft");
  await drawn();
  expect(text(".al-hint")).toContain("Bin edges stay as they were cut on 1\u00a0Jan–28\u00a0Jan");
});

test("the threshold moves by keys, and the verdict follows", async () => {
  await show(three());
  for (let i = 0; i < 4; i++) {
    press(part("threshold"), "PageUp");
    await drawn();
  }
  expect(part("threshold").getAttribute("aria-valuenow")).toBe("0.23");
  await judged();
  await vi.waitFor(() => expect(text(".al-verdict")).toContain("All 3 columns are stable."));
  await vi.waitFor(() => expect(chosen.at(-1)?.threshold).toBeCloseTo(0.23));
});

test("where another measure says what matters, its size decides, and there is no line of the effect to drag", async () => {
  await show(three({ measure: "psi", measure_in_page: "psi", min_effect: 100 }));
  expect(home.querySelector('[data-part="threshold"]')).toBeNull();
  press(part("current-body"), "ArrowLeft");
  await judged();
  await vi.waitFor(() => expect(text(".al-verdict")).toContain("All 3 columns are stable."));
});

test("arrows walk the list, and the column is the selection", async () => {
  await show(three());
  press(find('[role="listbox"]'), "ArrowDown");
  await drawn();
  expect(chosen.at(-1)?.selection).toEqual(selectionOf({ column: "c" }));
  expect(find('[aria-selected="true"]').id).toBe(find('[role="listbox"]').getAttribute("aria-activedescendant"));
  press(find('[role="listbox"]'), "End");
  await drawn();
  expect(text(".al-column")).toContain("a");
});

test("keys read bins, Enter picks one, Shift picks more, and Escape lets go", async () => {
  await show(three());
  press(part("bins"), "ArrowRight");
  await drawn();
  press(part("bins"), "ArrowRight");
  await drawn();
  expect(part("bins").getAttribute("aria-valuetext")).toMatch(/^10 to 20: 25/);
  press(part("bins"), "Enter");
  await drawn();
  expect(chosen.at(-1)?.selection?.bins).toEqual([1, 2]);
  press(part("bins"), "ArrowRight", { shiftKey: true });
  await drawn();
  expect(chosen.at(-1)?.selection?.bins).toEqual([1, 3]);
  press(part("bins"), "Escape");
  await drawn();
  expect(chosen.at(-1)?.selection).toEqual(selectionOf({ column: "b" }));
  press(part("bins"), "Escape");
  await drawn();
  expect(chosen.at(-1)?.selection).toBeNull();
});

test("a state from elsewhere is taken over and not sent back", async () => {
  await show(three());
  const selection = selectionOf({ column: "c", bins: [2, 3], window: "reference" });
  comes({ selection, current: ["2013-01-20T00:00:00Z", "2013-01-25T00:00:00Z"], threshold: 0.2 });
  await drawn();
  expect(text(".al-column")).toContain("c");
  expect(part("current-body").getAttribute("aria-valuetext")).toBe("20 January to 24 January");
  expect(part("threshold").getAttribute("aria-valuenow")).toBe("0.2");
  await judged();
  expect(chosen).toEqual([]);
});

test("rows need a kernel: without one the control is there, disabled, and says what to do", async () => {
  const selection = selectionOf({ column: "b" });
  await show(three(), { ...UNTOUCHED, selection });
  await menu();
  const rows = () => all("button").find((one) => one.textContent?.startsWith("Rows"));
  expect(rows()?.getAttribute("aria-disabled")).toBe("true");
  expect(rows()?.title).toContain("running kernel");
  comes({ selection });
  await drawn();
  expect(rows()?.getAttribute("aria-disabled")).toBe("false");
});

test("the table holds all numbers in the order of the list", async () => {
  await show(three());
  button("Table").click();
  await drawn();
  expect(all("tbody th").map((cell) => cell.textContent)).toEqual(["b", "c", "a"]);
});

test("without a time there is no strip and no chart over time", async () => {
  const { buckets } = three();
  const timeless = payload([[numbers("a"), days(2, 1, 60)]], { buckets: { ...buckets, ...twoBuckets } });
  await show(timeless);
  expect(home.querySelector(".al-strip")).toBeNull();
  expect(home.querySelector('[data-part="threshold"]')).toBeNull();
  expect(text(".al-detail")).toContain("chance: up to");
});

const twoBuckets = {
  starts_ms: [0, 0],
  ends_ms: [0, 0],
  position: [0, 1],
  season: [0, 0],
  n_rows: [401, 402],
  every: null,
} as const;

test("no column and a cut output are states of their own, with what to do", async () => {
  stand(panel, payload([]), UNTOUCHED);
  expect(text(".al-state")).toContain("No column to compare.");
  stand(panel, { ...three(), counts: "" }, UNTOUCHED);
  await vi.waitFor(() => expect(text(".al-state")).toContain("could not be drawn"));
  expect(text(".al-state")).toContain("Run the cell again");
});

test("the panel is drawn as it was", async () => {
  const root = await show(three());
  await vi.waitFor(() => expect(root.querySelector(".al-natural")).not.toBeNull());
  await vi.waitFor(() => expect(root.querySelector(".al-pending")).toBeNull());
  await isDrawnAs(root, "drift");
});

test("segments and what was found by rows stand beside the columns, as text, and count in the verdict", async () => {
  const each = [
    { name: HOSTILE, verdict: "drifted" as const, drifted: ["a"], sentence: "1 of 2 columns drifted: a." },
    { name: "LGA", verdict: "stable" as const, drifted: [], sentence: "Both columns are stable." },
  ];
  const quiet = payload([[numbers("a"), days(42, 42, 0)]], {
    segments: { by: "origin", each, alarm_rate: 0.05 },
    by_rows: [{ method: "domain classifier", said: "an AUC of 0.63", carried: [{ column: "a", share: 0.8 }] }],
  });
  await show(quiet);
  expect(text('[data-part="segments"]')).toContain("2 segments by origin");
  expect(text('[data-part="segments"]')).toContain(`${HOSTILE} drifted: a`);
  expect(find('[data-part="segments"]').querySelector("img")).toBeNull();
  expect(text('[data-part="by-rows"]')).toContain("An AUC of 0.63. Most by a 80\u202f%.");
  expect(find(".al-verdict .al-mark").className).toContain("al-drifted");
});
