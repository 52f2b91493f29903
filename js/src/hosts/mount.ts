// What all hosts do: find the panel for a payload, give it its look, and say on the element whether it is live.
import type { ViewState } from "../contract/results";
import { panels } from "../panels/index";
import type { Host, Mounted, Panel } from "../panels/panel";
import css from "../panels/style.css";
import { keepKeys } from "./keys";

/** What Python gives every host: `afterlaunch.export.bundle.plain_shown`. */
export interface Shown {
  readonly id: string;
  readonly payload: { readonly kind: string };
  readonly state: ViewState;
}

type AnyPanel = Panel<Shown["payload"], ViewState>;

/** Draws the panel in `element`; `host` hears what the reader picks. Throws if no panel draws this kind of payload. */
export function mount(element: HTMLElement, shown: Shown, host: Host<ViewState>, live: boolean): Mounted<ViewState> {
  const { kind } = shown.payload;
  const panel = (panels as unknown as Readonly<Record<string, AnyPanel | undefined>>)[kind];
  if (panel === undefined) throw new Error(`no panel draws ${kind}; this page needs a newer afterlaunch`);
  dress(element);
  say(element, live);
  const letKeysGo = keepKeys(element);
  const mounted = panel.mount(element, shown.payload, shown.state, host, live);
  return {
    update(state, nowLive) {
      say(element, nowLive);
      mounted.update(state, nowLive);
    },
    destroy() {
      mounted.destroy();
      letKeysGo();
      delete element.dataset.live;
    },
  };
}

function say(element: HTMLElement, live: boolean) {
  element.dataset.live = String(live);
}

/** Adds the look, once to each document or shadow tree: marimo puts every widget in a tree of its own. */
function dress(element: HTMLElement) {
  const root = element.getRootNode();
  const home = root instanceof ShadowRoot ? root : document.head;
  const worn = [...home.querySelectorAll<HTMLStyleElement>("style[data-afterlaunch]")];
  if (worn.some((style) => style.textContent === css)) return;
  const style = document.createElement("style");
  style.dataset.afterlaunch = "";
  style.textContent = css;
  home.append(style);
}
