import { render, type VNode } from "preact";
import { followTheme } from "./theme";

const MOUNTED = Symbol.for("afterlaunch.mounted");
const page = globalThis as { [MOUNTED]?: number };

/** A number that no other panel of the page has: each kind of panel brings a runtime of its own there. */
function another(): number {
  page[MOUNTED] = (page[MOUNTED] ?? 0) + 1;
  return page[MOUNTED];
}

export interface Drawn {
  /** What the panel shows now; `draw` counts the drawings, so that each is one. */
  draw(count: number): VNode | null;
  /** What to show where drawing failed. */
  failed(error: unknown): VNode;
  /** Escape was pressed: returns whether there was something to let go. */
  escape(): boolean;
}

/** What every panel stands in: a section in the host's theme, drawn once a frame at most, which leaves nothing behind. */
export class Shell {
  readonly root: HTMLElement;
  readonly id = `al-${another()}`;
  gone = false;
  private readonly leaveTheme: () => void;
  private frame = 0;
  private draws = 0;

  constructor(
    element: HTMLElement,
    private readonly drawn: Drawn,
  ) {
    this.root = element.ownerDocument.createElement("section");
    this.root.className = "al";
    this.root.setAttribute("aria-labelledby", this.titleId);
    element.append(this.root);
    this.leaveTheme = followTheme(this.root, (theme) => {
      if (theme === null) delete this.root.dataset.theme;
      else this.root.dataset.theme = theme;
    });
    this.root.addEventListener("keydown", this.press);
  }

  /** The id of the verdict, which names the section. */
  get titleId(): string {
    return `${this.id}-verdict`;
  }

  /** Draw in the next frame. */
  readonly schedule = (): void => {
    if (this.frame !== 0 || this.gone) return;
    this.frame = requestAnimationFrame(() => this.draw());
  };

  /** Draw now. */
  draw(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (this.gone) return;
    try {
      const node = this.drawn.draw(++this.draws);
      if (node !== null) render(node, this.root);
    } catch (error) {
      this.fail(error);
    }
  }

  show(node: VNode): void {
    if (!this.gone) render(node, this.root);
  }

  fail(error: unknown): void {
    this.show(this.drawn.failed(error));
  }

  destroy(): void {
    this.gone = true;
    cancelAnimationFrame(this.frame);
    this.leaveTheme();
    this.root.removeEventListener("keydown", this.press);
    render(null, this.root);
    this.root.remove();
  }

  private readonly press = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && this.drawn.escape()) event.stopPropagation();
  };
}

/** An error in a few words. */
export const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
