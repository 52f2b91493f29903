// Questions to the kernel: each has a number, a deadline and an error.

const DEADLINE = 30_000; // milliseconds; a kernel that computes answers when it is done

/** What goes out, and what comes back under the same number. */
export interface Question {
  readonly n: number;
  readonly what: string;
}
export interface Answer {
  readonly n: number;
  readonly value?: unknown;
  readonly error?: string;
}

interface Open {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

export class Questions {
  readonly #open = new Map<number, Open>();
  readonly #send: (question: Question) => void;
  #n = 0;

  constructor(send: (question: Question) => void) {
    this.#send = send;
  }

  ask(what: string): Promise<unknown> {
    const n = ++this.#n;
    return new Promise((resolve, reject) => {
      const late = () => this.hear({ n, error: "The kernel has not answered: it may be busy. Try again." });
      this.#open.set(n, { resolve, reject, timer: setTimeout(late, DEADLINE) });
      this.#send({ n, what });
    });
  }

  /** An answer came; one that nobody waits for is dropped. */
  hear({ n, value, error }: Answer): void {
    const open = this.#open.get(n);
    if (open === undefined) return;
    this.#open.delete(n);
    clearTimeout(open.timer);
    if (error === undefined) open.resolve(value);
    else open.reject(new Error(error));
  }

  /** Nobody will answer any more. */
  end(): void {
    for (const n of [...this.#open.keys()]) this.hear({ n, error: "The kernel is gone." });
  }
}
