// The performance panel: every metric over time, and any window against any window, in the page.

import type { VNode } from "preact";
import type { PerformancePayload } from "../contract/performance";
import type { ViewState } from "../contract/results";
import type { Host, Mounted, Panel } from "./panel";
import { Model } from "./performance/model";
import { PerformancePanel } from "./performance/panel";
import { readMeasures } from "./performance/read";
import { MARK, overall } from "./performance/words";
import { type Drawn, reasonOf, Shell } from "./shared/shell";
import { Failed, State } from "./shared/states";

export const panel: Panel<PerformancePayload, ViewState> = {
  kind: "performance",
  mount: (element, payload, state, host, live) => new Performance(element, payload, state, host, live),
};

class Performance implements Mounted<ViewState>, Drawn {
  private readonly shell: Shell;
  private model: Model | null = null;

  constructor(
    element: HTMLElement,
    private readonly payload: PerformancePayload,
    private state: ViewState,
    private readonly host: Host<ViewState>,
    private live: boolean,
  ) {
    this.shell = new Shell(element, this);
    this.shell.show(<Loading id={this.shell.titleId} payload={payload} />);
    readMeasures(payload).then(
      (measures) => this.ready(measures),
      (error: unknown) => this.shell.fail(error),
    );
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
    return this.model && <PerformancePanel model={this.model} id={this.shell.id} draw={count} />;
  }

  failed(error: unknown): VNode {
    return <Failed id={this.shell.titleId} what="Its sums" reason={reasonOf(error)} />;
  }

  escape(): boolean {
    return this.model?.clear() ?? false;
  }

  private ready(measures: Awaited<ReturnType<typeof readMeasures>>): void {
    if (this.shell.gone) return;
    const choose = (state: ViewState) => {
      this.state = state;
      this.host.choose(state);
    };
    try {
      this.model = new Model(this.payload, measures, this.live, { draw: this.shell.schedule, choose });
      this.model.apply(this.state);
      this.shell.draw();
    } catch (error) {
      this.shell.fail(error);
    }
  }
}

/** The verdict stands before the sums are read. */
function Loading({ id, payload }: { id: string; payload: PerformancePayload }) {
  const mark = MARK[overall(payload.series)];
  return <State id={id} mark={mark} title={payload.sentence} text="Reading the sums…" />;
}
