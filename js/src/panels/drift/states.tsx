import { State } from "../shared/states";

export const Loading = ({ id, sentence }: { id: string; sentence: string }) => (
  <State id={id} mark="○" title={sentence} text="Reading the counts…" />
);

export const Empty = ({ id }: { id: string }) => (
  <State
    id={id}
    mark="◌"
    title="No column to compare."
    text="Name features, a prediction or a score in the log, or pass columns= to choose some."
  />
);
