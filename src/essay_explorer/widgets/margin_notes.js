// @ts-check
/**
 * The notes of the passages shown: on wide screens in the margin beside their lines, on paper behind the essay. Part of
 * essay_text.js.
 */
/** @import { Lens, Passage } from "./types.d.ts" */
/** @import { Article } from "./article.js" */
/** @import { Look } from "./paragraph.js" */

/**
 * A note beside the text. `wanted`: the height of its line, in px from the top of the margin; `height`: its own.
 * @typedef {{wanted: number, height: number}} Place
 * @typedef {{element: HTMLButtonElement, wanted: number}} Placed
 */

const GAP = 10; // px between two notes
const FAR = 140; // px; a run of notes of which one is pushed further shows one line of each
const LINGER = 300; // ms that a note stays unfolded while the pointer goes on to the next
const QUOTED = 60; // letters of a passage before its note on paper

/**
 * Where notes stand, top down: each at its line, or below the one before it.
 * @param {Place[]} places in the order of their lines
 */
export function stacked(places, gap = GAP) {
  let free = Number.NEGATIVE_INFINITY;
  return places.map(({ wanted, height }) => {
    const top = Math.max(wanted, free);
    free = top + height + gap;
    return top;
  });
}

/**
 * Which notes have to be brief: all of a run, in which each is pushed by the one before it, that goes too far.
 * @param {Place[]} places in the order of their lines
 */
export function crowded(places, far = FAR) {
  const pushed = stacked(places).map((top, at) => top - places[at].wanted);
  const brief = places.map(() => false);
  for (let start = 0, end = 0; start < places.length; start = end) {
    end = start + 1;
    while (pushed[end] > 0) end += 1;
    if (Math.max(...pushed.slice(start, end)) > far) brief.fill(true, start, end);
  }
  return brief;
}

/**
 * The letters of those tags of a passage that have lines now.
 * @param {Lens} lens @param {Passage} passage @param {string[]} lanes
 */
function letters({ tags, dom: { h, paint } }, passage, lanes) {
  const lined = lanes.flatMap((id) => (passage.tags.includes(id) ? (tags.get(id) ?? []) : []));
  return lined.map((tag) => paint(h("b", { "aria-hidden": "true" }, tag.code), tag));
}

/** @param {Passage} passage */
const saidOf = ({ note, creator }) => `${note}${creator ? ` (${creator})` : ""}`;

/** @param {Lens} lens @param {Passage} passage */
function createNote({ dom: { h } }, passage) {
  const said = h("span", { className: "said" }, h("span", { className: "letters" }), saidOf(passage));
  const element = h("button", { type: "button", className: "margin-note", tabIndex: -1 }, said);
  element.dataset.id = passage.id;
  return element;
}

/**
 * Notes by their passages: made when they are first wanted, kept while they are shown.
 * @param {Lens} lens @param {HTMLElement} element where they stand
 */
function createStock(lens, element) {
  /** @type {Map<string, HTMLButtonElement>} */
  let notes = new Map();
  const noteOf = (/** @type {Passage} */ passage) => {
    const known = notes.get(passage.id);
    const same = known?.firstElementChild?.lastChild?.textContent === saidOf(passage);
    return known && same ? known : createNote(lens, passage);
  };
  return {
    of: (/** @type {string} */ id) => notes.get(id),
    all: () => [...notes.values()],
    /** Have the notes of these passages, in this order. @param {Passage[]} passages @param {string[]} lanes */
    fill(passages, lanes) {
      notes = new Map(passages.map((passage) => [passage.id, noteOf(passage)]));
      for (const passage of passages)
        notes
          .get(passage.id)
          ?.querySelector(".letters")
          ?.replaceChildren(...letters(lens, passage, lanes));
      arrange(element, [...notes.values()]);
      const tabbed = [...notes.values()].find(({ tabIndex }) => tabIndex === 0);
      if (!tabbed) [...notes.values()][0]?.setAttribute("tabindex", "0");
    },
    /** One note is in the tab order. @param {HTMLButtonElement} note */
    tab(note) {
      for (const one of notes.values()) one.tabIndex = one === note ? 0 : -1;
    },
  };
}

