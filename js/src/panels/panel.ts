// What a panel is, whatever the host: a pure view of one payload and of a small view state.

/** What the panel tells its host. */
export interface Host<State> {
  /** The reader chose something: the whole new view state. */
  choose(state: State): void;
  /** Asks the kernel for what the payload does not hold; rejects where none answers. Without it nobody can be asked. */
  ask?(what: string): Promise<unknown>;
}

/** A panel on the page. */
export interface Mounted<State> {
  /** Take over a view state from elsewhere; `live` says whether a choice reaches a kernel. */
  update(state: State, live: boolean): void;
  /** Leave nothing behind: no node, listener, observer or timer. */
  destroy(): void;
}

/** One kind of panel. */
export interface Panel<Payload, State> {
  readonly kind: string;
  mount(element: HTMLElement, payload: Payload, state: State, host: Host<State>, live: boolean): Mounted<State>;
}
