// @ts-check
/**
 * The page's link to its Python kernel, where the notebook has Python behind it. The page works before the kernel is
 * there and after it has gone; what the reader does meanwhile is kept and told to the kernel that comes next.
 */
/** @import { Descriptions, Kernel, Models } from "./notebook.d.ts" */

const AGAIN = 1_500; // ms until a lost kernel is asked for again; longer each time
const GROWTH = 1.5;
const LONGEST = 15_000; // ms between two tries
const SAID = 6_000; // ms that a link may be lost before the reader is told
const REFUSED = 3; // kernels that were given and could not be reached, after which no more are asked for
const SENTENCES = {
  lost: say("Live connection lost. You can keep reading; nothing is lost."),
  unreachable: say("The live controls of this page cannot be reached from here. You can keep reading."),
  changed: say("This page has changed since you opened it."),
  islands: say("Some controls need a fresh page to work again."),
};
const STATE = "essay-explorer-state";

/** @param {number} ms */
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const parsed = () =>
  new Promise((done) => {
    if (document.readyState !== "loading") done(null);
    else addEventListener("DOMContentLoaded", done, { once: true });
  });
/** @param {Document} page @param {string} id */
const jsonIn = (page, id) => JSON.parse(page.getElementById(id)?.textContent ?? "null");

/** Where a reader's kernel is, as the server's page tells it; null while there is none. @param {Document} page */
function kernelIn(page) {
  const config = jsonIn(page, "jupyter-config-data");
  const style = page.getElementById("essay-explorer-outputs")?.dataset.style ?? "";
  return config && /** @type {Kernel} */ ({ config, outputs: jsonIn(page, "essay-explorer-outputs") ?? [], style });
}

/**
 * What two pages have in common that show the same: their readings, and which widgets stand where.
 * @param {Document} page
 */
function shapeOf(page) {
  const described = /** @type {Descriptions} */ (jsonIn(page, STATE) ?? {});
  const content = (/** @type {any} */ state) => state.content?.fingerprint;
  const models = Object.entries(described).map(([name, { kind, refers, state }]) => [
    name,
    kind,
    refers,
    content(state),
  ]);
  const places = /** @type {HTMLElement[]} */ ([...page.querySelectorAll("[data-cell]")]);
  return JSON.stringify([models, places.map(({ dataset }) => ({ ...dataset }))]);
}

/** @param {Kernel} kernel */
const addressOf = ({ config }) => new URL(`${config.baseUrl}api/kernels/${config.kernelId}`, location.href).href;
/** @param {Kernel} kernel */
const isAlive = async (kernel) => (await fetch(addressOf(kernel), { cache: "no-store" })).ok;

/** Tell the server that the reader leaves, so that the kernel can end. @param {Kernel} kernel */
function end({ config }) {
  const token = /\b_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? "";
  const address = `${config.baseUrl}voila/api/shutdown/${config.kernelId}`;
  fetch(address, { method: "POST", keepalive: true, headers: { "X-XSRFToken": token } }).catch(() => {});
}

/**
 * The page's models behind outputs, and the kernel's.
 * @param {Kernel} kernel @returns {[name: string, comm: string][]}
 */
function outputsOf({ outputs }) {
  return outputs.flatMap(({ cell, output, data }) => {
    const place = document.querySelector(`[data-cell="${cell}"][data-output="${output}"] > .essay-explorer-view`);
    const name = /** @type {HTMLElement | null} */ (place)?.dataset.model;
    return name ? [/** @type {[string, string]} */ ([name, data.data[VIEW].model_id])] : [];
  });
}

/** The link of a page to one kernel after the other. */
class Link {
  /** @type {Kernel | null} */
  #kernel = kernelIn(document);
  #shape = shapeOf(document);
  #note = createNote();
  #islands = createIslands();
  #mark = document.documentElement.dataset;
  #wins = Boolean(location.hash);
  #again = false;
  #said = 0; // the timer after which the reader is told that the link is lost
  #tries = 0;
  #refused = 0;
  #leave = () => {};

