// @ts-check
/** The page that starts a class: one button for each reading. */
/** @import { Startable } from "./types.d.ts" */

const UNKNOWN = say("This page needs the address that the program printed when it started, with the key at its end.");

/**
 * @param {HTMLElement} says @param {{name: string, title: string, language: string}} reading
 * @param {(name: string, paragraphs: string) => Promise<void>} open
 */
function entryOf(says, { name, title, language }, open) {
  const button = h("button", { className: "main" }, say("Start a class"));
  const heading = h("h2", { lang: language, dir: "auto" }, title);
  button.setAttribute("aria-label", say("Start a class: {title}", { title }));
  const some = h("input", { maxLength: 40, autocomplete: "off", placeholder: say("All paragraphs") });
  some.setAttribute("aria-label", say("Paragraphs"));
  const act = h("form", {}, some, button);
  act.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    setText(says, say("One moment…"));
    await open(name, some.value).catch((error) => setText(says, error.message));
    button.disabled = false;
  });
  return h("li", {}, heading, act);
}

/** @param {unknown} _ @param {Startable} shown */
function start(_, { readings, remarks }) {
  addEventListener("hashchange", () => location.reload());
  const key = takeKey("essay-explorer-start");
  const title = h("h1", {}, say("Start a class"));
  if (!key) return document.body.append(h("main", { className: "alone" }, title, h("p", {}, UNKNOWN)));
  const link = createLink(key);
  const says = h("p", { role: "status" });
  const open = async (/** @type {string} */ name, /** @type {string} */ paragraphs) => {
    const { address } = await link.send(location.pathname, { reading: name, paragraphs });
    setText(says, say("The room is open."));
    location.assign(address);
  };
  const how = say("Pupils join on their phones, without accounts. You choose on the next page what they mark.");
  const entries = readings.map((reading) => entryOf(says, reading, open));
  const back = h("a", { href: "../" }, readings.length > 1 ? say("Back to the readings") : say("Back to the reading"));
  const words = [how, ...remarks].map((words) => h("p", {}, words));
  document.body.append(
    h("main", { className: "alone" }, title, ...words, h("ul", {}, ...entries), says, h("p", {}, back)),
  );
}

export default { start };
