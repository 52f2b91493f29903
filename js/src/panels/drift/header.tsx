import type { ComponentChildren } from "preact";
import type { Verdict } from "../../contract/drift";
import { MARK } from "./phrases";

export interface HeaderProps {
  readonly id: string;
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly evidence: string;
  readonly pending: boolean;
  readonly children: ComponentChildren;
}

/** The verdict in one sentence, how sure it is, and at most three actions. */
export function Header({ id, verdict, sentence, evidence, pending, children }: HeaderProps) {
  return (
    <div class="al-header">
      <div class={pending ? "al-said al-pending" : "al-said"}>
        <p class="al-verdict" id={id}>
          <span class={`al-mark al-${verdict}`} aria-hidden="true">
            {MARK[verdict]}
          </span>
          <span>{sentence}</span>
        </p>
        <p class="al-evidence">{evidence}</p>
      </div>
      {children}
    </div>
  );
}
