// The few members of JupyterLab that are used: JupyterLab lends the modules at run time, and their own types are large.

declare module "@jupyterlab/rendermime" {
  import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
  import type { Token } from "@lumino/coreutils";
  import type { ISignal } from "@lumino/signaling";

  export interface IRenderMimeRegistry {
    readonly resolver: IRenderMime.IResolver | null;
    addFactory(factory: IRenderMime.IRendererFactory, rank?: number): void;
    getFactory(mimeType: string): IRenderMime.IRendererFactory | undefined;
  }
  export const IRenderMimeRegistry: Token<IRenderMimeRegistry>;

  export interface IComm {
    readonly isDisposed: boolean;
    onMsg: (message: { readonly content: { readonly data: unknown } }) => void;
    onClose: (message: unknown) => void;
    open(data?: object): unknown;
    send(data: object): unknown;
    close(): unknown;
  }

  export interface IKernelConnection {
    /** False for a page's second connection to one kernel, as of a console beside its notebook. */
    readonly handleComms: boolean;
    readonly connectionStatus: string;
    createComm(target: string): IComm;
  }

  export interface ISessionContext {
    readonly session: { readonly kernel: IKernelConnection | null } | null;
    readonly kernelChanged: ISignal<this, unknown>;
    readonly statusChanged: ISignal<this, string>;
    readonly connectionStatusChanged: ISignal<this, string>;
  }

  /** A notebook, or a console: which has a `content` too, without a registry. */
  export interface OutputPanel {
    readonly console?: { readonly rendermime: IRenderMimeRegistry };
    readonly content?: { readonly rendermime: IRenderMimeRegistry };
    readonly sessionContext: ISessionContext;
  }

  /** What the trackers of notebooks and of consoles have in common. */
  export interface OutputTracker {
    readonly widgetAdded: ISignal<this, OutputPanel>;
    forEach(callback: (panel: OutputPanel) => void): void;
  }
}

declare module "@jupyterlab/notebook" {
  export const INotebookTracker: import("@lumino/coreutils").Token<import("@jupyterlab/rendermime").OutputTracker>;
}

declare module "@jupyterlab/console" {
  export const IConsoleTracker: import("@lumino/coreutils").Token<import("@jupyterlab/rendermime").OutputTracker>;
}
