// One panel's line to the kernel: a comm that carries `{id, state}` both ways, questions there and answers back.
import type { IComm, IKernelConnection } from "@jupyterlab/rendermime";
import type { ViewState } from "../contract/results";
import { type Answer, Questions } from "./questions";

const TARGET = "afterlaunch.panel.v1";

interface Ends {
  /** The kernel's view state: first when the line stands, then whenever it changed elsewhere. */
  heard(state: ViewState): void;
  /** The kernel does not know the panel, or let go of it. */
  ended(): void;
}

export class Line {
  readonly #kernel: IKernelConnection;
  readonly #comm: IComm;
  readonly #id: string;
  readonly #questions = new Questions((ask) => this.#comm.send({ id: this.#id, ask }));
  #answered = false;
  #ended = false;

  /** Asks the kernel for `id`. The question waits while the kernel is busy; the answer is a state, or a closed comm. */
  constructor(kernel: IKernelConnection, id: string, { heard, ended }: Ends) {
    this.#kernel = kernel;
    this.#id = id;
    this.#comm = kernel.createComm(TARGET);
    this.#comm.onMsg = ({ content }) => {
      this.#answered = true;
      const { state, answer } = content.data as { state?: ViewState; answer?: Answer };
      if (answer !== undefined) this.#questions.hear(answer);
      else if (state !== undefined) heard(state);
    };
    this.#comm.onClose = () => {
      this.#forget();
      ended();
    };
    this.#comm.open({ id });
  }

  /** Whether it stands, or asks to: a restart announces one kernel twice. */
  reaches(kernel: IKernelConnection): boolean {
    return kernel === this.#kernel && !this.#ended;
  }

  /** Tells the kernel of a choice; not before it has answered, or panel and kernel would disagree. */
  choose(state: ViewState) {
    if (this.#answered && !this.#ended) this.#comm.send({ id: this.#id, state });
  }

  /** Asks the kernel for what the payload does not hold; the answer stays in the page, and is not saved. */
  ask(what: string): Promise<unknown> {
    if (!this.#answered || this.#ended) return Promise.reject(new Error("no kernel answers here"));
    return this.#questions.ask(what);
  }

  close() {
    if (this.#ended) return;
    const comm = this.#comm;
    this.#forget();
    // The answer that is under way would find no comm, of which JupyterLab complains: it closes the comm instead.
    if (this.#answered) end(comm);
    else comm.onMsg = () => end(comm);
  }

  /** JupyterLab keeps closed comms reachable, and by their handlers the whole panel. */
  #forget() {
    this.#ended = true;
    this.#questions.end();
    this.#comm.onMsg = () => {};
    this.#comm.onClose = () => {};
  }
}

function end(comm: IComm) {
  if (comm.isDisposed) return;
  try {
    comm.close();
  } catch {
    // The connection went first, and the comm with it.
  }
}
