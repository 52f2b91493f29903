// Work in slices, so that the page never stands still for long.

const SLICE = 10; // milliseconds of work before the page may draw

/** Does one piece of work at a time: what is started takes the place of what was under way. */
export class Work {
  private readonly channel = new MessageChannel();
  private steps: Iterator<unknown> | null = null;

  constructor() {
    this.channel.port1.onmessage = () => this.slice();
  }

  start(steps: Iterator<unknown>): void {
    this.steps = steps;
    this.channel.port2.postMessage(null);
  }

  stop(): void {
    this.steps = null;
  }

  destroy(): void {
    this.stop();
    this.channel.port1.onmessage = null;
    this.channel.port1.close();
  }

  private slice(): void {
    const end = performance.now() + SLICE;
    while (this.steps !== null && performance.now() < end) if (this.steps.next().done) this.steps = null;
    if (this.steps !== null) this.channel.port2.postMessage(null);
  }
}
