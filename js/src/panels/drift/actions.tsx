import { useEffect, useRef, useState } from "preact/hooks";
import { rowsCode, selectionCode, viewCode } from "./code";
import type { Model } from "./model";
import { Sure } from "./sure";

type Open = "sure" | "more" | "copied" | null;

export interface ActionsProps {
  readonly model: Model;
  readonly table: boolean;
  readonly showTable: (table: boolean) => void;
}

const KERNEL = "Open in a notebook with a running kernel to read the rows of the selection";

/** How sure?, Table and ⋯; what they open lies over the panel, so that nothing moves. */
export function Actions({ model, table, showTable }: ActionsProps) {
  const [open, setOpen] = useState<Open>(null);
  const [code, setCode] = useState({ text: "", done: false });
  const box = useRef<HTMLDivElement>(null);
  const close = () => setOpen(null);
  useEffect(() => (open === null ? undefined : closeOutside(box.current, close)), [open]);
  const toggle = (which: Open) => setOpen(open === which ? null : which);
  const copy = async (text: string) => {
    const done = await copied(text);
    setCode({ text, done });
    setOpen("copied");
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what one of its buttons opened
    <div
      class="al-actions"
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || open === null) return;
        event.stopPropagation();
        close();
      }}
    >
      <button type="button" aria-expanded={open === "sure"} onClick={() => toggle("sure")}>
        How sure?
      </button>
      <button type="button" aria-pressed={table} onClick={() => showTable(!table)}>
        Table
      </button>
      <button type="button" aria-label="More" aria-expanded={open === "more"} onClick={() => toggle("more")}>
        ⋯
      </button>
      {open === "sure" && <Sure model={model} />}
      {open === "more" && <More model={model} copy={copy} close={close} />}
      {open === "copied" && <Copied {...code} />}
    </div>
  );
}

/** Call `close` at the next press outside the element; returns how to stop waiting for it. */
function closeOutside(element: HTMLElement | null, close: () => void): () => void {
  const view = element?.ownerDocument;
  const press = (event: Event) => {
    if (element !== null && !event.composedPath().includes(element)) close();
  };
  view?.addEventListener("pointerdown", press);
  return () => view?.removeEventListener("pointerdown", press);
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // a page that may not use the clipboard: the reader copies by hand
  }
}

interface MoreProps {
  readonly model: Model;
  readonly copy: (text: string) => void;
  readonly close: () => void;
}

function More({ model, copy, close }: MoreProps) {
  const { selection, live } = model;
  const reset = () => {
    model.reset();
    close();
  };
  return (
    <div class="al-menu">
      <button type="button" onClick={() => copy(viewCode(model))}>
        Copy as code
      </button>
      <button type="button" disabled={selection === null} onClick={() => selection && copy(selectionCode(selection))}>
        Copy selection as code
      </button>
      <button
        type="button"
        aria-disabled={!live || selection === null}
        title={live ? "Copies the call that returns the selected rows as a frame" : KERNEL}
        onClick={() => live && selection && copy(rowsCode())}
      >
        Rows of the selection…
      </button>
      <button type="button" disabled={model.isOriginal} onClick={reset}>
        Reset windows and threshold
      </button>
    </div>
  );
}

function Copied({ text, done }: { text: string; done: boolean }) {
  return (
    <div class="al-note" role="status">
      <p>{done ? "Copied. Paste it into a cell:" : "This page may not use the clipboard. Select and copy:"}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}
