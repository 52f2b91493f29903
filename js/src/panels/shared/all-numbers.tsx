import type { ComponentChildren } from "preact";

/** The numbers behind a picture: tables in a region that scrolls. */
export function AllNumbers({ children }: { children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: the panel is the section; this is a part that scrolls
    <div class="al-table" role="region" aria-label="All numbers" tabIndex={0}>
      {children}
    </div>
  );
}

/** A column of a table: what it is called, what that means, and whether it holds numbers. */
export interface Head {
  readonly name: string;
  readonly meaning?: string;
  readonly numeric?: boolean;
}

export const words = (...names: readonly string[]): Head[] => names.map((name) => ({ name }));
export const numbers = (names: readonly string[], meant: Record<string, string> = {}): Head[] =>
  names.map((name) => {
    const meaning = meant[name];
    return meaning === undefined ? { name, numeric: true } : { name, meaning, numeric: true };
  });

/** The first line of a table. */
export const Heads = ({ heads }: { heads: readonly Head[] }) => (
  <thead>
    <tr>
      {heads.map(({ name, meaning, numeric }) => (
        <th scope="col" key={name} title={meaning} class={numeric ? "al-num" : undefined}>
          {name}
        </th>
      ))}
    </tr>
  </thead>
);

/** Cells of numbers, under heads of the same order. */
export const Numbers = ({ texts }: { texts: readonly string[] }) => (
  <>
    {texts.map((text, place) => (
      <td class="al-num" key={place}>
        {text}
      </td>
    ))}
  </>
);

/** What is not known is a dash. */
export const optional = (value: number | null | undefined, print: (value: number) => string) =>
  value === null || value === undefined ? "–" : print(value);
