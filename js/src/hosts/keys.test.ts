import { afterEach, beforeEach, expect, test } from "vitest";
import { keepKeys } from "./keys";

let panel: HTMLElement;
let control: HTMLElement;
let elsewhere: HTMLElement;
let stop: () => void;
let taken: string[];

/** What Notebook 7 does: hear keys at the document, in the capture phase, and act unless the target says not to. */
const shortcuts = (event: KeyboardEvent) => {
  const target = event.target as Element;
  if (!target.hasAttribute("data-lm-suppress-shortcuts")) taken.push(event.key);
};

beforeEach(() => {
  document.body.innerHTML = '<div id="panel"><button>x</button></div><button id="elsewhere">y</button>';
  panel = document.querySelector("#panel") as HTMLElement;
  control = panel.querySelector("button") as HTMLElement;
  elsewhere = document.querySelector("#elsewhere") as HTMLElement;
  stop = keepKeys(panel);
  taken = [];
  document.addEventListener("keydown", shortcuts, true);
});

afterEach(() => {
  stop();
  document.removeEventListener("keydown", shortcuts, true);
});

const press = (key: string, more: KeyboardEventInit = {}) =>
  document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, ...more }));

test("arrows, Home, End, Enter and Escape are the panel's", () => {
  control.focus();
  for (const key of ["ArrowLeft", "ArrowDown", "Home", "End", "Enter", "Escape", " "]) press(key);
  press("ArrowRight", { shiftKey: true });
  expect(taken).toEqual([]);
});

test("all other keys stay the notebook's", () => {
  control.focus();
  press("s", { ctrlKey: true });
  press("Enter", { shiftKey: true });
  press("ArrowDown", { altKey: true });
  press("b");
  expect(taken).toEqual(["s", "Enter", "ArrowDown", "b"]);
});

test("a key of the notebook's is its own after one of the panel's", () => {
  control.focus();
  press("ArrowLeft");
  press("Enter", { ctrlKey: true });
  expect(taken).toEqual(["Enter"]);
});

test("elsewhere no key is touched", () => {
  control.focus();
  elsewhere.focus();
  press("ArrowLeft");
  expect(taken).toEqual(["ArrowLeft"]);
  expect(elsewhere.hasAttribute("data-lm-suppress-shortcuts")).toBe(false);
});

test("a panel that was let go, or taken away with the focus in it, hears no key", () => {
  control.focus();
  stop();
  press("ArrowLeft");
  expect(taken).toEqual(["ArrowLeft"]);
  stop = keepKeys(panel);
  elsewhere.focus();
  control.focus();
  panel.remove();
  elsewhere.focus();
  press("End");
  expect(taken).toEqual(["ArrowLeft", "End"]);
});