  /** @param {Descriptions} described @param {Models} models */
  constructor(described, models) {
    this.described = described;
    this.models = models;
    addEventListener("pagehide", () => this.#kernel && this.#mark.kernel !== "gone" && end(this.#kernel));
  }

  /** The reader has acted: what the page shows goes before what a kernel says. */
  acted() {
    this.#wins = true;
  }

  /** Link the page to the kernel that it was given; the first that comes, where it was given none. */
  open() {
    if (this.#kernel) this.#connect(this.#kernel);
    else this.#lost();
  }

  /** @param {Kernel} kernel */
  #connect(kernel) {
    let reached = false;
    /** @type {ReturnType<typeof createDialogue> | undefined} */
    let dialogue;
    const disconnect = connect(addressOf(kernel).replace(/^http/, "ws"), {
      opened: (send) => {
        reached = true;
        this.#refused = 0;
        dialogue = this.#dialogue(kernel, send);
        dialogue.start(outputsOf(kernel));
      },
      heard: (message) => {
        if (message.type === "status" && message.content.execution_state === "dead") this.#lost();
        else dialogue?.heard(message);
      },
      closed: () => {
        if (!reached) this.#refused += 1;
        this.#lost();
      },
    });
    this.#leave = () => {
      disconnect();
      dialogue?.leave();
    };
  }

  /** @param {Kernel} kernel @param {import("./notebook.d.ts").Send} send */
  #dialogue(kernel, send) {
    return createDialogue({
      described: this.described,
      models: this.models,
      send,
      wins: () => this.#wins,
      live: this.#islands.add,
      settled: () => this.#settled(kernel),
      again: this.#again,
    });
  }

  /** @param {Kernel} kernel */
  #settled(kernel) {
    clearTimeout(this.#said);
    this.#said = 0;
    this.#tries = 0;
    this.#again = true;
    this.#note.hide();
    if (this.#islands.drawn()) this.#note.say(SENTENCES.islands, say("Reload"), () => location.reload());
    else if (this.#islands.any()) this.#islands.draw(kernel);
    this.#mark.kernel = "linked";
  }

  /** The kernel is gone, or nobody answers. The page goes on, and asks for another until there is one. */
  async #lost() {
    this.#leave();
    this.#leave = () => {};
    this.#mark.kernel = "gone";
    this.#wins = true;
    this.#said ||= setTimeout(() => this.#note.say(SENTENCES.lost), SAID);
    while (this.#refused < REFUSED) {
      await wait(Math.min(AGAIN * GROWTH ** this.#tries, LONGEST));
      this.#tries += 1;
      const answer = await this.#ask().catch(() => "silent"); // no server: it is asked again
      if (answer === "kernel") return this.open();
      if (answer === "changed") return this.#end(SENTENCES.changed, say("Reload"));
    }
    this.#end(SENTENCES.unreachable);
  }

  /**
   * No kernel is asked for any more.
   * @param {string} sentence @param {string} [label] of a button that loads the page anew
   */
  #end(sentence, label) {
    clearTimeout(this.#said);
    this.#note.say(sentence, label, () => location.reload());
  }

  /** Whether the kernel is still there, or the server gives another; it may have another page by now. */
  async #ask() {
    if (this.#kernel && (await isAlive(this.#kernel))) return "kernel";
    const answer = await fetch(location.href.split("#")[0], { cache: "no-store" });
    if (!answer.ok) return "silent";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const kernel = kernelIn(page);
    if (shapeOf(page) !== this.#shape) {
      if (kernel) end(kernel); // nobody will come for it
      return "changed";
    }
    this.#kernel = kernel;
    return kernel ? "kernel" : "silent";
  }
}

/**
 * Listen from now on to what the reader does; returns what links the page to its kernel, once the page is drawn.
 * @param {Descriptions} described @param {Models} models
 */
function listen(described, models) {
  /** @type {Link | undefined} */
  let made;
  let acted = false;
  for (const model of Object.values(models)) {
    model.on("save", () => {
      acted = true;
      made?.acted();
    });
  }
  return async () => {
    await parsed(); // what tells of the kernel comes behind the page's script
    made = new Link(described, models);
    if (acted) made.acted();
    made.open();
  };
}

export default { listen };
