const TAIL = 7;

/** A name that is cut in its middle where it does not fit; the whole is in the tooltip, and is what is read out. */
export function MiddleCut({ text }: { text: string }) {
  const letters = [...text];
  if (letters.length <= TAIL + 4) return <span class="al-cut">{text}</span>;
  return (
    <span class="al-cut" title={text}>
      <span class="al-cut-head">{letters.slice(0, -TAIL).join("")}</span>
      <span class="al-cut-tail">{letters.slice(-TAIL).join("")}</span>
    </span>
  );
}
