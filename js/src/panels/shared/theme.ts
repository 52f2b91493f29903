// Whether the host is light or dark, read from its own variables; it may change while the panel is shown.

export type Theme = "light" | "dark";

// JupyterLab (also nbconvert and voila), VS Code, marimo
const GROUNDS = ["--jp-layout-color1", "--vscode-editor-background", "--background"];
const TELLING = ["class", "style", "data-theme", "data-jp-theme-light", "data-vscode-theme-kind"];
const DARK = 0.4;

/** Calls `change` with the host's theme, now and whenever it changes; null where the host says nothing. */
export function followTheme(element: HTMLElement, change: (theme: Theme | null) => void): () => void {
  const page = element.ownerDocument;
  const read = () => change(readTheme(element));
  const observer = new MutationObserver(read);
  for (const node of [page.documentElement, page.body])
    observer.observe(node, { attributes: true, attributeFilter: TELLING });
  // The theme's stylesheet may come after the panel, as in JupyterLite and voila. Loads do not bubble, but pass here.
  page.addEventListener("load", read, true);
  read();
  return () => {
    observer.disconnect();
    page.removeEventListener("load", read, true);
  };
}

function readTheme(element: HTMLElement): Theme | null {
  const named = element.parentElement?.closest<HTMLElement>("[data-theme]")?.dataset.theme;
  if (named === "light" || named === "dark") return named;
  const style = getComputedStyle(element);
  const ground = GROUNDS.map((name) => style.getPropertyValue(name).trim()).find((value) => value !== "");
  if (ground === undefined) return null;
  const brightness = brightnessOf(ground, element);
  return brightness === null ? null : brightness < DARK ? "dark" : "light";
}

/** The brightness of any colour that CSS knows, 0 to 1. */
function brightnessOf(colour: string, element: HTMLElement): number | null {
  const probe = element.ownerDocument.createElement("span");
  probe.style.color = colour;
  element.append(probe);
  const parts = getComputedStyle(probe)
    .color.match(/[\d.]+/g)
    ?.map(Number);
  const isUnit = getComputedStyle(probe).color.startsWith("color(");
  probe.remove();
  if (parts === undefined || parts.length < 3 || probe.style.color === "") return null;
  const [red = 0, green = 0, blue = 0] = parts.map((part) => (isUnit ? part : part / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