/**
 * Put notes beside their lines. Those that crowd show one line each; the one that is read shows all, where it is.
 * @param {Placed[]} placed in the order of their lines @param {HTMLElement | null} read
 */
function stack(placed, read) {
  const places = () =>
    placed.map(({ element, wanted }) => {
      const kept = element === read ? Number.parseFloat(element.style.top) || 0 : 0;
      return { wanted: Math.max(wanted, kept), height: element.offsetHeight };
    });
  for (const { element } of placed) element.classList.remove("brief", "unfolded");
  const brief = crowded(places()); // whatever is read
  placed.forEach(({ element }, at) => {
    element.classList.toggle("brief", brief[at] && element !== read);
    element.classList.toggle("unfolded", element === read);
  });
  const tops = stacked(places());
  placed.forEach(({ element }, at) => {
    element.style.top = `${tops[at]}px`;
  });
}

/** The segments of a passage, as far as they are built. @param {string} id @param {Article} article */
function marksOf(id, article) {
  const over = article.paragraphs().filter(({ ids }) => ids.has(id));
  const parts = over.flatMap((one) => one.parts.filter(({ segment }) => segment.marks.includes(id)));
  return parts.map(({ element }) => element);
}

/**
 * The one note that is read: it is unfolded, and its passage lit, while the pointer or the focus is on it.
 * @param {HTMLElement} element @param {Article} article @param {() => void} changed @param {AbortSignal} signal
 */
function createReading(element, article, changed, signal) {
  /** @type {HTMLElement | null} */
  let read = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const turn = (/** @type {HTMLElement | null} */ note) => {
    clearTimeout(timer);
    if (note === read) return;
    read = note;
    for (const mark of article.element.querySelectorAll("mark.lit")) mark.classList.remove("lit");
    for (const mark of note ? marksOf(note.dataset.id ?? "", article) : []) mark.classList.add("lit");
    changed();
  };
  const noteAt = (/** @type {Event} */ { target }) =>
    /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(".margin-note"));
  const leave = () => {
    clearTimeout(timer);
    const focused = element.contains(document.activeElement) ? document.activeElement : null;
    timer = setTimeout(() => turn(/** @type {HTMLElement | null} */ (focused)), LINGER);
  };
  element.addEventListener("pointerover", (event) => turn(noteAt(event)), { signal });
  element.addEventListener("focusin", (event) => turn(noteAt(event)), { signal });
  element.addEventListener("pointerleave", leave, { signal });
  element.addEventListener("focusout", leave, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
  return { note: () => read, end: () => turn(null) };
}

/**
 * A click on a note opens its passage, arrow keys go to the next. A note is lit while the pointer is on its passage.
 * @param {Lens} lens @param {Article} article @param {HTMLElement} element
 * @param {ReturnType<typeof createStock>} stock @param {(note: Element) => void} reach @param {AbortSignal} signal
 */
function addActs(lens, article, element, stock, reach, signal) {
  const noteAt = (/** @type {Event} */ { target }) =>
    /** @type {HTMLButtonElement | null} */ (/** @type {Element} */ (target).closest(".margin-note"));
  const onClick = (/** @type {MouseEvent} */ event) => {
    const note = noteAt(event);
    if (note) lens.open(note.dataset.id ?? "", note);
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const note = noteAt(event);
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!note || !by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const notes = stock.all();
    const next = notes[notes.indexOf(note) + by];
    if (!next) return;
    stock.tab(next);
    next.focus({ preventScroll: true });
    reach(next);
  };
  const onOver = (/** @type {Event} */ { target }) => {
    const mark = /** @type {Element} */ (target).closest("mark");
    const ids = (mark instanceof HTMLElement ? (mark.dataset.ids ?? "") : "").split(" ");
    for (const note of stock.all()) note.classList.toggle("lit", ids.includes(note.dataset.id ?? ""));
  };
  element.addEventListener("click", onClick, { signal });
  element.addEventListener("keydown", onKey, { signal });
  article.element.addEventListener("pointerover", onOver, { signal });
}

