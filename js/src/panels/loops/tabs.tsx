import type { Tab } from "./panel";

const TITLE: Record<Tab, string> = { loop: "Feedback loop", labels: "Selective labels" };
const TABS: readonly Tab[] = ["loop", "labels"];

/** Which of the two pictures is shown, where a log has both. */
export function Tabs({ id, tab, choose }: { id: string; tab: Tab; choose: (tab: Tab) => void }) {
  return (
    <div class="al-tabs" role="tablist" aria-label="Pictures">
      {TABS.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          id={`${id}-tab-${one}`}
          aria-controls={one === tab ? `${id}-${one}` : undefined}
          aria-selected={one === tab}
          tabIndex={one === tab ? 0 : -1}
          onClick={() => choose(one)}
          onKeyDown={(event) => {
            const to = { ArrowLeft: "loop", ArrowRight: "labels", Home: "loop", End: "labels" }[event.key] as
              | Tab
              | undefined;
            if (to === undefined) return;
            event.preventDefault();
            event.stopPropagation();
            choose(to);
            (event.currentTarget.parentElement?.children[TABS.indexOf(to)] as HTMLElement | undefined)?.focus();
          }}
        >
          {TITLE[one]}
        </button>
      ))}
    </div>
  );
}
