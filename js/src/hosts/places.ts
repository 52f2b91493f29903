// Which session an output belongs to. JupyterLab does not tell a renderer, but gives it the resolver of its notebook's or
// console's own registry, in "New View for Output" too: the two meet at that object, whichever comes first.
import type { IRenderMimeRegistry, ISessionContext } from "@jupyterlab/rendermime";

/** An output that can go live. */
export interface Output {
  /** A kernel may be there: ask it. */
  join(): void;
  /** The kernel is gone: stay as a saved panel. */
  leave(): void;
}

/** The outputs of one notebook or console, and its session once that is known. */
export class Place {
  readonly outputs = new Set<Output>();
  session: ISessionContext | null = null;
}

const places = new WeakMap<object, Place>();

export function placeOf(resolver: object | null): Place {
  if (resolver === null) return new Place();
  const place = places.get(resolver) ?? new Place();
  places.set(resolver, place);
  return place;
}

const GONE = new Set(["restarting", "autorestarting", "terminating", "dead"]);

/** Lets the outputs of a registry follow its session; JupyterLab drops these slots with the session. */
export function follow(registry: IRenderMimeRegistry, session: ISessionContext) {
  const place = placeOf(registry.resolver);
  const each = (act: (output: Output) => void) => {
    for (const output of place.outputs) act(output);
  };
  place.session = session;
  session.kernelChanged.connect(() => each((output) => output.join()));
  // On a restart comms are disposed of without a word: the status tells.
  session.statusChanged.connect((_, status) => {
    if (GONE.has(status)) each((output) => output.leave());
  });
  session.connectionStatusChanged.connect((_, status) => {
    each((output) => (status === "connected" ? output.join() : output.leave()));
  });
  each((output) => output.join());
}
