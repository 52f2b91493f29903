/** A panel that has nothing to draw yet, or cannot: one sentence, and what to do. */
export function State({ id, mark, title, text }: { id: string; mark: string; title: string; text: string }) {
  return (
    <div class="al-state" role="status">
      <p class="al-verdict" id={id}>
        <span class="al-mark" aria-hidden="true">
          {mark}
        </span>
        <span>{title}</span>
      </p>
      <p class="al-evidence">{text}</p>
    </div>
  );
}

export const Failed = ({ id, what, reason }: { id: string; what: string; reason: string }) => (
  <State
    id={id}
    mark="◌"
    title="This panel could not be drawn."
    text={`${what} cannot be read (${reason}). Run the cell again, or save the report anew.`}
  />
);
