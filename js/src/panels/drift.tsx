// The drift panel: any window against any window, in the page.

import type { VNode } from "preact";
import type { DriftPayload } from "../contract/drift";
import type { ViewState } from "../contract/results";
import { decode } from "./drift/decode";
import { Model } from "./drift/model";
import { DriftPanel } from "./drift/panel";
import { Empty, Loading } from "./drift/states";
import type { Host, Mounted, Panel } from "./panel";
import { type Drawn, reasonOf, Shell } from "./shared/shell";
import { Failed } from "./shared/states";

export const panel: Panel<DriftPayload, ViewState> = {
  kind: "drift",
  mount: (element, payload, state, host, live) => new Drift(element, payload, state, host, live),
};

class Drift implements Mounted<ViewState>, Drawn {
  private readonly shell: Shell;
  private model: Model | null = null;

  constructor(
    element: HTMLElement,
    private readonly payload: DriftPayload,
    private state: ViewState,
    private readonly host: Host<ViewState>,
    private live: boolean,
  ) {
    this.shell = new Shell(element, this);
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
    this.shell.destroy();
    this.model?.destroy();
  }

  draw(count: number): VNode | null {
    return this.model && <DriftPanel model={this.model} id={this.shell.id} draw={count} />;
  }

  failed(error: unknown): VNode {
    return <Failed id={this.shell.titleId} what="Its counts" reason={reasonOf(error)} />;
  }

  escape(): boolean {
    if (this.model?.selection == null) return false;
    this.model.clear();
    return true;
  }

  private start(): void {
    const { shell, payload } = this;
    if (payload.columns.length === 0) {
      shell.show(<Empty id={shell.titleId} />);
      return;
    }
    shell.show(<Loading id={shell.titleId} sentence={payload.sentence} />);
    decode(payload).then(
      (counts) => this.ready(counts),
      (error: unknown) => shell.fail(error),
    );
  }

  private ready(counts: Float64Array[]): void {
    if (this.shell.gone) return;
    const choose = (state: ViewState) => {
      this.state = state;
      this.host.choose(state);
    };
    try {
      this.model = new Model(this.payload, counts, this.live, { draw: this.shell.schedule, choose });
      this.model.apply(this.state);
      this.shell.draw();
      this.model.begin();
    } catch (error) {
      this.shell.fail(error);
    }
  }
}
