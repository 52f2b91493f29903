import { expect, test } from "vitest";
import { labels } from "../../../tests/loops-blocks";
import { found, labelsAlone, noClicks, noUsers, onePeriod } from "../../../tests/loops-payload";
import { estimate, item } from "../../../tests/loops-time";
import { all, button, drawn, HOSTILE, home, part, press, shows, text } from "../../../tests/standing";
import type { LoopPayload } from "../../contract/loops";
import { panel } from "../loops";

const show = shows(panel, found);

test("selective labels have a tab where a log has both, and the whole panel where it has nothing else", async () => {
  show(found({ labels: labels() }));
  const [loop, selective] = all('[role="tab"]');
  press(loop as HTMLElement, "ArrowRight");
  await drawn();
  expect(selective?.getAttribute("aria-selected")).toBe("true");
  expect(text('[role="tabpanel"]')).toContain("50\u202f% of 40\u202f000 items");
  show(labelsAlone());
  expect(home.querySelector('[role="tab"]')).toBeNull();
  expect(home.querySelector(".al-strip")).toBeNull();
  expect(text(".al-overall")).toContain("14.7\u202f% [13.1\u202f%, 16.3\u202f%]");
});

test("where no gain was estimated, How sure? says nothing of its intervals", async () => {
  show(labelsAlone());
  button("How sure?").click();
  await drawn();
  expect(text(".al-note")).toContain("Level 1 of 2");
  expect(text(".al-note")).not.toContain("gains that the data do not reject");
});

test("a rate of all rows that too few labels could tell is refused", () => {
  show(labelsAlone({ labels: labels({ refused: true, weighted_rate: estimate(null), effective_share: 0.03 }) }));
  expect(text(".al-overall")).toContain("refused");
  expect(text(".al-loop-right")).toContain("cannot tell:");
});

test("one period, no users and no clicks are states of their own, with what to do", () => {
  show(onePeriod());
  expect(part("period").getAttribute("aria-valuemax")).toBe("0");
  expect(text(".al-reading-now")).not.toContain("drag");
  show(noUsers());
  expect(part("bubbles").textContent).toContain('Name their column, user="…"');
  show(noClicks());
  expect(all(".al-tenths .al-dot-ref")).toHaveLength(0);
  expect(text(".al-saw")).not.toContain("feedback");
  show(found({ periods: null, labels: null, sentence: "Nothing to tell." }));
  expect(text(".al-state")).toContain("Nothing to tell.");
});

test("a period in which too little was shown keeps its place", async () => {
  const shown = found();
  show({ ...shown, merit: shown.merit.map((one, week) => (week === 26 ? null : one)) });
  expect(text(".al-merit-none")).toContain("Too few impressions");
});

test("names of items stay at home unless they are public", () => {
  show(found({ over_exposed: [item(null, 6.1, 0.021)] }));
  expect(text(".al-item")).toContain("2.1\u202f% of all");
});

test("text from data is text", async () => {
  const kind = { ...found().kinds[0], title: HOSTILE, words: HOSTILE } as LoopPayload["kinds"][number];
  show(
    found({ sentence: HOSTILE, noun: HOSTILE, notes: [HOSTILE], kinds: [kind], over_exposed: [item(HOSTILE, 3, 0.1)] }),
  );
  expect(home.querySelector("img")).toBeNull();
  expect(text(".al-items")).toContain(HOSTILE);
});
