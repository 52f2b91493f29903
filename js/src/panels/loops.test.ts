import { expect, test, vi } from "vitest";
import {
  boundOnly,
  estimate,
  found,
  gain,
  item,
  labels,
  labelsAlone,
  noClicks,
  noEvidence,
  noUsers,
  onePeriod,
  unidentified,
} from "../../tests/loops-payload";
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
  stand,
  text,
} from "../../tests/standing";
import type { LoopPayload } from "../contract/loops";
import type { ViewState } from "../contract/results";
import { panel } from "./loops";
import { selectionOf, UNTOUCHED } from "./shared/selection";

function show(shown: LoopPayload = found(), state: ViewState = UNTOUCHED, live = false): HTMLElement {
  return stand(panel, shown, state, live);
}

const all = (selector: string) => [...home.querySelectorAll<HTMLElement>(selector)];
const button = (name: string) => all("button").find((one) => one.textContent === name) as HTMLButtonElement;
const ranges = () => all('input[type="range"]') as HTMLInputElement[];
const settled = (seen: () => void) => vi.waitFor(seen);

function slide(input: HTMLInputElement | undefined, place: number) {
  if (input === undefined) throw new Error("no such slider");
  input.value = String(place);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

test("Python's own sentence stands first, and names the section", () => {
  const root = show();
  expect(document.getElementById(root.getAttribute("aria-labelledby") ?? "")?.textContent).toContain(
    "The recommender feeds on its own clicks",
  );
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
  await settled(() =>
    expect(chosen.at(-1)?.current).toEqual(["2026-01-05T00:00:00+00:00", "2026-01-12T00:00:00+00:00"]),
  );
  press(part("period"), "End");
  await settled(() => expect(chosen.at(-1)).toEqual(UNTOUCHED));
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

test("the gain stands on its line with its interval and what it adds up to", () => {
  show();
  const block = part("gain");
  expect(block.querySelector("svg")?.getAttribute("aria-label")).toBe(
    "Gain 0.62, between 0.48 and 0.75; 1 and more runs away",
  );
  expect(block.textContent).toContain("= ×\u202f2.6 [1.9, 4.0]");
  expect(all(".al-sum-1")).toHaveLength(1);
});

test("near one it is a bound: no point, and at least so much", () => {
  show(boundOnly());
  const block = part("gain");
  expect(block.querySelector("svg")?.getAttribute("aria-label")).toContain("between 0.71 and no bound");
  expect(block.querySelector(".al-dot-cur")).toBeNull();
  expect(block.textContent).toContain("≥ ×\u202f3.5");
});

test("a gain that runs away adds up to nothing that could be drawn", () => {
  show(found({ gain: gain({ gain: estimate(1.1, 1.02, 1.2), amplification: estimate(null) }) }));
  expect(all(".al-sum-1")).toHaveLength(0);
});

test("where the gain is not identified there is a plan, and what depends on it sleeps", () => {
  show(unidentified());
  expect(part("gain").textContent).toContain("not identified: Withhold 3");
  expect(text(".al-plan")).toContain("3\u202f% for 8 weeks: ±\u202f0.099");
  expect(part("what-if").textContent).toContain("Needs a gain");
  expect(all("input").every((one) => (one as HTMLInputElement).disabled)).toBe(true);
});

test("with no evidence the panel says so, and How sure? tells what could have been missed", async () => {
  show(noEvidence());
  expect(text(".al-header .al-mark")).toBe("○");
  button("How sure?").click();
  await drawn();
  expect(text(".al-note")).toContain("A gain above 0.14 would have been seen.");
});

test("How sure? names the level of evidence, and every instrument with its interval", async () => {
  show();
  button("How sure?").click();
  await drawn();
  expect(text(".al-note")).toContain("Level 2 of 2, randomised on purpose.");
  expect(all(".al-instruments li").map((one) => one.textContent?.split(" · ")[0])).toEqual([
    "withheld feedback 0.62 [0.48, 0.75], p < 0.001",
    "surprise exposure 0.71 [0.21, ∞], p 0.004",
  ]);
  expect(text(".al-note")).toContain("Overlap 81\u202f%");
  expect(text(".al-note")).toContain("0.25 → 0.60, 0.5 → 0.62, 1 → 0.63");
});

test("what is tried changes the forecast at once, and is a value for Python after a rest", async () => {
  show();
  expect(part("what-if").textContent).toContain("Gini 0.58 → 0.30");
  slide(ranges()[0], 3);
  await drawn();
  expect(part("what-if").textContent).toContain("Gini 0.58 → 0.26");
  expect(ranges()[0]?.getAttribute("aria-valuetext")).toBe("10\u202f%");
  await settled(() => expect(chosen.at(-1)?.remedy).toEqual({ explore: 0.1, correct: true, guarantee: 0 }));
  find('[role="switch"]').click();
  slide(ranges()[0], 1);
  await drawn();
  expect(part("what-if").textContent).toContain("as today: Gini 0.58");
  await settled(() => expect(chosen.at(-1)?.remedy).toEqual({ explore: 0.02, correct: false, guarantee: 0 }));
});

test("narrowed users are picked by a button, others by a range of cells that keys move", async () => {
  show();
  button("Narrowed users").click();
  await drawn();
  expect(chosen.at(-1)?.selection).toEqual(selectionOf({ group: "narrowed" }));
  expect(find("select").textContent).toContain("Users who see a narrower range");
  press(part("current-end"), "ArrowLeft");
  await drawn();
  await settled(() => expect(chosen.at(-1)?.selection).toEqual(selectionOf({ column: "entropy", bins: [0, 20] })));
  expect(part("bubbles").textContent).toMatch(/% see 0\.8 to 3\.6 bits of categories, .* would without the loop/);
  press(part("current-end"), "ArrowRight");
  await settled(() => expect(chosen.at(-1)?.selection).toEqual(selectionOf({ group: "narrowed" })));
});

test("a state from elsewhere is taken over and not sent back; what it names beyond the report is nothing", async () => {
  show();
  const remedy = { explore: 0.19, correct: false, guarantee: 0.05 };
  mounted?.update({ ...UNTOUCHED, selection: selectionOf({ column: "popularity", bins: [2, 3] }), remedy }, true);
  await drawn();
  expect(find('[aria-selected="true"]').textContent).toContain("3");
  expect(ranges().map((one) => one.getAttribute("aria-valuetext"))).toEqual(["20\u202f%", "5\u202f%"]);
  mounted?.update({ ...UNTOUCHED, selection: selectionOf({ column: "popularity", bins: [12, 13] }) }, true);
  await drawn();
  expect(home.querySelector('[role="option"][aria-selected="true"]')).toBeNull();
  mounted?.update({ ...UNTOUCHED, selection: selectionOf({ column: "entropy", bins: [3, 99] }) }, true);
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

test("selective labels have a tab where a log has both, and the whole panel where it has nothing else", async () => {
  show(found({ labels: labels() }));
  const [loop, selective] = all('[role="tab"]');
  press(loop as HTMLElement, "ArrowRight");
  await drawn();
  expect(selective?.getAttribute("aria-selected")).toBe("true");
  expect(text('[role="tabpanel"]')).toContain("50\u202f% of 40\u202f000 items");
  show(labelsAlone());
  expect(home.querySelector('[role="tab"]')).toBeNull();
  expect(home.querySelector(".al-strip")).toBeNull();
  expect(text(".al-overall")).toContain("14.7\u202f% [13.1\u202f%, 16.3\u202f%]");
});

test("a rate of all rows that too few labels could tell is refused", () => {
  show(labelsAlone({ labels: labels({ refused: true, weighted_rate: estimate(null), effective_share: 0.03 }) }));
  expect(text(".al-overall")).toContain("refused");
  expect(text(".al-loop-right")).toContain("cannot tell:");
});

test("one period, no users and no clicks are states of their own, with what to do", () => {
  show(onePeriod());
  expect(part("period").getAttribute("aria-valuemax")).toBe("0");
  expect(text(".al-reading-now")).not.toContain("drag");
  show(noUsers());
  expect(part("bubbles").textContent).toContain('Name their column, user="…"');
  show(noClicks());
  expect(all(".al-tenths .al-dot-ref")).toHaveLength(0);
  expect(text(".al-saw")).not.toContain("feedback");
  show(found({ periods: null, labels: null, sentence: "Nothing to tell." }));
  expect(text(".al-state")).toContain("Nothing to tell.");
});

test("a period in which too little was shown keeps its place", async () => {
  const shown = found();
  show({ ...shown, merit: shown.merit.map((one, week) => (week === 26 ? null : one)) });
  expect(text(".al-merit-none")).toContain("Too few impressions");
});

test("the view, the selection and what is tried can be had as code", async () => {
  const state = {
    ...UNTOUCHED,
    selection: selectionOf({ column: "popularity", bins: [0, 1] as const }),
    current: ["2026-03-02T00:00:00+00:00", "2026-03-09T00:00:00+00:00"] as const,
    remedy: { explore: 0.1, correct: true, guarantee: 0.02 },
  };
  show(found(), state, true);
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

test("names of items stay at home unless they are public", () => {
  show(found({ over_exposed: [item(null, 6.1, 0.021)] }));
  expect(text(".al-item")).toContain("2.1\u202f% of all");
});

test("text from data is text", async () => {
  const kind = { ...found().kinds[0], title: HOSTILE, words: HOSTILE } as LoopPayload["kinds"][number];
  show(
    found({ sentence: HOSTILE, noun: HOSTILE, notes: [HOSTILE], kinds: [kind], over_exposed: [item(HOSTILE, 3, 0.1)] }),
  );
  expect(home.querySelector("img")).toBeNull();
  expect(text(".al-items")).toContain(HOSTILE);
});

test("the live region tells of the period once the slider rests", async () => {
  show();
  press(part("period"), "Home");
  await drawn();
  expect(text(".al-live")).toBe("");
  await settled(() => expect(text(".al-live")).toContain("5\u00a0Jan–11\u00a0Jan: Gini"));
});

test("nothing is left when the panel goes, and a slider that was moving tells nobody", async () => {
  const listening = vi.spyOn(document, "addEventListener");
  const leaving = vi.spyOn(document, "removeEventListener");
  show();
  find('button[aria-label="More"]').click();
  await drawn();
  press(part("period"), "ArrowLeft");
  leave();
  await new Promise((done) => setTimeout(done, 300));
  expect(home.innerHTML).toBe("");
  expect(leaving.mock.calls.length).toBe(listening.mock.calls.length);
  expect(chosen).toEqual([]);
});

test("the panel is drawn as it was", async () => {
  await expect(asDrawn(show())).toMatchFileSnapshot("./golden/loops.txt");
});
