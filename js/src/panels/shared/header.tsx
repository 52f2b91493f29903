import type { ComponentChildren } from "preact";

export interface HeaderProps {
  readonly id: string;
  /** The mark of the verdict and the class that colours it. */
  readonly mark: string;
  readonly tone: string;
  readonly sentence: string;
  /** The longest sentence to expect: its room is kept, so that a shorter one moves nothing. */
  readonly roomFor: string;
  readonly evidence: string;
  readonly pending: boolean;
  readonly children: ComponentChildren;
}

const ONE_LINE = 84; // letters

/** The verdict in one sentence, how sure it is, and at most three actions. */
export function Header({ id, mark, tone, sentence, roomFor, evidence, pending, children }: HeaderProps) {
  const tall = roomFor.length > ONE_LINE ? " al-tall" : "";
  const fade = pending ? " al-pending" : "";
  return (
    <div class="al-header">
      <p class={`al-verdict${tall}${fade}`} id={id}>
        <span class={`al-mark al-${tone}`} aria-hidden="true">
          {mark}
        </span>
        <span>{sentence}</span>
      </p>
      {children}
      <p class={`al-evidence${fade}`} title={evidence}>
        {evidence}
      </p>
    </div>
  );
}
