// The drift panel: any window against any window, in the page.

import { render } from "preact";
import type { DriftPayload } from "../contract/drift";
import type { ViewState } from "../contract/results";
import { decode } from "./drift/decode";
import { Model } from "./drift/model";
import { DriftPanel } from "./drift/panel";
import { Empty, Failed, Loading } from "./drift/states";
import { followTheme } from "./drift/theme";
import type { Host, Mounted, Panel } from "./panel";

let mounted = 0;

export const panel: Panel<DriftPayload, ViewState> = {
  kind: "drift",
  mount: (element, payload, state, host, live) => new Drift(element, payload, state, host, live),
};

class Drift implements Mounted<ViewState> {
  private readonly root: HTMLElement;
  private readonly id: string;
  private readonly leaveTheme: () => void;
  private model: Model | null = null;
  private frame = 0;
  private draws = 0;
  private gone = false;

  constructor(
    element: HTMLElement,
    private readonly payload: DriftPayload,
    private state: ViewState,
    private readonly host: Host<ViewState>,
    private live: boolean,
  ) {
    this.id = `al-${++mounted}`;
    this.root = element.ownerDocument.createElement("section");
    this.root.className = "al";
    this.root.setAttribute("aria-labelledby", `${this.id}-verdict`);
    element.append(this.root);
    this.leaveTheme = followTheme(this.root, (theme) => {
      if (theme === null) delete this.root.dataset.theme;
      else this.root.dataset.theme = theme;
    });
    this.root.addEventListener("keydown", this.escape);
    this.start();
  }

  update(state: ViewState, live: boolean): void {
    this.state = state;
    this.live = live;
    if (this.model === null) return;
    this.model.live = live;
    this.model.apply(state);
  }

  destroy(): void {
    this.gone = true;
    cancelAnimationFrame(this.frame);
    this.model?.destroy();
    this.leaveTheme();
    this.root.removeEventListener("keydown", this.escape);
    render(null, this.root);
    this.root.remove();
  }

  private start(): void {
    const id = `${this.id}-verdict`;
    if (this.payload.columns.length === 0) {
      render(<Empty id={id} />, this.root);
      return;
    }
    render(<Loading id={id} sentence={this.payload.sentence} />, this.root);
    decode(this.payload).then(
      (counts) => this.ready(counts),
      (error: unknown) => this.fail(error),
    );
  }

  private ready(counts: Float64Array[]): void {
    if (this.gone) return;
    const choose = (state: ViewState) => {
      this.state = state;
      this.host.choose(state);
    };
    try {
      this.model = new Model(this.payload, counts, this.live, { draw: () => this.schedule(), choose });
      this.model.apply(this.state);
      this.draw();
      this.model.begin();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    if (this.gone) return;
    const reason = error instanceof Error ? error.message : String(error);
    render(<Failed id={`${this.id}-verdict`} reason={reason} />, this.root);
  }

  private schedule(): void {
    if (this.frame !== 0 || this.gone) return;
    this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (this.model !== null && !this.gone)
      render(<DriftPanel model={this.model} id={this.id} draw={++this.draws} />, this.root);
  }

  private readonly escape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || this.model?.selection == null) return;
    event.stopPropagation();
    this.model.clear();
  };
}
