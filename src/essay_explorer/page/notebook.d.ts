/**
 * What the modules of a notebook's page tell each other. No browser reads this file: it is for `tsc` and for people.
 */

import type { Lens } from "../widgets/types.d.ts";

/** A trait of a widget, as JSON. */
export type Value = unknown;
export type State = Record<string, Value>;

/** A widget as page/snapshot.py describes it. */
export type Description = {
  /** The module that draws it. */
  kind: string;
  state: State;
  /** The names of the traits in which other widgets stand. */
  refers: string[];
  /** The names of the traits that a reader changes, and a kernel is told of. */
  shared: string[];
  /** The names of those that belong to the page, of which no kernel knows: where its parts are. */
  page: string[];
  layout: Record<string, string>;
};
/** The widgets of a page by name. */
export type Descriptions = Record<string, Description>;

// biome-ignore lint/suspicious/noExplicitAny: an event brings what it brings
export type Listener = (...news: any[]) => void;
/** A widget's model: anywidget's contract, as far as it is kept here, and what kernel.js needs besides. */
export type Model = {
  // biome-ignore lint/suspicious/noExplicitAny: a view knows what its traits are
  get(name: string): any;
  set(name: string, value: Value): void;
  save_changes(): void;
  send(content: unknown): void;
  /** Hand over a message that the kernel has sent. */
  receive(content: unknown): void;
  on(event: string, listener: Listener): void;
  off(event: string, listener: Listener): void;
};
export type Models = Record<string, Model>;

/** How a view finds the widgets that it refers to. */
export type Host = {
  getModel(reference: string): Promise<Model>;
  getWidget(reference: string): Promise<{
    exports: unknown;
    render(where: { el: HTMLElement; signal?: AbortSignal }): unknown;
  }>;
};
export type View = { model: Model; el: HTMLElement; signal: AbortSignal; host: Host };
/** The default export of a widget's module. */
export type Widget = {
  initialize?(context: { model: Model; signal: AbortSignal; host: Host }): unknown;
  render?(view: View): unknown;
};
/** What lens.js gives out, as far as the page reads it. */
export type LensExports = Pick<Lens, "choose" | "hash" | "opened" | "reopen" | "steps" | "observe"> & {
  read(hash: string): State;
};

/** Sends a message to a kernel, on its shell channel. */
export type Send = (type: string, content: object) => void;
/** A message from a kernel. `own`: whether it answers one of this page's. */
export type Message = { type: string; content: CommContent & { execution_state?: string }; own: boolean };
export type CommContent = {
  comm_id?: string;
  data?: { method: string; state?: State; content?: { state?: State } & Record<string, unknown> };
};

/** A widget's view among what a kernel's cells put out, by the number of the cell and its place in it. */
export type Output = { cell: number; output: number; data: { data: Record<string, { model_id: string }> } };
/** Where a reader's kernel is, and what its notebook has put out. */
export type Kernel = {
  config: { baseUrl: string; kernelId: string; fullStaticUrl: string };
  outputs: Output[];
  /** The address of the style sheet of Voila's front end. */
  style: string;
};

declare global {
  /** Each module of the page as a function that gives its default export, by the kind of widget that it draws. */
  const modules: Record<string, () => unknown> & {
    boxes?: () => Record<string, Widget>;
    kernel?: () => typeof import("./kernel.js").default;
  };
  // connection.js, dialogue.js, islands.js and note.js, for kernel.js: page/document.py joins them
  const connect: typeof import("./connection.js").connect;
  const createDialogue: typeof import("./dialogue.js").createDialogue;
  const createIslands: typeof import("./islands.js").createIslands;
  const createNote: typeof import("./note.js").createNote;
  const VIEW: typeof import("./islands.js").VIEW;
}
