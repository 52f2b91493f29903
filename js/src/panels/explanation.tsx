// The explanation panel: why a mean loss changed, in two accountings side by side.

import type { VNode } from "preact";
import type { ExplanationPayload } from "../contract/explain";
import type { ViewState } from "../contract/results";
import { ExplanationPanel } from "./explanation/panel";
import type { Host, Mounted, Panel } from "./panel";
import { selectionOf, UNTOUCHED } from "./shared/selection";
import { type Drawn, reasonOf, Shell } from "./shared/shell";
import { Failed } from "./shared/states";

export const panel: Panel<ExplanationPayload, ViewState> = {
  kind: "explanation",
  mount: (element, payload, state, host, live) => new Explanation(element, payload, state, host, live),
};

class Explanation implements Mounted<ViewState>, Drawn {
  private readonly shell: Shell;

  constructor(
    element: HTMLElement,
    private readonly payload: ExplanationPayload,
    private state: ViewState,
    private readonly host: Host<ViewState>,
    private live: boolean,
  ) {
    this.shell = new Shell(element, this);
    this.shell.draw();
  }

  update(state: ViewState, live: boolean): void {
    this.state = state;
    this.live = live;
    this.shell.schedule();
  }

  destroy(): void {
    this.shell.destroy();
  }

  draw(): VNode {
    return (
      <ExplanationPanel
        payload={this.payload}
        id={this.shell.id}
        live={this.live}
        slice={this.slice}
        pick={(place) => this.pick(place)}
      />
    );
  }

  failed(error: unknown): VNode {
    return <Failed id={this.shell.titleId} what="Its numbers" reason={reasonOf(error)} />;
  }

  escape(): boolean {
    if (this.slice === null) return false;
    this.pick(null);
    return true;
  }

  /** The place of the selected slice, null where there is none. */
  private get slice(): number | null {
    const place = this.state.selection?.slice ?? null;
    return place !== null && place < this.payload.slices.length ? place : null;
  }

  private pick(place: number | null): void {
    const selection = place === null || place === this.slice ? null : selectionOf({ slice: place });
    this.state = { ...UNTOUCHED, ...this.state, selection };
    this.host.choose(this.state);
    this.shell.schedule();
  }
}
