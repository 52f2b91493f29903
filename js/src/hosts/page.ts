// Exported pages and HTML outputs: this script runs once a page, and the small script of every output calls `show`.
import { mount, type Shown } from "./mount";

declare global {
  interface Window {
    afterlaunchPage?: { show(place: string, shown: Shown): void };
  }
}

/** Replaces the picture by the panel in every element with this id: a copied cell has the id of the first. */
function show(place: string, shown: Shown) {
  for (const element of document.querySelectorAll<HTMLElement>(`[id="${CSS.escape(place)}"]`)) {
    const picture = element.querySelector(":scope > img");
    if (picture !== null) replace(picture, element, shown);
  }
}

function replace(picture: Element, element: HTMLElement, shown: Shown) {
  const panel = document.createElement("div");
  element.append(panel);
  try {
    mount(panel, shown, { choose: () => {} }, false);
    picture.remove();
  } catch (error) {
    panel.remove(); // the picture stays
    console.error("afterlaunch:", error);
  }
}

window.afterlaunchPage = { show };
