// @ts-check
/** The place where one stopped: the device remembers it, and the next time the page offers it. Part of explorer.js. */
/** @import { Content, Lens } from "./types.d.ts" */
/** @import { Whereabouts } from "./whereabouts.js" */

/** @typedef {{number: number, letters: number}} Bookmark a paragraph, from 1, and how long it was */

const PLACES = "places"; // the name by which the device remembers them
const MOST_PLACES = 50; // texts, the last ones
const FIRST_PLACE = 3; // who stopped before this paragraph has hardly begun
const REST = 400; // ms without scrolling: there one reads

/** By what a text is known again, also after an edit. @param {Pick<Content, "title" | "author">} content */
export const keyOfText = ({ title, author }) => `${author}: ${title.map(({ text }) => text).join("")}`;

/**
 * The places that are remembered, the last one last; none of what is no place.
 * @param {string} text @returns {[string, Bookmark][]}
 */
export function placesIn(text) {
  try {
    const places = JSON.parse(text || "[]");
    return places.filter(
      (/** @type {any} */ [key, one]) =>
        typeof key === "string" && Number.isInteger(one.number) && Number.isInteger(one.letters),
    );
  } catch {
    return [];
  }
}

/**
 * The places with this one as the last; null takes it out.
 * @param {[string, Bookmark][]} places @param {string} key @param {Bookmark | null} place
 */
export function withPlace(places, key, place) {
  const others = places.filter(([other]) => other !== key);
  return (place ? [...others, /** @type {[string, Bookmark]} */ ([key, place])] : others).slice(-MOST_PLACES);
}

/**
 * Where a bookmark is in the text as it is now: its number if the paragraph is as long as it was, else that of the only
 * one which is; 0 where that is not certain.
 * @param {Bookmark} place @param {{text: string}[]} paragraphs
 */
export function placed({ number, letters }, paragraphs) {
  if (paragraphs[number - 1]?.text.length === letters) return number;
  const alike = paragraphs.flatMap(({ text }, at) => (text.length === letters ? [at + 1] : []));
  return alike.length === 1 ? alike[0] : 0;
}

/**
 * Remember where one reads, and offer the place from before to who begins at the top.
 * @param {Lens} lens @param {Whereabouts} where @param {AbortSignal} signal
 */
export function createBookmark(lens, where, signal) {
  const { h, memory } = lens.dom;
  const go = h("button", { type: "button", className: "go" });
  const close = h("button", { type: "button", className: "step", title: say("No, thank you") }, "×");
  close.setAttribute("aria-label", say("Do not go on there"));
  const element = h("div", { className: "place bookmark", role: "group", hidden: true }, h("div", {}, go, close));
  element.setAttribute("aria-label", say("Where you stopped"));
  const key = keyOfText(lens.content);
  const places = () => placesIn(memory.get(PLACES));
  const remember = () => {
    const { number = 0, letters = 0 } = stoppedAt();
    const place = number >= FIRST_PLACE && number < lens.content.paragraphs.length ? { number, letters } : null;
    memory.set(PLACES, JSON.stringify(withPlace(places(), key, place)));
  };
  const stoppedAt = () => {
    const number = Number(where.read()?.dataset.paragraph ?? 0);
    return { number, letters: lens.content.paragraphs[number - 1]?.text.length };
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  const onScroll = () => {
    clearTimeout(resting);
    resting = setTimeout(() => {
      if (!element.hidden && where.isAtTop()) return; // nobody has read yet
      element.hidden = true;
      remember();
    }, REST);
  };
  /** Once the text is there. */
  const offer = () => {
    where.target().addEventListener("scroll", onScroll, { signal, passive: true });
    signal.addEventListener("abort", () => clearTimeout(resting));
    const [, place] = places().find(([other]) => other === key) ?? [];
    const number = place ? placed(place, lens.content.paragraphs) : 0;
    if (!number || lens.hash() || !where.isAtTop()) return;
    go.textContent = say("Go on where you stopped: paragraph {number}", { number: lens.numberOf(number) });
    element.hidden = false;
    go.addEventListener("click", () => {
      element.hidden = true;
      const paragraph = where.paragraphs().find((one) => one.dataset.paragraph === String(number));
      if (!paragraph) return;
      where.reach(paragraph, 0.15);
      paragraph.querySelector("a")?.focus({ preventScroll: true });
    });
  };
  close.addEventListener("click", () => {
    element.hidden = true;
    memory.set(PLACES, JSON.stringify(withPlace(places(), key, null)));
  });
  return { element, offer };
}
