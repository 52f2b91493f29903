import { expect, test, vi } from "vitest";
import { labels } from "../../tests/loops-blocks";
import { found } from "../../tests/loops-payload";
import {
  all,
  button,
  chosen,
  comes,
  copied,
  drawn,
  find,
  home,
  isDrawnAs,
  leavesNothing,
  part,
  press,
  shows,
  text,
  title,
} from "../../tests/standing";
import { panel } from "./loops";
import { selectionOf, UNTOUCHED } from "./shared/selection";

const show = shows(panel, found);
const ranges = () => all('input[type="range"]') as HTMLInputElement[];

test("Python's own sentence stands first, and names the section", () => {
  const root = show();
  expect(title(root)).toContain("The recommender feeds on its own clicks");
  expect(text(".al-header .al-mark")).toBe("●");
});

test("each kind of loop has a mark, a word and its estimate, or what it needs", () => {
  show();
  expect(all(".al-kinds li").map((one) => one.querySelector(".al-mark")?.textContent)).toEqual(["●", "●", "○", "–"]);
  expect(text('[data-part="popularity_bias"]')).toContain("found2.4 [2.3, 2.5] most shown tenth");
  expect(text('[data-part="selective_labels"]')).toContain("not loggedneeds accepted= in a PredictionLog");
});

test("a period is walked by keys: all follows at once, and the host hears of its window after a rest", async () => {
  show();
  press(part("period"), "Home");
  await drawn();
  expect(part("period").getAttribute("aria-valuetext")).toBe(
    "5\u00a0Jan–11\u00a0Jan: 0.34 [0.33, 0.34], loop-free 0.32–0.37",
  );
  expect(text(".al-reading-now")).toContain("week of 5\u00a0Jan");
  expect(text(".al-tenths")).toContain("1 most×\u202f0.86");
  expect(text('[data-part="bubbles"]')).toContain("5\u202f% see a narrower range");
  expect(chosen).toEqual([]);
  await vi.waitFor(() =>
    expect(chosen.at(-1)?.current).toEqual(["2026-01-05T00:00:00+00:00", "2026-01-12T00:00:00+00:00"]),
  );
  press(part("period"), "End");
  await vi.waitFor(() => expect(chosen.at(-1)).toEqual(UNTOUCHED));
});

test("a period without a map of its own shows the nearest, and says so", async () => {
  show(found(), { ...UNTOUCHED, current: ["2026-03-02T00:00:00Z", "2026-03-09T00:00:00Z"] });
  await drawn();
  expect(text('[data-part="bubbles"]')).toContain("The map is of the week of 9\u00a0Mar, the nearest there is.");
});

test("a tenth is picked by a click or by arrows; the strip and the curve follow, Escape lets go", async () => {
  show();
  find('[role="option"]').click();
  await drawn();
  expect(chosen.at(-1)?.selection).toEqual(selectionOf({ column: "popularity", bins: [0, 1] }));
  expect(find("select").querySelector("option")?.textContent).toBe("Share of tenth 1 most");
  expect(part("period").getAttribute("aria-valuetext")).toContain("merit 20\u202f%");
  expect(home.querySelector(".al-picked")).not.toBeNull();
  press(find('[role="listbox"]'), "ArrowDown");
  await drawn();
  expect(chosen.at(-1)?.selection?.bins).toEqual([1, 2]);
  expect(find('[aria-selected="true"]').id).toBe(find('[role="listbox"]').getAttribute("aria-activedescendant"));
  press(find('[role="listbox"]'), "Escape");
  await drawn();
  expect(chosen.at(-1)?.selection).toBeNull();
  expect(home.querySelector(".al-picked")).toBeNull();
});

test("another measure is chosen from the list", async () => {
  show();
  const select = find("select") as HTMLSelectElement;
  select.value = "entropy";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await drawn();
  expect(part("period").getAttribute("aria-valuetext")).toContain("bits");
  expect(text(".al-reading-now")).toMatch(/loop-free 11\.\d\d–11\.\d\d bits/);
});