/**
 * The notes beside the text, where the host's style sheet gives them room.
 * @param {Lens} lens @param {Article} article @param {(note: Element) => void} reach scrolls to a note
 * @param {AbortSignal} signal
 */
function createMarginNotes(lens, article, reach, signal) {
  const element = lens.dom.h("div", { className: "margin-notes", role: "group", "aria-label": say("Notes") });
  const stock = createStock(lens, element);
  /** @type {Placed[]} */
  let placed = [];
  /** @type {Look | undefined} */
  let look;
  let due = false;
  const reading = createReading(element, article, () => stack(placed, reading.note()), signal);
  /** The passages near the screen that are shown and have a note, each with the box of its first line. */
  const lines = () => {
    const { shown } = /** @type {Look} */ (look);
    const near = lens
      .shown()
      .filter(({ id, note, paragraph }) => note && shown.has(id) && article.isNear(paragraph - 1));
    return near.flatMap((passage) => {
      const box = article.first(passage.id)?.getClientRects()[0];
      return box ? [{ passage, box }] : [];
    });
  };
  const place = () => {
    due = false;
    if (signal.aborted || !look || !isThere(element)) return;
    const { top } = element.getBoundingClientRect();
    const line = Number.parseFloat(getComputedStyle(element).lineHeight);
    const found = lines();
    const passages = found.map(({ passage }) => passage);
    stock.fill(passages, look.lanes);
    placed = found
      .map(({ passage: { id }, box }) => ({
        element: /** @type {HTMLButtonElement} */ (stock.of(id)),
        wanted: box.top + (box.height - line) / 2 - top,
      }))
      .sort((one, other) => one.wanted - other.wanted);
    if (!reading.note()?.isConnected) reading.end();
    stack(placed, reading.note());
  };
  addActs(lens, article, element, stock, reach, signal);
  return {
    element,
    draw(/** @type {Look} */ now) {
      look = now;
    },
    /** Place them anew once what has changed is on the screen: no click waits for it. */
    place() {
      if (due) return;
      due = true;
      requestAnimationFrame(() => setTimeout(place));
    },
  };
}

/**
 * The notes of the passages shown as they stand behind the essay on paper: made when it is printed.
 * @param {Lens} lens @param {AbortSignal} signal
 */
function createEndNotes(lens, signal) {
  const { h, short } = lens.dom;
  const element = h("section", { className: "end-notes" });
  /** @type {Look | undefined} */
  let look;
  const item = (/** @type {Passage} */ passage) => {
    const { language } = lens.content;
    const quote = h("q", { lang: language, dir: "auto" }, short(lens.texts.get(passage.id) ?? "", QUOTED));
    const where = h("span", { className: "where" }, String(lens.numberOf(passage.paragraph)));
    return h(
      "p",
      { className: "end-note" },
      where,
      ...letters(lens, passage, look?.lanes ?? []),
      quote,
      saidOf(passage),
    );
  };
  const fill = () => {
    const noted = lens.shown().filter(({ id, note }) => note && look?.shown.has(id));
    if (noted.length) element.replaceChildren(h("h2", {}, say("Notes, by paragraph")), ...noted.map(item));
  };
  addEventListener("beforeprint", fill, { signal });
  addEventListener("afterprint", () => element.replaceChildren(), { signal });
  return {
    element,
    draw(/** @type {Look} */ now) {
      look = now;
    },
  };
}

/**
 * The notes of the passages shown, beside the text and behind it.
 * @param {Lens} lens @param {Article} article @param {(note: Element) => void} reach scrolls to a note
 * @param {AbortSignal} signal
 */
export function createPassageNotes(lens, article, reach, signal) {
  const margin = createMarginNotes(lens, article, reach, signal);
  const end = createEndNotes(lens, signal);
  return {
    elements: [margin.element, end.element],
    place: margin.place,
    /** The margin has notes while nothing that is opened stands there. @param {Look} look */
    draw(look) {
      margin.draw(look);
      end.draw(look);
      const { at, chart, tour, differ } = look.state;
      const free = !(at || chart || tour || differ);
      const noted = free && look.shown.size > 0 && lens.shown().some(({ note }) => note);
      margin.element.parentElement?.classList.toggle("noted", noted);
    },
  };
}
