// @ts-check
/**
 * The page's link to its Python kernel, where a server gives it one. The page works before the kernel
 * is there and after it has gone; what the reader does meanwhile is kept and told to the kernel.
 */

const KEYS = ["chosen", "excluded", "match", "show", "query", "at"];
const LOOK_EVERY = 5_000; // ms between two looks whether the kernel is alive, while the page is seen
const PATIENCE = 90_000; // ms until a kernel that has not come is given up

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Join the page's lens and the kernel's, both ways. The reader's own doing wins over the notebook's. */
function join(page, kernel, untouched, signal) {
  let copying = false;
  const copy = (from, to, save) => {
    if (copying) return;
    copying = true;
    const changed = KEYS.filter((key) => !same(from.get(key), to.get(key)));
    for (const key of changed) to.set(key, from.get(key));
    copying = false;
    if (save && changed.length) to.save_changes();
  };
  const toKernel = () => copy(page, kernel, true);
  const toPage = () => copy(kernel, page, false);
  if (untouched) toPage();
  else toKernel();
  page.on("save", toKernel);
  for (const key of KEYS) kernel.on(`change:${key}`, toPage);
  signal.addEventListener("abort", () => page.off("save", toKernel));
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
  return {
    say(text, label, act) {
      words.textContent = text;
      button.textContent = label;
      button.onclick = act;
      line.hidden = false;
    },
    hush: () => (line.hidden = true),
  };
}

/** Start Voila's own script; it waits for a `load` event that may be over by then. */
function startVoila(source) {
  const { addEventListener } = window;
  window.addEventListener = function (type, listener, ...rest) {
    if (type === "load" && document.readyState === "complete") queueMicrotask(() => listener.call(window, new Event("load")));
    else addEventListener.call(window, type, listener, ...rest);
  };
  document.body.append(Object.assign(document.createElement("script"), { src: source }));
}

/** When the browser has nothing better to do. */
const idle = () => new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve, { timeout: 1_000 }));
const parsed = () => new Promise((resolve) => (document.readyState === "loading" ? addEventListener("DOMContentLoaded", resolve, { once: true }) : resolve(null)));

async function link(lens) {
  const at_rest = KEYS.map((key) => lens.get(key));
  const state = document.documentElement.dataset;
  const fingerprint = lens.get("content").fingerprint;
  let gone = false;
  /** @type {AbortController | null} */
  let joined = null;
  document.addEventListener("essay-explorer:lens", (event) => {
    const { model, signal } = event.detail;
    if (model.get("content").fingerprint !== fingerprint) return; // another reading, or another state of its files
    event.preventDefault(); // the page draws this reading already
    joined?.abort();
    joined = new AbortController();
    signal.addEventListener("abort", () => joined?.abort());
    join(lens, model, !location.hash && KEYS.every((key, at) => same(lens.get(key), at_rest[at])), joined.signal);
    state.kernel = "linked";
  });

  await parsed();
  const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "null");
  if (!config) return; // a page without a server
  const line = note();
  const cookie = () => ({ "X-XSRFToken": /\b_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? "" });
  const kernel = `${config.baseUrl}api/kernels/${config.kernelId}`;
  const started = performance.now();

  const lost = (/** @type {boolean} */ served) => {
    gone = true;
    state.kernel = "gone";
    joined?.abort();
    line.say(
      served
        ? "Python has gone. The page works on without it, and nothing is lost."
        : "The server does not answer. The page works on without it, and nothing is lost.",
      "Reconnect",
      reconnect,
    );
  };
  /** A new visit brings a new kernel; the lens travels in the address. Only where a server answers. */
  async function reconnect() {
    try {
      await fetch(kernel, { cache: "no-store" });
      location.reload();
    } catch {
      lost(false);
    }
  }
  async function look() {
    if (gone || document.hidden) return;
    try {
      const answer = await fetch(kernel, { cache: "no-store" });
      if (answer.status === 404) lost(true);
      else if (!joined && performance.now() - started > PATIENCE) lost(true);
    } catch {
      lost(false);
    }
  }
  setInterval(look, LOOK_EVERY);
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", () => {
    if (!gone) fetch(`${config.baseUrl}voila/api/shutdown/${config.kernelId}`, { method: "POST", keepalive: true, headers: cookie() }).catch(() => {});
  });

  // Outputs of a notebook other than the explorer itself are shown below the page, in Jupyter's style.
  const cells = document.getElementById("essay-explorer-cells");
  if (cells && cells.querySelectorAll(".jp-OutputArea-child").length > 1) {
    cells.hidden = false;
    document.body.append(Object.assign(document.createElement("script"), { src: cells.dataset.style }));
  }
  await idle();
  startVoila(`${config.fullStaticUrl}/voila.js`);
}

export default { link, join };
