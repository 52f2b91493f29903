import { expect, test, vi } from "vitest";
import { counted } from "../../../tests/edges-payload";
import {
  button,
  chosen,
  comes,
  drawn,
  find,
  home,
  menu,
  part,
  press,
  read,
  shows,
  text,
} from "../../../tests/standing";
import { panel } from "../edge_cases";
import { selectionOf, UNTOUCHED } from "../shared/selection";

const show = shows(panel, counted);
const figures = (name: string) => part(name).querySelector(".al-group-figures")?.textContent ?? "";

test("windows from elsewhere are taken over, and the call that searches them can be had", async () => {
  const current = ["2013-01-22T00:00:00+00:00", "2013-01-29T00:00:00+00:00"] as const;
  show(counted(), { ...UNTOUCHED, current }, true);
  await read();
  expect(part("current-start").getAttribute("aria-valuetext")).toBe("22 January");
  await menu();
  button("Copy the search of these windows").click();
  await vi.waitFor(() => expect(home.querySelector("pre")).not.toBeNull());
  expect(text("pre")).toBe(
    'al.find_edge_cases(log, reference=("2013-01-01", "2013-01-15"), current=("2013-01-22", "2013-01-29"))',
  );
  press(find("pre"), "Escape");
  await drawn();
});

test("a window that moves takes slices, groups and the strip's figures along, at once and in Python's words after", async () => {
  show(counted());
  await read();
  const effect = () => find('[role="option"]:nth-child(2) .al-effect').textContent;
  const before = [effect(), figures("edge_case"), text(".al-verdict")];
  press(part("current-start"), "ArrowRight");
  await drawn();
  expect(figures("edge_case")).toBe("60\u202f% (reference 8\u202f%) loss 0.88");
  expect(effect()).toBe("+0.083"); // 24 of 40 rows against 496 of 960
  expect(text(".al-verdict")).toContain(
    "Log loss of this window is 0.52, in the reference 0.45; the 3 slices were found in",
  );
  expect(home.querySelector(".al-whiskers .al-effect-line")).toBeNull();
  expect(find('[role="option"]:nth-child(2) .al-word').textContent).toContain("was confirmed · n 40");
  await vi.waitFor(() =>
    expect(chosen.at(-1)?.current).toEqual(["2013-01-22T00:00:00+00:00", "2013-01-29T00:00:00+00:00"]),
  );
  part("current-body").dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  await drawn();
  expect([effect(), figures("edge_case"), text(".al-verdict")]).toEqual(before);
  expect(chosen.at(-1)).toEqual(UNTOUCHED);
});

test("a reference that moves is what shares are compared with", async () => {
  show(counted());
  await read();
  press(part("reference-body"), "End");
  await drawn();
  expect(figures("edge_case")).toContain("(reference 35\u202f%)");
});

test("a picked slice is counted in the moved window; one without counts keeps its own, and says so", async () => {
  show(counted(), { ...UNTOUCHED, selection: selectionOf({ slice: 0 }) });
  await read();
  press(part("current-start"), "ArrowRight");
  await drawn();
  expect(figures("edge_case")).toBe("100\u202f% (all 60\u202f%) loss 0.88");
  comes({ selection: selectionOf({ slice: 1 }), current: chosen.at(-1)?.current ?? null });
  press(part("current-start"), "ArrowRight");
  await drawn();
  expect(text(".al-slicewords")).toContain("Groups are those of 15\u00a0Jan–28\u00a0Jan");
});
