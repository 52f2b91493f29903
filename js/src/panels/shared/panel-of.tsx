import type { ComponentType, VNode } from "preact";
import type { ViewState } from "../../contract/results";
import type { Host, Mounted, Panel } from "../panel";
import { type Drawn, reasonOf, Shell } from "./shell";
import { Failed } from "./states";

/** What a model tells its panel. */
export interface Listener {
  /** Something changed: draw again. */
  draw(): void;
  /** The reader chose a new view state. */
  choose(state: ViewState): void;
  /** Asks the kernel; rejects where none answers. */
  ask(what: string): Promise<unknown>;
}

/** What a panel needs of its model. */
export interface Driven {
  live: boolean;
  /** Take over a view state from elsewhere. */
  apply(state: ViewState): void;
  /** Let the selection go; returns whether there was one. */
  clear(): boolean;
  destroy(): void;
}

/** What makes one kind of panel: its data, the model that they become, and how that is drawn. */
export interface Recipe<Payload, Data, Model extends Driven> {
  readonly kind: string;
  /** What cannot be read where the panel fails. */
  readonly what: string;
  /** What stands in place of a panel that has nothing to draw; null where it has. */
  nothing(payload: Payload, id: string): VNode | null;
  /** What stands there until the data are read, where that takes a moment. */
  waiting?(payload: Payload, id: string): VNode;
  read(payload: Payload): Data | Promise<Data>;
  model(payload: Payload, data: Data, live: boolean, listener: Listener): Model;
  /** What begins once the panel stands. */
  begin?(model: Model): void;
  readonly panel: ComponentType<{ model: Model; id: string; draw: number }>;
}

/** Return the panel that a recipe makes. */
export const panelOf = <Payload, Data, Model extends Driven>(
  recipe: Recipe<Payload, Data, Model>,
): Panel<Payload, ViewState> => ({
  kind: recipe.kind,
  mount: (element, payload, state, host, live) => new Standing(recipe, element, payload, state, host, live),
});

class Standing<Payload, Data, Model extends Driven> implements Mounted<ViewState>, Drawn {
  private readonly shell: Shell;
  private model: Model | null = null;

  constructor(
    private readonly recipe: Recipe<Payload, Data, Model>,
    element: HTMLElement,
    private readonly payload: Payload,
    private state: ViewState,
    private readonly host: Host<ViewState>,
    private live: boolean,
  ) {
    this.shell = new Shell(element, this);
    try {
      this.start();
    } catch (error) {
      this.shell.fail(error);
    }
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
    const Drawing = this.recipe.panel;
    return this.model && <Drawing model={this.model} id={this.shell.id} draw={count} />;
  }

  failed(error: unknown): VNode {
    return <Failed id={this.shell.titleId} what={this.recipe.what} reason={reasonOf(error)} />;
  }

  escape(): boolean {
    return this.model?.clear() ?? false;
  }

  private start(): void {
    const { shell, payload, recipe } = this;
    const nothing = recipe.nothing(payload, shell.titleId);
    if (nothing !== null) {
      shell.show(nothing);
      return;
    }
    const data = recipe.read(payload);
    if (!(data instanceof Promise)) {
      this.ready(data);
      return;
    }
    if (recipe.waiting !== undefined) shell.show(recipe.waiting(payload, shell.titleId));
    data.then(
      (read) => this.ready(read),
      (error: unknown) => shell.fail(error),
    );
  }

  private ready(data: Data): void {
    const { shell, recipe } = this;
    if (shell.gone) return;
    const choose = (state: ViewState) => {
      this.state = state;
      this.host.choose(state);
    };
    const ask = (what: string) => this.host.ask?.(what) ?? Promise.reject(new Error("no kernel answers here"));
    try {
      const model = recipe.model(this.payload, data, this.live, { draw: shell.schedule, choose, ask });
      this.model = model;
      model.apply(this.state);
      shell.draw();
      recipe.begin?.(model);
    } catch (error) {
      shell.fail(error);
    }
  }
}
