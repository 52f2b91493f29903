import { afterEach, beforeEach, expect, test } from "vitest";
import { explanation } from "../../tests/explanation-payload";
import type { ViewState } from "../contract/results";
import { panel } from "./explanation";
import type { Mounted } from "./panel";
import { UNTOUCHED } from "./shared/selection";

let home: HTMLElement;
let mounted: Mounted<ViewState> | undefined;
let chosen: ViewState[];

beforeEach(() => {
  home = document.createElement("div");
  document.body.append(home);
  chosen = [];
});

afterEach(() => {
  mounted?.destroy();
  mounted = undefined;
  home.remove();
});

function show(shown = explanation()) {
  mounted = panel.mount(home, shown, UNTOUCHED, { choose: (next) => chosen.push(next) }, false);
}

const all = (selector: string) => [...home.querySelectorAll(selector)];
const button = (name: string) => all("button").find((one) => one.textContent === name) as HTMLButtonElement;
const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));

test("both accountings stand side by side, and the favoured one is named", () => {
  show();
  expect(all(".al-accounting").map((one) => one.getAttribute("data-part"))).toEqual(["features_first", "label_first"]);
  expect(home.querySelector('[data-part="features_first"] .al-favoured')).not.toBeNull();
  expect(home.querySelector('[data-part="label_first"] .al-favoured')).toBeNull();
});

test("every part has a mark and a word, and a placebo behind it", () => {
  show();
  expect(all(".al-part-mark").map((one) => one.textContent)).toEqual([
    "● hurts",
    "○ like placebo",
    "○ like placebo",
    "● helps",
  ]);
  expect(all(".al-placebo")).toHaveLength(4);
});

test("a part that cannot be told says what it needs", () => {
  const plain = explanation();
  const [first, second] = plain.accountings;
  if (first === undefined || second === undefined) throw new Error("two accountings");
  const untold = { change: null, low: null, high: null, placebo_low: null, placebo_high: null } as const;
  const parts = first.parts.map((part) => ({ ...part, ...untold, mark: "cannot_tell" as const, needs: "more rows" }));
  show({ ...plain, accountings: [{ ...first, parts }, second] });
  expect(home.querySelector(".al-needs")?.textContent).toBe("more rows");
});

test("picking a slice selects it, and Escape lets go of it", async () => {
  show();
  (home.querySelector(".al-share-pick") as HTMLButtonElement).click();
  await drawn();
  expect(chosen.at(-1)?.selection?.slice).toBe(0);
  expect(home.querySelector(".al-share-pick")?.getAttribute("aria-pressed")).toBe("true");
  home.querySelector(".al")?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(chosen.at(-1)?.selection).toBeNull();
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

test("names from the data stay text", () => {
  const plain = explanation();
  const [slice] = plain.slices;
  if (slice === undefined) throw new Error("a slice");
  show({ ...plain, slices: [{ ...slice, words: "<img src=x>" }] });
  expect(home.querySelector("img")).toBeNull();
});

test("nothing is left behind", () => {
  show();
  mounted?.destroy();
  mounted = undefined;
  expect(home.childNodes).toHaveLength(0);
});
