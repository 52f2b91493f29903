// A panel that stands on a page: put there before a test looks at it, taken away after.
import { afterEach, beforeEach, expect, vi } from "vitest";
import type { ViewState } from "../src/contract/results";
import type { Mounted, Panel } from "../src/panels/panel";

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

export const text = (selector: string) => find(selector).textContent ?? "";
export const part = (name: string) => find(`[data-part="${name}"]`);
export const press = (element: Element, key: string, more: KeyboardEventInit = {}) =>
  element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));

/** What a panel has drawn, for comparison with a text: engines may differ in the last digits of powers and logarithms. */
export const asDrawn = (root: Element): string =>
  `${root.outerHTML
    .replaceAll(/al-\d+/g, "al-1")
    .replaceAll(/\d+\.\d{7,}/g, (figure) => String(Number(Number(figure).toFixed(6))))
    .replaceAll("><", ">\n<")}\n`;
