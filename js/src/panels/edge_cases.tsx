// The edge-case panel: where a model does worse, and whether those rows are odd.

import type { VNode } from "preact";
import type { EdgeCasePayload } from "../contract/edges";
import type { ViewState } from "../contract/results";
import { Model } from "./edge_cases/model";
import { EdgeCasePanel } from "./edge_cases/panel";
import { isEmpty, Nothing } from "./edge_cases/states";
import type { Host, Mounted, Panel } from "./panel";
import { type Drawn, reasonOf, Shell } from "./shared/shell";
import { Failed } from "./shared/states";

export const panel: Panel<EdgeCasePayload, ViewState> = {
  kind: "edge_cases",
  mount: (element, payload, state, host, live) => new EdgeCases(element, payload, state, host, live),
};

class EdgeCases implements Mounted<ViewState>, Drawn {
  private readonly shell: Shell;
  private model: Model | null = null;

  constructor(
    element: HTMLElement,
    private readonly payload: EdgeCasePayload,
    state: ViewState,
    host: Host<ViewState>,
    live: boolean,
  ) {
    this.shell = new Shell(element, this);
    try {
      const { schedule } = this.shell;
      this.model = new Model(payload, live, { draw: schedule, choose: (chosen) => host.choose(chosen) });
      this.model.apply(state);
      this.shell.draw();
    } catch (error) {
      this.shell.fail(error);
    }
  }

  update(state: ViewState, live: boolean): void {
    if (this.model === null) return;
    this.model.live = live;
    this.model.apply(state);
  }

  destroy(): void {
    this.shell.destroy();
    this.model?.destroy();
  }

  draw(count: number): VNode | null {
    if (isEmpty(this.payload)) return <Nothing id={this.shell.titleId} payload={this.payload} />;
    return this.model && <EdgeCasePanel model={this.model} id={this.shell.id} draw={count} />;
  }

  failed(error: unknown): VNode {
    return <Failed id={this.shell.titleId} what="Its numbers" reason={reasonOf(error)} />;
  }

  escape(): boolean {
    return this.model?.clear() ?? false;
  }
}
