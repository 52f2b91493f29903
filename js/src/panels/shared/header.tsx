import { Actions, type ActionsProps } from "./actions";

export interface Headline {
  /** The mark of the verdict and the class that colours it. */
  readonly mark: string;
  readonly tone: string;
  readonly sentence: string;
  readonly evidence: string;
}

export interface HeaderProps extends ActionsProps {
  /** Of the panel: its verdict, which names it, has an id made of it. */
  readonly id: string;
  readonly said: Headline;
  /** The longest sentence to expect: its room is kept, so that a shorter one moves nothing. */
  readonly roomFor: string;
  readonly pending: boolean;
}

const ONE_LINE = 84; // letters

/** The verdict in one sentence, how sure it is, and at most three actions. */
export function Header({ id, said, roomFor, pending, ...actions }: HeaderProps) {
  const { mark, tone, sentence, evidence } = said;
  const tall = roomFor.length > ONE_LINE ? " al-tall" : "";
  const fade = pending ? " al-pending" : "";
  return (
    <div class="al-header">
      <p class={`al-verdict${tall}${fade}`} id={`${id}-verdict`}>
        <span class={`al-mark al-${tone}`} aria-hidden="true">
          {mark}
        </span>
        <span>{sentence}</span>
      </p>
      <Actions {...actions} />
      <p class={`al-evidence${fade}`} title={evidence}>
        {evidence}
      </p>
    </div>
  );
}

/** The same of a verdict that is never judged anew: its evidence takes as many lines as it needs. */
export const SteadyHeader = (props: Omit<HeaderProps, "pending">) => (
  <div class="al-steady">
    <Header {...props} pending={false} />
  </div>
);
