import { expect, test, vi } from "vitest";
import { type Question, Questions } from "./questions";

function asked() {
  const sent: Question[] = [];
  return { sent, questions: new Questions((question) => sent.push(question)) };
}

test("an answer goes to the question of its number, whatever the order", async () => {
  const { sent, questions } = asked();
  const [first, second] = [questions.ask("rows"), questions.ask("more")];
  expect(sent.map(({ what }) => what)).toEqual(["rows", "more"]);
  questions.hear({ n: sent[1]?.n as number, value: 2 });
  questions.hear({ n: sent[0]?.n as number, value: 1 });
  expect(await Promise.all([first, second])).toEqual([1, 2]);
});

test("an error is told, and an answer that nobody waits for is dropped", async () => {
  const { sent, questions } = asked();
  const told = questions.ask("rows");
  questions.hear({ n: sent[0]?.n as number, error: "no rows here" });
  questions.hear({ n: 99, value: 1 });
  await expect(told).rejects.toThrow("no rows here");
});

test("a question has a deadline, and ends with the kernel", async () => {
  vi.useFakeTimers();
  const { questions } = asked();
  const late = expect(questions.ask("rows")).rejects.toThrow("has not answered");
  await vi.advanceTimersByTimeAsync(30_000);
  await late;
  const gone = expect(questions.ask("rows")).rejects.toThrow("The kernel is gone");
  questions.end();
  await gone;
  vi.useRealTimers();
});
