import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

type Open = "sure" | "more" | "copied" | null;

/** What a menu's entries can do. */
export interface Menu {
  /** Put code on the clipboard, and show it. */
  readonly copy: (text: string) => void;
  readonly close: () => void;
}

export interface ActionsProps {
  readonly table: boolean;
  readonly showTable: (table: boolean) => void;
  readonly sure: () => ComponentChildren;
  readonly more: (menu: Menu) => ComponentChildren;
}

/** How sure?, Table and ⋯; what they open lies over the panel, so that nothing moves. */
export function Actions({ table, showTable, sure, more }: ActionsProps) {
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
      {open === "sure" && <div class="al-note">{sure()}</div>}
      {open === "more" && <div class="al-menu">{more({ copy, close })}</div>}
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

function Copied({ text, done }: { text: string; done: boolean }) {
  return (
    <div class="al-note" role="status">
      <p>{done ? "Copied. Paste it into a cell:" : "This page may not use the clipboard. Select and copy:"}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}
