// @ts-check
/**
 * The page's link to its Python kernel, where the notebook has Python behind it. The page works before the kernel
 * is there and after it has gone; what the reader does meanwhile is kept and told to the kernel that comes next.
 *
 * Models are found by the way that leads to them: the notebook's cells put out the same widgets in every kernel, so
 * the page's model behind an output is the kernel's behind the same output, and so are those that they refer to.
 * This speaks to the kernel directly: the Jupyter messaging protocol 5.4 over its WebSocket, in it the widget
 * messages of ipywidgets (schema 2.1). Voila's own front end is loaded only for widgets that the page cannot draw.
 *
 * @typedef {{kind: string, state: Record<string, any>, shared: string[]}} Description
 * @typedef {(type: string, content: object) => void} Send
 * @typedef {{model: any, comm: string, known: Record<string, any>, tell: () => void}} Joined
 */

const REFERENCE = /^(?:anywidget:|IPY_MODEL_)(.+)$/;
const AGAIN = 1_500; // ms until a lost kernel is asked for again; longer each time
const LONGEST = 15_000; // ms between two tries
const SAID = 6_000; // ms that a link may be lost before the reader is told
const VIEW = "application/vnd.jupyter.widget-view+json";

const same = (/** @type {any} */ a, /** @type {any} */ b) => JSON.stringify(a) === JSON.stringify(b);
const wait = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));
const idIn = (/** @type {any} */ value) => (typeof value === "string" ? (REFERENCE.exec(value)?.[1] ?? "") : "");

/** A connection to a kernel: `send` on its shell channel, `heard` for each message that it sends. */
function connect(url, { opened, heard, closed }) {
  const session = crypto.getRandomValues(new Uint32Array(4)).join("-");
  const socket = new WebSocket(`${url}/channels?session_id=${session}`);
  let count = 0;
  const send = (/** @type {string} */ msg_type, /** @type {object} */ content) => {
    const header = { msg_id: `${session}-${(count += 1)}`, msg_type, session, username: "", version: "5.4", date: new Date().toISOString() };
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ channel: "shell", header, parent_header: {}, metadata: {}, content }));
  };
  socket.addEventListener("open", () => opened(send));
  socket.addEventListener("message", ({ data }) => {
    if (typeof data !== "string") return; // a message with buffers: about none of the page's models
    const { header, parent_header, content } = JSON.parse(data);
    heard({ type: header.msg_type, content, own: parent_header.session === session });
  });
  socket.addEventListener("close", closed);
  return () => {
    socket.removeEventListener("close", closed);
    socket.close();
  };
}

/** Which of the page's models lead to one that a kernel's is to be found for. @param {Record<string, Description>} described */
function leading(described) {
  const known = new Map();
  const leads = (/** @type {string} */ name) => {
    if (!known.has(name)) {
      known.set(name, false);
      const { kind, shared, state } = described[name];
      const below = Object.values(state).flat().map(idIn).filter((one) => one in described);
      known.set(name, [kind === "Live" || shared.length > 0, ...below.map(leads)].some(Boolean));
    }
    return known.get(name);
  };
  return leads;
}

/** The traits of a model that refer to others. @param {Description} description */
const references = ({ state }) => Object.keys(state).filter((key) => [state[key]].flat().some(idIn));

