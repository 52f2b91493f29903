// The JupyterLab extension: a renderer for panels, and the sessions that make them live.
import { IConsoleTracker } from "@jupyterlab/console";
import { INotebookTracker } from "@jupyterlab/notebook";
import { IRenderMimeRegistry, type OutputPanel, type OutputTracker } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { follow, placeOf } from "./places";
import { MIME, PanelRenderer } from "./renderer";

const RANK = -20; // a widget's view, which may never load, has −10

const factory: IRenderMime.IRendererFactory = {
  safe: true, // text from data stays text
  mimeTypes: [MIME],
  createRenderer: ({ resolver }) => new PanelRenderer(placeOf(resolver)),
};

function adopt(panel: OutputPanel) {
  const registry = (panel.console ?? panel.content)?.rendermime;
  if (registry === undefined) return;
  // A registry that was cloned before this extension ran lacks the factory.
  if (registry.getFactory(MIME) === undefined) registry.addFactory(factory, RANK);
  follow(registry, panel.sessionContext);
}

export default {
  id: "afterlaunch:panels",
  description: "Shows afterlaunch reports as interactive panels.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  // JupyterLab lends what it has: Notebook 7 may lack the console.
  optional: [INotebookTracker, IConsoleTracker].filter((token) => token !== undefined),
  activate(_app: unknown, registry: IRenderMimeRegistry, ...trackers: (OutputTracker | null)[]) {
    registry.addFactory(factory, RANK);
    for (const tracker of trackers) {
      tracker?.forEach(adopt);
      tracker?.widgetAdded.connect((_, panel) => adopt(panel));
    }
  },
};
