// Draws our MIME type in JupyterLab and Notebook 7: from the saved data at once, and live as soon as the kernel answers.
// No widget manager takes part, so there is nothing to load that could fail to.
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import type { ViewState } from "../contract/results";
import type { Mounted } from "../panels/panel";
import { Line } from "./line";
import { mount, type Shown } from "./mount";
import type { Output, Place } from "./places";

export const MIME = "application/vnd.afterlaunch.panel.v1+json";

export class PanelRenderer extends Widget implements IRenderMime.IRenderer, Output {
  readonly #place: Place;
  #panel: Mounted<ViewState> | null = null;
  #state: ViewState | null = null;
  #line: Line | null = null;
  #trusted: string | null = null; // the id of what is shown, if it may talk to the kernel

  constructor(place: Place) {
    super();
    this.#place = place;
    place.outputs.add(this);
  }

  async renderModel(model: IRenderMime.IMimeModel) {
    const shown = model.data[MIME] as unknown as Shown;
    this.#hangUp();
    this.#panel?.destroy();
    this.#state = shown.state;
    const ask = (what: string) => this.#line?.ask(what) ?? Promise.reject(new Error("no kernel answers here"));
    this.#panel = mount(this.node, shown, { choose: (state) => this.#choose(state), ask }, false);
    this.#trusted = model.trusted ? shown.id : null;
    this.join();
  }

  join() {
    const kernel = this.#place.session?.session?.kernel;
    if (kernel != null && this.#line?.reaches(kernel)) return;
    this.leave();
    // Before the connection stands there is nothing to ask; its own signal will come.
    if (this.#trusted === null || kernel?.connectionStatus !== "connected" || !kernel.handleComms) return;
    this.#line = new Line(kernel, this.#trusted, {
      heard: (state) => this.#draw(state, true), // the kernel's choice wins over one made meanwhile
      ended: () => this.leave(),
    });
  }

  leave() {
    if (this.#hangUp() && this.#state !== null) this.#draw(this.#state, false);
  }

  override dispose() {
    if (this.isDisposed) return;
    this.#place.outputs.delete(this);
    this.#hangUp();
    this.#panel?.destroy();
    this.#panel = null;
    super.dispose();
  }

  #choose(state: ViewState) {
    this.#state = state;
    this.#line?.choose(state);
  }

  #draw(state: ViewState, live: boolean) {
    this.#state = state;
    this.#panel?.update(state, live);
  }

  #hangUp(): boolean {
    const line = this.#line;
    this.#line = null;
    line?.close();
    return line !== null;
  }
}
