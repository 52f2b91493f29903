import { expect, test, vi } from "vitest";
import { immature, performance } from "../../tests/performance-payload";
import {
  all,
  button,
  chosen,
  comes,
  drawn,
  drawsNothingUnread,
  find,
  HOSTILE,
  home,
  judged,
  leavesNothing,
  menu,
  part,
  press,
  showsRead,
  stand,
  text,
  title,
} from "../../tests/standing";
import type { Judgement, PerformancePayload } from "../contract/performance";
import { panel } from "./performance";
import { selectionOf, UNTOUCHED } from "./shared/selection";

const show = showsRead(panel, performance);

const row = (name: string) => find(`[role="option"][data-part="${name}"]`);
const names = () => all('[role="option"] .al-cut').map((name) => name.textContent);

/** The payload with other verdicts on the metrics of all rows, and nothing said of segments. */
function withVerdicts(verdicts: Record<string, Partial<Judgement>>): PerformancePayload {
  const { series } = performance();
  const whole = series.filter(({ segment }) => segment === null);
  return performance({
    by: null,
    segments: [],
    series: whole.map((one) => ({
      ...one,
      judgement: { ...one.judgement, verdict: "stable", needs: null, ...verdicts[one.metric] },
    })),
  });
}

test("Python's own sentence stands first, and names the section", async () => {
  const root = await show(performance());
  expect(text(".al-verdict")).toContain("Python says so.");
  expect(title(root)).toContain("Python says so.");
});

test("what changed comes first, with its mark and word", async () => {
  await show(
    withVerdicts({ recall: { verdict: "dropped" }, f1: { verdict: "improved" }, mcc: { verdict: "cannot_tell" } }),
  );
  expect(names().slice(0, 2)).toEqual(["recall", "F1"]);
  expect(row("recall").querySelector(".al-mark")?.textContent).toBe("●");
  expect(row("f1").querySelector(".al-mark")?.textContent).toBe("◆");
  expect(row("mcc").textContent).toContain("cannot tell");
  expect(text(".al-column")).toContain("recall");
});

test("a metric that dropped in a segment alone is named for it", async () => {
  const { series } = performance();
  const quiet = series.map((one) => {
    const verdict = one.segment === "south" && one.metric === "recall" ? "dropped" : "stable";
    return { ...one, judgement: { ...one.judgement, verdict: verdict as Judgement["verdict"] } };
  });
  await show(performance({ series: quiet }));
  expect(names()[0]).toBe("recall");
  expect(row("recall").textContent).toContain("dropped in 1 of 2");
});

