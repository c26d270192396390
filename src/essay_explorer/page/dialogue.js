// @ts-check
/**
 * What a page and a kernel tell each other about their models: the widget messages of ipywidgets (schema 2.1).
 *
 * Models are found by the way that leads to them: a notebook's cells put out the same widgets in every kernel, so the
 * page's model behind an output is the kernel's behind the same output, and so are those that they refer to.
 */
/** @import { Description, Descriptions, Message, Model, Models, Send, State } from "./notebook.d.ts" */

const PREFIX = "anywidget:";
const REFERENCE = /^(?:anywidget:|IPY_MODEL_)(.+)$/;

/** Whether two values are the same; readings are known by their fingerprints. @param {any} a @param {any} b */
const same = (a, b) => (a?.fingerprint ?? JSON.stringify(a)) === (b?.fingerprint ?? JSON.stringify(b));
/** The name or id in a reference; "" where there is none. @param {unknown} value */
const idIn = (value) => (typeof value === "string" ? (REFERENCE.exec(value)?.[1] ?? "") : "");
/** @param {unknown} value @returns {string[]} */
const idsIn = (value) => [value].flat().map(idIn);

/**
 * A model of the page joined to the kernel's: what the reader changes is told, and what Python changes is heard.
 * @param {Model} model @param {Description} description @param {State} state the kernel's
 * @param {(data: object) => void} sendComm
 * @param {(value: unknown) => unknown} inPage the page's for the kernel's references
 */
function join(model, { shared, refers }, state, sendComm, inPage) {
  const known = Object.fromEntries(shared.map((key) => [key, state[key]]));
  const update = () => {
    const changed = shared.filter((key) => !same(model.get(key), known[key]));
    if (!changed.length) return;
    const changes = Object.fromEntries(changed.map((key) => [key, model.get(key)]));
    Object.assign(known, changes);
    sendComm({ method: "update", state: changes, buffer_paths: [] });
  };
  const send = (/** @type {unknown} */ content) => sendComm({ method: "custom", content });
  model.on("save", update);
  model.on("send", send);
  return {
    update,
    hear(/** @type {State} */ news) {
      for (const [key, sent] of Object.entries(news)) {
        if (key.startsWith("_") || model.get(key) === undefined) continue;
        const value = refers.includes(key) ? inPage(sent) : sent;
        if (value === undefined) continue;
        if (key in known) known[key] = value;
        if (!same(model.get(key), value)) model.set(key, value);
      }
    },
    receive: model.receive,
    leave() {
      model.off("save", update);
      model.off("send", send);
    },
  };
}

/** What the kernel's model tells of its state in a message; nothing in other messages. @param {Message} message */
function stateIn({ type, content: { data } }) {
  if (type !== "comm_msg" || !data) return undefined;
  if (data.method === "custom") return data.content?.state;
  return ["update", "echo_update"].includes(data.method) ? data.state : undefined;
}

/**
 * What is asked for of a model: our widgets give what is named, stock ones all.
 * @param {Description} description @param {boolean} whole
 */
function question({ kind, shared, refers, state, page }, whole) {
  if (!(kind in modules)) return { method: "request_state" };
  const names = whole ? Object.keys(state).filter((key) => !page.includes(key)) : [...new Set([...shared, ...refers])];
  return { method: "custom", content: { asked: "state", names } };
}

/**
 * A dialogue with one kernel.
 * @typedef {object} Ends
 * @property {Descriptions} described @property {Models} models
 * @property {Send} send
 * @property {() => boolean} wins whether what the reader has chosen goes before what the kernel says
 * @property {(name: string, comm: string) => void} live a widget was found that only Jupyter can draw
 * @property {() => void} settled all models have been found
 * @property {boolean} again whether the page has heard another kernel before, so that it asks for all that there is
 */
/** @param {Ends} ends */
export function createDialogue({ described, models, send, wins, live, settled, again }) {
  /** @type {Map<string, (state: State) => void>} */
  const asked = new Map();
  /** @type {Map<string, ReturnType<typeof join>>} */
  const joined = new Map();
  /** @type {Map<string, string>} the page's names by the kernel's ids */
  const names = new Map();
  const sendComm = (/** @type {string} */ comm_id, /** @type {object} */ data) => send("comm_msg", { comm_id, data });

  /**
   * @param {unknown} value of a trait of the kernel's that refers to others; undefined where the page lacks one of them
   */
  const inPage = (value) => {
    const here = idsIn(value).map((comm) => names.get(comm));
    if (here.includes(undefined)) return undefined;
    return Array.isArray(value) ? here.map((name) => PREFIX + name) : PREFIX + here[0];
  };

  /** Find the kernel's model for one of the page's, and those behind it. */
  function find(/** @type {string} */ name, /** @type {string} */ comm) {
    if (names.has(comm)) return;
    names.set(comm, name);
    const description = described[name];
    if (description.kind === "Live") return live(name, comm);
    asked.set(comm, (state) => {
      for (const key of description.refers) {
        const there = idsIn(state[key]);
        for (const [at, here] of idsIn(description.state[key]).entries()) if (here && there[at]) find(here, there[at]);
      }
      const one = join(models[name], description, state, (data) => sendComm(comm, data), inPage);
      joined.set(comm, one);
      const kept = wins() ? description.shared : [];
      one.hear(Object.fromEntries(Object.entries(state).filter(([key]) => !kept.includes(key))));
      one.update();
    });
    sendComm(comm, question(description, again));
  }
  return {
    /**
     * Find the models behind outputs.
     * @param {[name: string, comm: string][]} outputs the page's models, the kernel's
     */
    start(outputs) {
      for (const [name, comm] of outputs) find(name, comm);
      if (!asked.size) settled();
    },
    /** @param {Message} message */
    heard(message) {
      const { comm_id = "", data } = message.content;
      const state = stateIn(message);
      if (!state) return void (data?.method === "custom" && joined.get(comm_id)?.receive(data.content));
      const answer = asked.get(comm_id);
      if (answer && data?.method !== "echo_update") {
        asked.delete(comm_id);
        answer(state);
        if (!asked.size) settled();
      } else if (data?.method === "update" || (data?.method === "echo_update" && !message.own)) {
        joined.get(comm_id)?.hear(state);
      }
    },
    leave() {
      for (const { leave } of joined.values()) leave();
      joined.clear();
    },
  };
}