/** What the page and a kernel tell each other. @param {Record<string, Description>} described @param {Record<string, any>} models */
function dialogue(described, models, /** @type {Send} */ send, /** @type {{wins: () => boolean, live: (name: string, id: string) => void, settled: () => void}} */ on) {
  const leads = leading(described);
  /** @type {Map<string, (state: Record<string, any>) => void>} */
  const asked = new Map();
  /** @type {Map<string, Joined>} */
  const joined = new Map();

  /** Ask the kernel's model for some of its traits; a stock widget tells all that it has. */
  function ask(/** @type {string} */ comm, /** @type {string} */ kind, /** @type {string[]} */ names, /** @type {(state: Record<string, any>) => void} */ answer) {
    asked.set(comm, answer);
    const stock = !(kind in modules); // of ours each has a module of its own
    const data = stock ? { method: "request_state" } : { method: "custom", content: { asked: "state", names } };
    send("comm_msg", { comm_id: comm, data });
  }
  function find(/** @type {string} */ name, /** @type {string} */ comm) {
    const description = described[name];
    if (description.kind === "Live") return on.live(name, comm);
    if (!leads(name)) return;
    const further = references(description);
    ask(comm, description.kind, [...description.shared, ...further], (state) => {
      for (const key of further) {
        const there = [state[key]].flat().map(idIn);
        [description.state[key]].flat().forEach((reference, at) => there[at] && find(idIn(reference), there[at]));
      }
      if (description.shared.length) join(name, comm, state);
    });
  }
  function join(/** @type {string} */ name, /** @type {string} */ comm, /** @type {Record<string, any>} */ state) {
    const model = models[name];
    const { shared } = described[name];
    const tell = () => {
      const changes = Object.fromEntries(shared.filter((key) => !same(model.get(key), one.known[key])).map((key) => [key, model.get(key)]));
      if (!Object.keys(changes).length) return;
      Object.assign(one.known, changes);
      send("comm_msg", { comm_id: comm, data: { method: "update", state: changes, buffer_paths: [] } });
    };
    /** @type {Joined} */
    const one = { model, comm, known: Object.fromEntries(shared.map((key) => [key, state[key]])), tell };
    joined.set(comm, one);
    model.on("save", tell);
    if (on.wins()) tell();
    else hear(one, one.known);
  }
  function hear(/** @type {Joined} */ { model, known }, /** @type {Record<string, any>} */ news) {
    for (const [key, value] of Object.entries(news)) {
      if (key.startsWith("_") || [value].flat().some(idIn) || model.get(key) === undefined) continue;
      if (key in known) known[key] = value;
      model.set(key, value);
    }
  }
  return {
    /** Find the kernel's models behind outputs. @param {[string, string][]} outputs names of the page's models, and ids of the kernel's */
    start(outputs) {
      for (const [name, comm] of outputs) find(name, comm);
      if (!asked.size) on.settled();
    },
    heard({ type, content, own }) {
      if (type !== "comm_msg") return;
      const { comm_id, data } = content;
      const state = data.method === "custom" ? data.content?.state : data.state;
      const answer = asked.get(comm_id);
      if (answer && state && (data.method === "custom" || data.method === "update")) {
        asked.delete(comm_id);
        answer(state);
        if (!asked.size) on.settled();
      } else if (joined.has(comm_id) && (data.method === "update" || (data.method === "echo_update" && !own))) {
        hear(/** @type {Joined} */ (joined.get(comm_id)), data.state);
      }
    },
    leave() {
      for (const { model, tell } of joined.values()) model.off("save", tell);
      joined.clear();
    },
  };
}

/** A quiet line at the foot of the page, with something to do about it where there is anything. */
function note() {
  const words = document.createElement("span");
  const button = document.createElement("button");
  button.type = "button";
  const line = document.createElement("div");
  line.className = "essay-explorer-note";
  line.setAttribute("role", "status");
  line.append(words, button);
  line.hidden = true;
  document.body.append(line);
  return {
    say(/** @type {string} */ text, /** @type {string} */ label = "", act = () => {}) {
      words.textContent = text;
      button.textContent = label;
      button.hidden = !label;
      button.onclick = act;
      line.hidden = false;
    },
    hide: () => (line.hidden = true),
  };
}

/** Widgets that the page cannot draw itself stand in their places, drawn by Voila's own script and style. */
function islands() {
  /** @type {Map<string, string>} */
  const found = new Map();
  let loaded = false;
  return {
    any: () => found.size > 0,
    add: (/** @type {string} */ name, /** @type {string} */ id) => found.set(name, id),
    draw(/** @type {string} */ style, /** @type {string} */ source) {
      if (loaded || !found.size) return;
      loaded = true;
      for (const [name, model_id] of found) {
        const place = document.querySelector(`.essay-explorer-live[data-model="${CSS.escape(name)}"]`);
        const output = { output_type: "display_data", metadata: {}, data: { [VIEW]: { model_id, version_major: 2, version_minor: 0 } } };
        const script = Object.assign(document.createElement("script"), { type: "application/vnd.voila.cell-output+json", text: JSON.stringify(output) });
        place?.replaceChildren(Object.assign(document.createElement("div"), { className: "jp-OutputArea-child" }));
        place?.firstChild?.appendChild(script);
      }
      document.body.append(Object.assign(document.createElement("div"), { id: "rendered_cells", hidden: true }));
      const { addEventListener } = window; // Voila's script waits for a `load` event that may be over
      window.addEventListener = function (type, listener, ...rest) {
        if (type === "load" && document.readyState === "complete") queueMicrotask(() => listener.call(window, new Event("load")));
        else addEventListener.call(window, type, listener, ...rest);
      };
      for (const src of [style, source]) document.body.append(Object.assign(document.createElement("script"), { src }));
    },
  };
}

