import { expect, test, vi } from "vitest";
import { gain } from "../../../tests/loops-blocks";
import { boundOnly, found, noEvidence, unidentified } from "../../../tests/loops-payload";
import { estimate } from "../../../tests/loops-time";
import { all, button, chosen, drawn, find, part, shows, text } from "../../../tests/standing";
import { panel } from "../loops";

const show = shows(panel, found);
const ranges = () => all('input[type="range"]') as HTMLInputElement[];

function slide(input: HTMLInputElement | undefined, place: number) {
  if (input === undefined) throw new Error("no such slider");
  input.value = String(place);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

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
  await vi.waitFor(() => expect(chosen.at(-1)?.remedy).toEqual({ explore: 0.1, correct: true, guarantee: 0 }));
  find('[role="switch"]').click();
  slide(ranges()[0], 1);
  await drawn();
  expect(part("what-if").textContent).toContain("as today: Gini 0.58");
  await vi.waitFor(() => expect(chosen.at(-1)?.remedy).toEqual({ explore: 0.02, correct: false, guarantee: 0 }));
});
