// @ts-check
/** The teacher's page: it leads the room. */
/** @import { Desk, Lead, Link, News, Shown } from "./types.d.ts" */

const STRAY = say(
  "This page needs your own address, with the key at its end. The program that opened the room printed it.",
);
const AWAY = say("Not connected to the room. It is kept; this page tries again by itself.");
const TYPING = "input:not([type=checkbox]), textarea, select";
const TYPED_LINE = "input:not([type=range])"; // in which a clicker's keys mean nothing else
const QUIET = 15_000; // ms after which somebody may have become idle

/** @param {Lead} lead */
function createMarkPanel(lead) {
  const words = h("p", { className: "task" });
  const done = h("p", { className: "large" });
  const collect = askedFirst(say("Close the pass for all"), {
    question: say("Whoever has marked something is handed in."),
    yes: say("Hand in for all"),
    act: () => lead.act("desk/collect", {}, say("All who have marked are handed in.")),
  });
  const element = h(
    "section",
    { className: "marking" },
    h("h2", {}, say("Marking")),
    words,
    done,
    h("div", { className: "row" }, collect),
  );
  return {
    element,
    /** @param {Desk} desk */
    draw({ room, here, handed_in: count }) {
      element.hidden = room.phase !== "mark";
      setText(words, room.words);
      setText(done, say("{done} of {count} handed in", { done: count, count: here }));
    },
  };
}

/** What was said last, with a way to undo it. */
function createSays() {
  const words = h("span", {});
  const undo = pressed("", "quiet", () => {});
  const element = h("footer", { className: "says" }, h("p", { role: "status" }, words), undo);
  let act = () => {};
  undo.addEventListener("click", () => act());
  undo.hidden = true;
  return {
    element,
    /** @param {string} text @param {{label: string, act: () => void}} [way] */
    say(text, way) {
      setText(words, text);
      const held = document.activeElement === undo;
      undo.hidden = !way;
      if (held && !way) document.querySelector("main")?.focus({ preventScroll: true }); // else nothing has the focus
      if (!way) return;
      setText(undo, way.label);
      act = way.act;
    },
  };
}

/** What the teacher's keys do. @param {Lead} lead @param {{step: (by: number) => unknown}} found */
function listenToKeys(lead, found) {
  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (!lead.desk() || ctrlKey || metaKey || altKey || !(target instanceof Element)) return;
    if (target.closest(TYPING) && !(key.startsWith("Page") && target.closest(TYPED_LINE))) return;
    if (key === " " && target.closest("button, a, summary, input")) return;
    const { phase } = lead.desk().room;
    const by = { " ": 1, PageDown: 1, PageUp: -1 }[key];
    const along = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (by) lead.goTo(stepFrom(lead.desk().room, by));
    else if (along && (phase === "reveal" || phase === "discuss") && !target.closest("input")) found.step(along);
    else return;
    event.preventDefault();
  });
}

/**
 * What the parts share.
 * @param {Shown} shown @param {Link} link @param {() => Desk} desk @param {() => Promise<void>} draw
 * @param {Lead["say"]} tell @returns {Lead}
 */
function createLead(shown, link, desk, draw, tell) {
  const act = async (/** @type {string} */ address, /** @type {object} */ value, said = "") => {
    tell(""); // the way back from what was done before is not that from this
    try {
      const made = await link.send(address, value);
      await draw();
      if (said) tell(said);
      return made;
    } catch (error) {
      tell(/** @type {Error} */ (error).message);
      return null;
    }
  };
  return { shown, link, desk, draw, say: tell, act, goTo: createGoing({ act, desk }) };
}

/** The parts of the page, in their places. @param {Lead} lead @param {string} key @param {HTMLElement} says */
function createDesk(lead, key, says) {
  const { shown } = lead;
  const [strip, people] = [createPhaseStrip(lead), createPeopleList(lead)];
  const paper = createPaperEntry(lead);
  people.list.before(paper.element); // a class is longer than the screen
  const [found, words] = [createFoundPanel(lead), createWordsPanel(lead)];
  const first = [createDoorPanel(lead, key), createTaskForm(lead), createMarkPanel(lead)];
  const panels = [...first, createEndPanel(lead), createMovedPanel(lead), found, words];
  const title = h(
    "h1",
    {},
    say("Room {code}", { code: shown.code }),
    " · ",
    h("span", { lang: shown.language, dir: "auto" }, shown.title),
  );
  const main = h("main", { tabIndex: -1 }, title, ...panels.map(({ element }) => element));
  const away = h("p", { className: "away", role: "alert", hidden: true }, AWAY);
  document.body.append(strip.element, away, h("div", { className: "desk" }, main, people.element), says);
  return { strip, main, found, words, away, all: [strip, people, paper, ...panels] };
}

/** @param {News} news @param {Shown} shown */
function start(news, shown) {
  addEventListener("hashchange", () => location.reload());
  const key = takeKey(`essay-explorer-teacher-${shown.code}`);
  const alone = (/** @type {string} */ words) =>
    document.body.replaceChildren(
      h("main", { className: "alone" }, h("h1", {}, say("Room {code}", { code: shown.code })), h("p", {}, words)),
    );
  if (!key) return alone(STRAY);
  const link = createLink(key);
  let desk = /** @type {Desk | null} */ (null);
  const lookAgain = createLooking(
    async () => {
      const now = await link.get("desk/people");
      shown.sentences ??= (await link.get("desk/text")).sentences;
      Object.assign(shown, { tags: now.tags, themes: now.themes });
      const [findings, queue] = await Promise.all([
        parts.found.wants(now) ? link.get("desk/findings") : null,
        parts.words.wants(now) ? link.get("desk/queue") : { words: [] },
      ]);
      desk = /** @type {Desk} */ ({ ...now, findings, words: queue.words });
      if (document.body.dataset.phase !== desk.room.phase) parts.main.scrollTo(0, 0);
      document.body.dataset.phase = desk.room.phase;
      for (const panel of parts.all) panel.draw(desk);
    },
    (error) => {
      if (error?.status === 403 && !desk) return alone(STRAY);
      parts.away.hidden = !error;
    },
  );
  const says = createSays();
  const lead = createLead(shown, link, () => /** @type {Desk} */ (desk), lookAgain, says.say);
  const parts = createDesk(lead, key, says.element);
  listenToKeys(lead, parts.found);
  lookAgain();
  news.listen("desk/news", lookAgain, link.headers);
  setInterval(() => {
    if (desk) parts.strip.draw(desk);
    if (desk && parts.away.hidden && isCutOff()) lookAgain();
  }, 1_000);
  setInterval(() => desk?.room.phase === "mark" && !document.hidden && lookAgain(), QUIET);
}

export default { start };
