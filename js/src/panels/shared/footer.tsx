export interface FooterProps {
  /** What the panel saw and how its numbers were made. */
  readonly saw: string;
  readonly notes: readonly string[];
  readonly product: string;
}

/** What the panel saw, how its numbers were made, and by which version. */
export function Footer({ saw, notes, product }: FooterProps) {
  const said = notes.join(" · ");
  return (
    <div class="al-footer">
      <p class="al-saw" title={saw}>
        {saw}
      </p>
      <p class="al-product">{product}</p>
      <p class="al-notes" title={said}>
        {said === "" ? "\u00a0" : said}
      </p>
    </div>
  );
}
