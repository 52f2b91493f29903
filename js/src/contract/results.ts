export type WindowName = "reference" | "current";
export type Window = readonly [string, string];

export interface Selection {
  readonly column: string;
  readonly bins: readonly [number, number] | null;
  readonly window: WindowName;
}

export interface ViewState {
  readonly selection: Selection | null;
  readonly reference: Window | null;
  readonly current: Window | null;
  readonly threshold: number | null;
}