const jsonIn = (/** @type {Document} */ page, /** @type {string} */ id) => JSON.parse(page.getElementById(id)?.textContent ?? "null");

/** Where a reader's kernel is and what its notebook put out, as the server's page tells it; null while there is none. */
const told = (/** @type {Document} */ page) => {
  const config = jsonIn(page, "jupyter-config-data");
  return config && { config, outputs: jsonIn(page, "essay-explorer-outputs") ?? [], style: page.getElementById("essay-explorer-outputs")?.dataset.style ?? "" };
};

const kernelOf = ({ config }) => `${config.baseUrl}api/kernels/${config.kernelId}`;
const alive = async (/** @type {any} */ here) => (await fetch(kernelOf(here), { cache: "no-store" })).ok;

async function another() {
  const answer = await fetch(location.href.split("#")[0], { cache: "no-store" });
  return told(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

const parsed = () => new Promise((resolve) => (document.readyState === "loading" ? addEventListener("DOMContentLoaded", resolve, { once: true }) : resolve(null)));

/** @param {Record<string, Description>} described @param {Record<string, any>} models */
async function link(described, models) {
  const mark = document.documentElement.dataset;
  let wins = Boolean(location.hash); // the page's state, over a kernel's
  for (const model of Object.values(models)) model.on("save", () => (wins = true));
  await parsed();
  const line = note();
  const live = islands();
  /** @type {any} */
  let here = told(document);
  let leave = () => {};
  let lostAt = 0;
  let tries = 0;

  /** The kernel is gone, or nobody answers. The page goes on, and asks for another until there is one. */
  async function lost() {
    leave();
    mark.kernel = "gone";
    wins = true;
    lostAt ||= Date.now();
    await wait(Math.min(AGAIN * 1.5 ** tries, LONGEST));
    tries += 1;
    try {
      here = here && (await alive(here)) ? here : await another();
      if (here) return open();
    } catch {
      // no server: it is asked again
    }
    if (Date.now() - lostAt > SAID) line.say("Live connection lost. You can keep reading; nothing is lost.");
    lost();
  }
  function linked() {
    mark.kernel = "linked";
    lostAt = tries = 0;
    line.hide();
    if (live.any() && mark.islands) line.say("Some controls need a fresh page to work again.", "Reload", () => location.reload());
  }
  function open() {
    const { config, outputs, style } = here;
    /** @type {ReturnType<typeof dialogue> | undefined} */
    let talk;
    const settled = () => {
      if (mark.islands || !live.any()) return linked();
      live.draw(style, `${config.fullStaticUrl}/voila.js`);
      linked();
      mark.islands = "drawn";
    };
    const opened = (/** @type {Send} */ send) => {
      talk = dialogue(described, models, send, { wins: () => wins, live: live.add, settled });
      talk.start(outputs.flatMap(({ cell, output, data }) => {
        const place = /** @type {HTMLElement | null} */ (document.querySelector(`[data-cell="${cell}"][data-output="${output}"] > .essay-explorer-view`));
        return place?.dataset.model ? [[place.dataset.model, data.data[VIEW].model_id]] : [];
      }));
    };
    const heard = (/** @type {any} */ message) => {
      if (message.type === "status" && message.content.execution_state === "dead") lost();
      else talk?.heard(message);
    };
    const disconnect = connect(new URL(kernelOf(here), location.href).href.replace(/^http/, "ws"), { opened, heard, closed: lost });
    leave = () => {
      leave = () => {};
      disconnect();
      talk?.leave();
    };
  }
  if (here) open();
  else lost();

  addEventListener("pagehide", () => {
    if (!here || mark.kernel === "gone") return;
    const token = /\b_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? "";
    fetch(`${here.config.baseUrl}voila/api/shutdown/${here.config.kernelId}`, { method: "POST", keepalive: true, headers: { "X-XSRFToken": token } }).catch(() => {});
  });
}

export default { link };
