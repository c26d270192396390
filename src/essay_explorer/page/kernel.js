// @ts-check
/**
 * The page's link to its Python kernel, where a server gives it one. The page works before the kernel
 * is there and after it has gone; what the reader does meanwhile is kept and told to the kernel.
 *
 * All that the kernel has for the page is its Lens, so this speaks to it directly instead of loading
 * Voila's own front end: the Jupyter messaging protocol 5.4 over the kernel's WebSocket, in it the
 * widget messages of ipywidgets (schema 2.1).
 */

const KEYS = ["chosen", "excluded", "match", "show", "query", "within", "at", "chart"];
const PATIENCE = 90_000; // ms until a kernel that has not answered is given up
const AGAIN = 2_000; // ms until a lost connection is tried again

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const parsed = () => new Promise((resolve) => (document.readyState === "loading" ? addEventListener("DOMContentLoaded", resolve, { once: true }) : resolve(null)));

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
    if (typeof data !== "string") return; // a message with buffers: not about the lens
    const { header, content } = JSON.parse(data);
    heard({ type: header.msg_type, content }, send);
  });
  socket.addEventListener("close", closed);
  return () => {
    socket.removeEventListener("close", closed);
    socket.close();
  };
}

/** What the page's lens and the kernel's tell each other; the reader's own doing wins over the notebook's. */
function join(lens, comm, send, { state, untouched }) {
  let known = state; // the kernel's lens as last heard or told
  const tell = () => {
    const changes = Object.fromEntries(KEYS.filter((key) => !same(lens.get(key), known[key])).map((key) => [key, lens.get(key)]));
    if (!Object.keys(changes).length) return;
    known = { ...known, ...changes };
    send("comm_msg", { comm_id: comm, data: { method: "update", state: changes, buffer_paths: [] } });
  };
  const hear = (/** @type {Record<string, any>} */ news) => {
    const changes = Object.entries(news).filter(([key]) => KEYS.includes(key));
    known = { ...known, ...Object.fromEntries(changes) };
    for (const [key, value] of changes) lens.set(key, value);
  };
  if (untouched) hear(state);
  else tell();
  lens.on("save", tell);
  return { hear, leave: () => lens.off("save", tell) };
}

/** A quiet line at the foot of the page, with something to do about it. */
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
  return (/** @type {string} */ text, /** @type {string} */ label, /** @type {() => void} */ act) => {
    words.textContent = text;
    button.textContent = label;
    button.onclick = act;
    line.hidden = false;
  };
}

/** Show what else the notebook puts out below the page; that needs Voila's own script and style. */
function showOutputs(cells, source) {
  cells.hidden = false;
  const { addEventListener } = window; // Voila's script waits for a `load` event that may be over
  window.addEventListener = function (type, listener, ...rest) {
    if (type === "load" && document.readyState === "complete") queueMicrotask(() => listener.call(window, new Event("load")));
    else addEventListener.call(window, type, listener, ...rest);
  };
  for (const src of [cells.dataset.style, source]) document.body.append(Object.assign(document.createElement("script"), { src }));
}

async function link(lens) {
  const { fingerprint } = lens.get("content");
  const mark = document.documentElement.dataset;
  document.addEventListener("essay-explorer:lens", (event) => {
    // A view that the kernel sends draws nothing where the page already shows its reading.
    if (event.detail.model.get("content").fingerprint === fingerprint) event.preventDefault();
  });
  let touched = Boolean(location.hash);
  lens.on("save", () => (touched = true)); // the reader's doing; the address holds it only after the next frame
  await parsed();
  const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "null");
  if (!config) return; // a page without a server
  const say = note();
  const kernel = `${config.baseUrl}api/kernels/${config.kernelId}`;
  /** @type {ReturnType<typeof join> | null} */
  let joined = null;
  let comm = "";
  let disconnect = () => {};

  /** The kernel is gone, or nobody answers. The page goes on; a new visit brings a new kernel. */
  function lost(/** @type {boolean} */ served) {
    disconnect();
    joined?.leave();
    mark.kernel = "gone";
    say(`${served ? "Python has gone." : "The server does not answer."} The page works on without it, and nothing is lost.`, "Reconnect", async () => {
      try {
        await fetch(kernel, { cache: "no-store" }); // only where a server answers: the lens travels in the address
        location.reload();
      } catch {
        lost(false);
      }
    });
  }
  const heard = ({ type, content }, send) => {
    const { comm_id, data } = content;
    if (type === "comm_info_reply") {
      for (const id of Object.keys(content.comms)) send("comm_msg", { comm_id: id, data: { method: "custom", content: { asked: "lens" } } });
    } else if (type === "status" && content.execution_state === "dead") {
      lost(true);
    } else if (type === "comm_msg" && data.method === "custom" && data.content.lens === fingerprint) {
      comm = comm_id;
      joined?.leave();
      joined = join(lens, comm, send, { state: data.content.state, untouched: !mark.kernel && !touched });
      mark.kernel = "linked";
    } else if (type === "comm_msg" && comm_id === comm && data.method === "update") {
      joined?.hear(data.state);
    }
  };
  const closed = async () => {
    try {
      const answer = await fetch(kernel, { cache: "no-store" });
      if (answer.status === 404) lost(true);
      else setTimeout(open, AGAIN);
    } catch {
      lost(false);
    }
  };
  function open() {
    const opened = (/** @type {Function} */ send) => send("comm_info_request", { target_name: "jupyter.widget" });
    disconnect = connect(new URL(kernel, location.href).href.replace(/^http/, "ws"), { opened, heard, closed });
  }
  open();
  setTimeout(() => joined || lost(true), PATIENCE);

  addEventListener("pagehide", () => {
    if (mark.kernel === "gone") return;
    const token = /\b_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? "";
    fetch(`${config.baseUrl}voila/api/shutdown/${config.kernelId}`, { method: "POST", keepalive: true, headers: { "X-XSRFToken": token } }).catch(() => {});
  });
  const cells = document.getElementById("essay-explorer-cells");
  if (cells && cells.querySelectorAll(".jp-OutputArea-child").length > 1) showOutputs(cells, `${config.fullStaticUrl}/voila.js`);
}

export default { link };