test("narrowed users are picked by a button, others by a range of cells that keys move", async () => {
  show();
  button("Narrowed users").click();
  await drawn();
  expect(chosen.at(-1)?.selection).toEqual(selectionOf({ group: "narrowed" }));
  expect(find("select").textContent).toContain("Users who see a narrower range");
  press(part("current-end"), "ArrowLeft");
  await drawn();
  await vi.waitFor(() => expect(chosen.at(-1)?.selection).toEqual(selectionOf({ column: "entropy", bins: [0, 20] })));
  expect(part("bubbles").textContent).toMatch(/% see 0\.8 to 3\.6 bits of categories, .* would without the loop/);
  press(part("current-end"), "ArrowRight");
  await vi.waitFor(() => expect(chosen.at(-1)?.selection).toEqual(selectionOf({ group: "narrowed" })));
});

test("a state from elsewhere is taken over and not sent back; what it names beyond the report is nothing", async () => {
  show();
  const remedy = { explore: 0.19, correct: false, guarantee: 0.05 };
  comes({ selection: selectionOf({ column: "popularity", bins: [2, 3] }), remedy });
  await drawn();
  expect(find('[aria-selected="true"]').textContent).toContain("3");
  expect(ranges().map((one) => one.getAttribute("aria-valuetext"))).toEqual(["20\u202f%", "5\u202f%"]);
  comes({ selection: selectionOf({ column: "popularity", bins: [12, 13] }) });
  await drawn();
  expect(home.querySelector('[role="option"][aria-selected="true"]')).toBeNull();
  comes({ selection: selectionOf({ column: "entropy", bins: [3, 99] }) });
  await drawn();
  expect(home.querySelector('[data-part="current-body"]')).toBeNull();
  expect(chosen).toEqual([]);
});

test("the curves are read on a line that keys move", async () => {
  show();
  expect(part("share-of-items").getAttribute("tabindex")).toBe("0");
  press(part("share-of-items"), "Home");
  await drawn();
  expect(part("share-of-items").getAttribute("aria-valuetext")).toContain("the least shown 2\u202f% of items get");
});

test("the view, the selection and what is tried can be had as code", async () => {
  const state = {
    ...UNTOUCHED,
    selection: selectionOf({ column: "popularity", bins: [0, 1] as const }),
    current: ["2026-03-02T00:00:00+00:00", "2026-03-09T00:00:00+00:00"] as const,
    remedy: { explore: 0.1, correct: true, guarantee: 0.02 },
  };
  show(found(), state, true);
  expect(await copied("Copy as code")).toBe(
    [
      "report = al.find_feedback_loops(log)",
      'report.selection = al.Selection(column="popularity", bins=(0, 1))',
      'report.widget.current = ("2026-03-02T00:00:00+00:00", "2026-03-09T00:00:00+00:00")',
      "report.widget.remedy = dict(explore=0.1, correct=True, guarantee=0.02)",
      "report",
    ].join("\n"),
  );
  expect(await copied("Copy what-if as code")).toBe("report.simulate(explore=0.1, correct=True, guarantee=0.02)");
  expect(await copied("Items of the selection…")).toBe("report.selected_items");
});

test("the table holds every number of the picture that it replaces", async () => {
  show(found({ labels: labels() }));
  button("Table").click();
  await drawn();
  expect(all("caption").map((one) => one.textContent)).toEqual([
    "Kinds of loop",
    "Over time",
    "Tenths of items, 6\u00a0Jul–12\u00a0Jul",
    "Gain by instrument",
    "What if, in 26 weeks",
    "What randomising would tell",
    "Furthest from their merit",
  ]);
  all('[role="tab"]')[1]?.click();
  await drawn();
  expect(all("caption").map((one) => one.textContent)).toEqual(["Kinds of loop", "By score"]);
});

test("the live region tells of the period once the slider rests", async () => {
  show();
  press(part("period"), "Home");
  await drawn();
  expect(text(".al-live")).toBe("");
  await vi.waitFor(() => expect(text(".al-live")).toContain("5\u00a0Jan–11\u00a0Jan: Gini"));
});

test("nothing is left when the panel goes, and a slider that was moving tells nobody", async () => {
  await leavesNothing(show, () => press(part("period"), "ArrowLeft"));
  expect(chosen).toEqual([]);
});

test("the panel is drawn as it was", () => isDrawnAs(show(), "loops"));
