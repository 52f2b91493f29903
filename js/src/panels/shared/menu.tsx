// Entries that the menus of panels have in common.

import type { Menu } from "./actions";

interface CopyProps extends Pick<Menu, "copy"> {
  readonly name: string;
  /** What is put on the clipboard; null where there is nothing to copy yet. */
  readonly code: string | null;
}

export const Copy = ({ name, code, copy }: CopyProps) => (
  <button type="button" disabled={code === null} onClick={() => code !== null && copy(code)}>
    {name}
  </button>
);

interface RowsProps extends Pick<Menu, "copy"> {
  readonly live: boolean;
  readonly picked: boolean;
}

/** The call that returns the selected rows: of use only where a kernel runs. */
export const RowsOfSelection = ({ live, picked, copy }: RowsProps) => {
  const why = live
    ? picked
      ? "Copies the call that returns the selected rows as a frame"
      : "Pick something first: the call returns its rows as a frame"
    : "Open in a notebook with a running kernel to read the rows of the selection";
  const can = live && picked;
  return (
    <button type="button" aria-disabled={!can} title={why} onClick={() => can && copy("report.selected_rows()")}>
      Rows of the selection…
    </button>
  );
};
