import { expect, test } from "vitest";
import { explanation } from "../../tests/explanation-payload";
import {
  all,
  button,
  chosen,
  comes,
  drawn,
  find,
  HOSTILE,
  home,
  isDrawnAs,
  leavesNothing,
  menu,
  part,
  press,
  shows,
  text,
} from "../../tests/standing";
import { panel } from "./explanation";
import { selectionOf, UNTOUCHED } from "./shared/selection";

const show = shows(panel, explanation);
const option = (list: string, place: number) =>
  find(`[aria-label="Covariate part by ${list}"]`).querySelectorAll<HTMLElement>('[role="option"]')[place];

test("both accountings stand side by side; the favoured one is named, the other says how it stands", () => {
  show();
  expect(all(".al-accounting").map((one) => one.getAttribute("data-part"))).toEqual(["features_first", "label_first"]);
  expect(part("features_first").querySelector(".al-chip")?.textContent).toBe("favoured by the evidence");
  expect(part("label_first").querySelector(".al-chip")?.textContent).toBe("refuted");
});

test("every part has a mark and a word and a placebo behind it, and the parts add up to the total below them", () => {
  show();
  const marks = all(".al-part-figures .al-small-words").map((one) => one.textContent);
  expect(marks).toEqual(["● hurts", "○ like placebo", "● hurts", "○ like placebo", "● helps", "● hurts"]);
  expect(all(".al-placebo")).toHaveLength(6);
  const changes = all('[data-part="features_first"] .al-part-change').map((one) =>
    Number(one.textContent?.replace("\u2212", "-")),
  );
  expect((changes[0] ?? 0) + (changes[1] ?? 0)).toBeCloseTo(changes[2] ?? 0);
});

test("what a part rests on is read at it, and stays when it is picked", async () => {
  show();
  part("concept").dispatchEvent(new FocusEvent("focus"));
  await drawn();
  expect(text(".al-reading")).toContain("between quiet stretches \u22120.03 to 0.03");
  part("concept").click();
  await drawn();
  expect(chosen.at(-1)?.selection).toEqual(selectionOf({ group: "concept" }));
  expect(part("concept").getAttribute("aria-pressed")).toBe("true");
});

test("a part that cannot be told is hatched, and says what it needs", () => {
  const plain = explanation();
  const untold = { change: null, low: null, high: null, placebo_low: null, placebo_high: null } as const;
  const accountings = plain.accountings.map((one) => ({
    ...one,
    parts: one.parts.map((each) =>
      one.name === "label_first" ? each : { ...each, ...untold, mark: "cannot_tell" as const, needs: "400 such rows" },
    ),
  }));
  show({ ...plain, accountings, columns: [], slices: [] });
  expect(all(".al-hatch")).toHaveLength(2);
  expect(text(".al-reading")).toContain("it needs 400 such rows");
  expect(home.querySelector(".al-shares")).toBeNull();
});

test("two clicks lead from the change to the rows: a column leaves its slices, a slice its columns", async () => {
  show();
  option("column", 1)?.click();
  await drawn();
  expect(chosen.at(-1)?.selection).toEqual(selectionOf({ column: "hour" }));
  expect(all('[data-part="slice"]')).toHaveLength(1);
  option("slice", 0)?.click();
  await drawn();
  expect(chosen.at(-1)?.selection).toEqual(selectionOf({ column: "hour", slice: 1 }));
  expect(text(".al-reading")).toContain("site is c and hour ≥ 17: +0.03 [0.02, 0.04], 30\u202f% of the change");
  expect(home.querySelector(".al-within")).not.toBeNull();
});

test("a column of which no slice stands out says so; the slice that is not its own is let go", async () => {
  show();
  option("slice", 0)?.click();
  await drawn();
  expect(option("column", 1)?.classList).toContain("al-aside-row");
  option("column", 2)?.click();
  await drawn();
  expect(chosen.at(-1)?.selection).toEqual(selectionOf({ column: "age" }));
  expect(text(".al-none")).toContain("No slice of age stands out");
});

test("arrows walk columns and slices, and Escape lets go of the slice, then of the column", async () => {
  const root = show();
  press(find('[aria-label="Covariate part by column"]'), "ArrowDown");
  await drawn();
  press(find('[aria-label="Covariate part by slice"]'), "End");
  await drawn();
  expect(chosen.at(-1)?.selection).toEqual(selectionOf({ column: "site", slice: 1 }));
  expect(find('[aria-label="Covariate part by slice"]').getAttribute("aria-activedescendant")).toMatch(/-slice-1$/);
  press(root, "Escape");
  expect(chosen.at(-1)?.selection).toEqual(selectionOf({ column: "site" }));
  press(root, "Escape");
  expect(chosen.at(-1)?.selection).toBeNull();
});

test("a selection from elsewhere is taken over and not sent back; what it names beyond the report is nothing", async () => {
  show();
  comes({ selection: selectionOf({ slice: 0 }) });
  await drawn();
  expect(option("slice", 0)?.getAttribute("aria-selected")).toBe("true");
  comes({ selection: selectionOf({ slice: 9, column: "x", group: "y" }) });
  await drawn();
  expect(all('[aria-selected="true"]')).toEqual([]);
  expect(chosen).toEqual([]);
});

test("the table has every number, and what each part rests on", async () => {
  show();
  button("Table").click();
  await drawn();
  expect(all("caption").map((one) => one.textContent)).toEqual([
    "Parts",
    "Covariate, by column",
    "Covariate, by slice",
  ]);
  expect(home.textContent).toContain("rests on");
});

test("How sure? says what was tested", async () => {
  show();
  button("How sure?").click();
  await drawn();
  expect(text(".al-note")).toContain("The scores are distributed as they were: refuted (p 0.001)");
});

test("the rows of a slice are a call where a kernel runs; without one the entry is there and says what to do", async () => {
  show(explanation(), UNTOUCHED, true);
  option("slice", 0)?.click();
  await menu();
  expect(button("Rows of the selection…").getAttribute("aria-disabled")).toBe("false");
  comes({ selection: selectionOf({ slice: 0 }) }, false);
  await drawn();
  expect(button("Rows of the selection…").getAttribute("aria-disabled")).toBe("true");
  expect(button("Rows of the selection…").title).toContain("running kernel");
});

test("names from the data stay text", async () => {
  const plain = explanation();
  const [slice] = plain.slices;
  if (slice === undefined) throw new Error("a slice");
  const named = { ...slice, words: HOSTILE, conditions: slice.conditions.map((one) => ({ ...one, words: HOSTILE })) };
  show({ ...plain, noun: HOSTILE, slices: [named], columns: [{ column: HOSTILE, change: 1, low: 0, high: 2 }] });
  option("slice", 0)?.click();
  await drawn();
  expect(home.querySelector("img")).toBeNull();
});

test("nothing is left behind", () => leavesNothing(show));

test("the panel is drawn as it was", () => isDrawnAs(show(), "explanation"));