test("shares are said in per cent and change by percentage points, other metrics as numbers", async () => {
  await show(performance());
  expect(row("accuracy").textContent).toMatch(/\d+\.\d\u202f% → \d+\.\d\u202f%/);
  expect(row("accuracy").textContent).toMatch(/−\d+(\.\d)?\u202fpp \[/);
  expect(row("log_loss").textContent).toMatch(/0\.\d{3} → [01]\.?\d+ \+0\.\d/);
  expect(row("roc_auc").textContent).toMatch(/0\.\d{3} → 0\.\d{3}/);
});

test("the metric that is chosen is told to the host, and Escape lets it go", async () => {
  await show(performance());
  row("recall").click();
  expect(chosen.at(-1)?.selection).toEqual(selectionOf({ column: "recall" }));
  await drawn();
  expect(text(".al-column")).toContain("recall");
  press(row("recall"), "Escape");
  expect(chosen.at(-1)?.selection).toBeNull();
});

test("the list answers the arrows, and says which metric is active", async () => {
  await show(performance());
  const list = find('[role="listbox"]');
  press(list, "ArrowDown");
  await drawn();
  const second = home.querySelectorAll('[role="option"]')[1];
  expect(second?.getAttribute("aria-selected")).toBe("true");
  expect(list.getAttribute("aria-activedescendant")).toBe(second?.id);
  press(list, "Home");
  await drawn();
  expect(home.querySelector('[role="option"]')?.getAttribute("aria-selected")).toBe("true");
});

test("a window that moves by keys takes values, verdict and words along", async () => {
  await show(performance());
  const before = row("log_loss").textContent;
  press(part("current-body"), "Home");
  await drawn();
  expect(row("log_loss").textContent).not.toBe(before);
  expect(home.querySelector(".al-verdict.al-pending")).not.toBeNull();
  await judged();
  expect(text(".al-verdict")).not.toContain("dropped");
  expect(row("log_loss").textContent).not.toContain("dropped");
  expect(text(".al-live")).toBe(text(".al-verdict").slice(1));
  expect(chosen.at(-1)?.current?.[0]).toContain("2024-01-01");
});

test("the reset brings Python's own windows and words back", async () => {
  await show(performance());
  press(part("current-start"), "ArrowRight");
  await judged();
  await menu();
  button("Reset windows").click();
  await drawn();
  expect(text(".al-verdict")).toContain("Python says so.");
  expect(chosen.at(-1)?.current).toBeNull();
});

test("a state from elsewhere moves the window and chooses the metric, and is not sent back", async () => {
  await show(performance());
  const current = ["2024-01-10T00:00:00+00:00", "2024-01-20T00:00:00+00:00"] as const;
  comes({ current, selection: selectionOf({ column: "f1" }) });
  await judged();
  await drawn();
  expect(part("current-body").getAttribute("aria-valuetext")).toBe("10 January to 19 January");
  expect(text(".al-column")).toContain("F1");
  expect(chosen).toEqual([]);
});

test("buckets that wait for labels are hatched, with the share that is there", async () => {
  await show(immature(7));
  expect(text(".al-strip")).toContain("labels still arriving");
  expect(text(".al-hint")).toContain("only buckets with nearly all of their labels are judged");
});

test("a cannot tell says what it needs", async () => {
  const needs = "a longer reference, or last year's period";
  await show(withVerdicts({ log_loss: { verdict: "cannot_tell", needs } }));
  row("log_loss").click();
  await drawn();
  expect(text(".al-words")).toContain(needs);
});

test("estimates stand beside what was realized, with their gap", async () => {
  const { series } = performance();
  const gap = {
    realized: 0.9,
    estimated: 0.5,
    low: 0.3,
    high: 0.5,
    pvalue: 0.001,
    held: "wrong" as const,
    since_ms: 0,
  };
  const estimated = { value: 0.5, low: 0.45, high: 0.55, n_rows: 100 };
  const line = (value: number) => series[0]?.realized.value.map(() => value) ?? [];
  await show(
    performance({
      findings: ["The estimate was wrong."],
      series: series.map((one) => ({
        ...one,
        estimated: { value: line(0.5), low: line(0.4), high: line(0.6) },
        estimates: { reference: estimated, current: estimated, gap },
      })),
    }),
  );
  expect(text(".al-strip")).toContain("estimated");
  expect(text(".al-detail")).toContain("It assumed no concept drift, and was wrong by");
  expect(text(".al-findings")).toContain("The estimate was wrong.");
});

test("the table holds every metric of all rows and of each segment", async () => {
  const payload = performance();
  await show(payload);
  button("Table").click();
  await drawn();
  expect(home.querySelectorAll("tbody tr")).toHaveLength(payload.series.length);
  expect(text("thead")).toContain("usual");
});

test("the code of the view has its windows", async () => {
  await show(performance());
  press(part("current-end"), "ArrowLeft");
  await judged();
  await menu();
  button("Copy as code").click();
  await vi.waitFor(() => expect(home.querySelector("pre")).not.toBeNull());
  expect(text("pre")).toBe(
    `al.measure_performance(log, reference=("2024-01-01", "2024-02-05"), current=("2024-02-05", "2024-02-18"), by='site')`,
  );
});

test("rows need a kernel: without one the control is there, disabled, and says what to do", async () => {
  await show(performance());
  await menu();
  const rows = all("button").find((button) => button.textContent?.startsWith("Rows of"));
  expect(rows?.getAttribute("aria-disabled")).toBe("true");
  expect(rows?.title).toContain("running kernel");
});

test("names from data are text", async () => {
  const { series } = performance();
  const shown = series.map((one) => (one.segment === "south" ? { ...one, segment: HOSTILE } : one));
  await show(
    performance({ series: shown, segments: ["north", HOSTILE], sentence: HOSTILE, noun: HOSTILE, notes: [HOSTILE] }),
  );
  expect(home.querySelector("img")).toBeNull();
  expect(text(".al-segment-rows")).toContain(HOSTILE.slice(-7));
});

test("sums that cannot be read are said, with what to do", async () => {
  const [first, ...rest] = performance().sums;
  const broken = { ...(first as PerformancePayload["sums"][0]), counts: "AAAA" };
  stand(panel, performance({ sums: [broken, ...rest] }), UNTOUCHED);
  await vi.waitFor(() => expect(text(".al-state")).toContain("could not be drawn"));
  expect(text(".al-evidence")).toContain("Run the cell again");
});

test("nothing is left when the panel goes", async () => {
  await leavesNothing(async () => {
    await show();
    press(part("current-body"), "Home");
  });
});

test("a panel that goes while it is read draws nothing", () => drawsNothingUnread(panel, performance()));
