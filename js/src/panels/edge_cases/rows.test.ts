import { expect, test, vi } from "vitest";
import { payload, row } from "../../../tests/edges-payload";
import { button, comes, drawn, find, home, press, shows, stand, text } from "../../../tests/standing";
import { panel } from "../edge_cases";
import { selectionOf, UNTOUCHED } from "../shared/selection";

const show = shows(panel, payload);

test("example rows stay at home unless asked for: the control is there, disabled, and says what to do", () => {
  show();
  expect(button("Show rows").getAttribute("aria-disabled")).toBe("true");
  expect(button("Show rows").title).toContain("rows=True");
  button("Show rows").click();
  expect(home.querySelector(".al-inspector")).toBeNull();
});

test("a row says why it is odd and why the model is wrong on it; slice and group choose the rows", async () => {
  const rows = [row(), row({ outlier_share: 0.999, smoothed_loss: 0.1, slices: [], odd: [], wrong: [] })];
  show(payload({ row_columns: ["carrier", "hour"], rows }));
  button("Show rows").click();
  await drawn();
  expect(home.querySelectorAll(".al-example[role]")).toHaveLength(2);
  expect(text(".al-reasons")).toContain("hour 18");
  expect(text(".al-reasons")).toContain("12\u202f% of the reference as far out");
  expect(text(".al-inspected")).toContain("0.7 above what its score promised");
  expect(text(".al-inspected tbody")).toBe("carrierEVUA");
  press(find(".al-examples"), "ArrowDown");
  await drawn();
  expect(text(".al-inspected")).toContain("No column makes it odd.");
  comes({ selection: selectionOf({ group: "both" }) }, false);
  await drawn();
  expect(text(".al-inspector")).toContain("No example row is in this selection");
});

test("a live panel asks the kernel for rows, and anew when another slice is picked", async () => {
  const asked: string[] = [];
  const ask = async (what: string) => {
    asked.push(what);
    return {
      columns: ["carrier", "hour"],
      rows: [row({ values: ["EV", `${asked.length}`], n_alike_right: null, wrong: [] })],
    };
  };
  stand(panel, payload(), UNTOUCHED, true, ask);
  button("Show rows").click();
  await vi.waitFor(() => expect(text(".al-values")).toContain("hour1"));
  expect(text(".al-inspected")).toContain("Similar flights are looked for in the measured window alone.");
  press(find('[aria-label="Slices by loss explained"]'), "ArrowDown");
  await vi.waitFor(() => expect(text(".al-values")).toContain("hour2"));
  expect(asked).toEqual(["rows", "rows"]);
});

test("a kernel that refuses is quoted, and one that does not answer is waited for", async () => {
  stand(panel, payload(), UNTOUCHED, true, () => Promise.reject(new Error("it holds no rows")));
  button("Show rows").click();
  await vi.waitFor(() => expect(text(".al-none")).toContain("The kernel sent no rows: it holds no rows"));
  stand(panel, payload(), UNTOUCHED, true, () => new Promise(() => {}));
  button("Show rows").click();
  await drawn();
  expect(text(".al-none")).toBe("Asking the kernel for rows…");
});
