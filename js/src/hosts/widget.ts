// anywidget: the panel as one view of a model whose traits are the view state.
import type { RenderProps } from "@anywidget/types";
import type { ViewState } from "../contract/results";
import { mount, type Shown } from "./mount";
import { type Answer, Questions } from "./questions";

type Model = { -readonly [Name in keyof ViewState]: ViewState[Name] } & { payload: Shown["payload"] & { id: string } };

const TRAITS = ["selection", "reference", "current", "threshold", "odd", "remedy"] as const;

function render({ model, el }: RenderProps<Model>) {
  const state = (): ViewState => ({
    selection: model.get("selection"),
    reference: model.get("reference"),
    current: model.get("current"),
    threshold: model.get("threshold"),
    odd: model.get("odd"),
    remedy: model.get("remedy"),
  });
  let choosing = false; // what comes of our own choice is not news
  const choose = (chosen: ViewState) => {
    choosing = true;
    for (const trait of TRAITS) model.set(trait, chosen[trait]);
    choosing = false;
    model.save_changes();
  };
  const payload = model.get("payload");
  const questions = new Questions((ask) => model.send({ ask }));
  const answered = (message: { readonly answer?: Answer }) => {
    if (message.answer !== undefined) questions.hear(message.answer);
  };
  model.on("msg:custom", answered);
  const host = { choose, ask: (what: string) => questions.ask(what) };
  const panel = mount(el, { id: payload.id, payload, state: state() }, host, true);
  const hear = () => {
    if (!choosing) panel.update(state(), true);
  };
  for (const trait of TRAITS) model.on(`change:${trait}`, hear);
  return () => {
    for (const trait of TRAITS) model.off(`change:${trait}`, hear);
    model.off("msg:custom", answered);
    questions.end();
    panel.destroy();
  };
}

export default { render };
