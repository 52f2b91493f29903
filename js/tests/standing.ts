// A panel that stands on a page: put there before a test looks at it, taken away after.
import { afterEach, beforeEach, expect, vi } from "vitest";
import type { ViewState } from "../src/contract/results";
import type { Mounted, Panel } from "../src/panels/panel";
import { UNTOUCHED } from "../src/panels/shared/selection";

/** Text that would run, were it taken for HTML. */
export const HOSTILE = "<img src=x onerror=alert(1)>";

/** Where the panel stands. */
export let home: HTMLElement;
/** What the reader chose, in order. */
export let chosen: ViewState[];
/** The panel that stands there, if any. */
export let mounted: Mounted<ViewState> | undefined;

beforeEach(() => {
  home = document.createElement("div");
  document.body.append(home);
  chosen = [];
});

afterEach(() => {
  leave();
  home.remove();
});

/** Put a panel there, in place of the last; returns its section. */
export function stand<Payload>(
  panel: Panel<Payload, ViewState>,
  payload: Payload,
  state: ViewState,
  live = false,
  ask: (what: string) => Promise<unknown> = () => Promise.reject(new Error("nobody to ask")),
): HTMLElement {
  leave();
  mounted = panel.mount(home, payload, state, { choose: (next) => chosen.push(next), ask }, live);
  return home.querySelector(".al") as HTMLElement;
}

/** Returns how to put a panel there that draws at once; its usual payload where none is given. */
export const shows =
  <Payload>(panel: Panel<Payload, ViewState>, usual: () => Payload) =>
  (shown: Payload = usual(), state: ViewState = UNTOUCHED, live = false) =>
    stand(panel, shown, state, live);

/** The same of a panel that reads its data first. */
export const showsRead =
  <Payload>(panel: Panel<Payload, ViewState>, usual: () => Payload) =>
  async (shown: Payload = usual(), state: ViewState = UNTOUCHED, live = false) => {
    const root = stand(panel, shown, state, live);
    await read();
    return root;
  };

/** A view state comes from elsewhere. */
export const comes = (state: Partial<ViewState>, live = true) => mounted?.update({ ...UNTOUCHED, ...state }, live);

/** Take the panel away. */
export function leave() {
  mounted?.destroy();
  mounted = undefined;
}

/** Wait until the panel has read its data. */
export const read = () => vi.waitFor(() => expect(home.querySelector(".al-footer")).not.toBeNull());
/** Wait until verdicts are those of the windows shown. */
export const judged = () =>
  vi.waitFor(() => expect(home.querySelector(".al-verdict.al-pending")).toBeNull(), { timeout: 5000 });
/** Wait for the next frame. */
export const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));

export function find(selector: string): HTMLElement {
  const element = home.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`nothing matches ${selector}`);
  return element;
}

export const all = (selector: string) => [...home.querySelectorAll<HTMLElement>(selector)];
/** The button that is called so, whether it is there or not. */
export const button = (name: string) => all("button").find((one) => one.textContent === name) as HTMLButtonElement;
export const text = (selector: string) => find(selector).textContent ?? "";
export const part = (name: string) => find(`[data-part="${name}"]`);
export const press = (element: Element, key: string, more: KeyboardEventInit = {}) =>
  element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));

/** What names the section for those who hear it. */
export const title = (root: Element) =>
  document.getElementById(root.getAttribute("aria-labelledby") ?? "")?.textContent ?? "";

/** Open the menu, or close it. */
export async function menu() {
  find('button[aria-label="More"]').click();
  await drawn();
}

/** Returns the code that an entry of the menu copies, and closes what shows it. */
export async function copied(entry: string): Promise<string> {
  await menu();
  button(entry).click();
  await vi.waitFor(() => expect(home.querySelector("pre")).not.toBeNull());
  const code = text("pre");
  await menu();
  await menu();
  return code;
}

/** Expect that nothing is left of a panel that goes with its menu open, and that what was moving tells nobody. */
export async function leavesNothing(shown: () => unknown, moving = () => {}) {
  const listening = vi.spyOn(document, "addEventListener");
  const leaving = vi.spyOn(document, "removeEventListener");
  await shown();
  await menu();
  const told = [...chosen];
  moving();
  leave();
  await new Promise((done) => setTimeout(done, 300));
  expect(home.innerHTML).toBe("");
  expect(leaving.mock.calls.length).toBe(listening.mock.calls.length);
  expect(chosen).toEqual(told);
}

/** Expect that a panel that goes while it is read draws nothing. */
export async function drawsNothingUnread<Payload>(panel: Panel<Payload, ViewState>, payload: Payload) {
  stand(panel, payload, UNTOUCHED);
  leave();
  await new Promise((done) => setTimeout(done, 100));
  expect(home.innerHTML).toBe("");
}

/** Expect that a panel has drawn what is written down in its golden text. */
export const isDrawnAs = (root: Element, name: string) =>
  expect(asDrawn(root)).toMatchFileSnapshot(`./golden/${name}.txt`);

/** What a panel has drawn, for comparison with a text: engines may differ in the last digits of powers and logarithms. */
const asDrawn = (root: Element): string =>
  `${root.outerHTML
    .replaceAll(/al-\d+/g, "al-1")
    .replaceAll(/\d+\.\d{7,}/g, (figure) => String(Number(Number(figure).toFixed(6))))
    .replaceAll("><", ">\n<")}\n`;
