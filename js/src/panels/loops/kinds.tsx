import type { Kind } from "../../contract/loops";
import { KIND, kindSaid } from "./words";

/** A verdict for each kind of feedback loop. */
export function Kinds({ kinds }: { kinds: readonly Kind[] }) {
  return (
    <ul class="al-kinds" aria-label="Verdicts by kind of loop">
      {kinds.map((kind) => {
        const { mark, tone, word } = KIND[kind.verdict];
        return (
          <li key={kind.name} data-part={kind.name} title={`${kind.words} ${kindSaid(kind)}`}>
            <span class={`al-mark al-${tone}`} aria-hidden="true">
              {mark}
            </span>
            <span class="al-kind-name">
              {kind.title} <span class={`al-${tone}`}>{word}</span>
            </span>
            <span class="al-kind-said">{kindSaid(kind)}</span>
          </li>
        );
      })}
    </ul>
  );
}
