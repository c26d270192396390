// @ts-check
/** What stands after the last paragraph: a question, and the sentence most leaned on. Part of essay_text.js. */
/** @import { Content, Lens } from "./types.d.ts" */

/**
 * The passage that most others lean on: the target of most relations, of equals the first in the text; "" where none
 * has two.
 * @param {Pick<Content, "passages" | "relations">} content
 */
export function mostLeanedOn({ passages, relations }) {
  const leaning = /** @type {Map<string, number>} */ (new Map());
  for (const { from, to } of relations) if (from !== to) leaning.set(to, (leaning.get(to) ?? 0) + 1);
  const counts = passages.map(({ id }) => ({ id, count: leaning.get(id) ?? 0 }));
  const most = counts.reduce((best, one) => (one.count > best.count ? one : best), { id: "", count: 1 });
  return most;
}

/**
 * A question to take along: the last one of the theme that most passages carry; "" where there is none.
 * @param {Content} content
 */
export function lastQuestion({ facets }) {
  const tags = facets
    .flatMap((facet) => (facet.role === "theme" ? facet.tags : []))
    .filter((tag) => tag.questions.length);
  const [most] = [...tags].sort((a, b) => b.count - a.count);
  return most?.questions.at(-1) ?? "";
}

/** A group with a heading. @param {Lens} lens @param {string} name @param {...Node} children */
const group = ({ dom: { h } }, name, ...children) => h("div", { className: "group" }, h("h2", {}, name), ...children);

/**
 * The passage that most others lean on, and how many they are.
 * @param {Lens} lens @param {{id: string, count: number}} most
 */
function leanedOn(lens, { id, count }) {
  const { h } = lens.dom;
  const link = h("a", { href: lens.link(id) || `#at=${id}` }, lens.texts.get(id) ?? "");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    lens.open(id, link);
  });
  const quote = h("blockquote", { lang: lens.content.language, dir: "auto" }, link);
  return group(
    lens,
    say("Leaned on most"),
    quote,
    h("p", {}, sayN("{count} other passage points to it.", "{count} other passages point to it.", count)),
  );
}

/** Is it the address of a page, and nothing that runs? @param {string} text */
export const isAddress = (text) => /^https?:\/\/[^\s]+$/i.test(text);

/** The ways to the original; none where there are none. @param {Lens} lens */
function original(lens) {
  const { h, prose } = lens.dom;
  const { after, url, copy } = lens.content;
  if (!url && !copy) return [];
  const work = prose(after);
  const line = isAddress(url)
    ? [h("a", { href: url, rel: "noreferrer" }, ...(work.length ? work : [url]))]
    : [...work, work.length && url ? `: ${url}` : url];
  const own = copy ? [h("p", {}, h("a", { href: copy }, say("Read the original, with its own passages marked")))] : [];
  return [group(lens, say("The original"), h("p", {}, ...line), ...own)];
}

/** The next reading on the shelf; nothing where there is none. @param {Lens} lens */
function nextReading(lens) {
  const { h, prose } = lens.dom;
  const next = lens.next();
  if (!next) return [];
  const link = h("a", { className: "next", href: next.address, dir: "auto" }, ...prose(next.title));
  return [group(lens, say("Next on the shelf"), h("p", {}, link))];
}

/** @param {Lens} lens */
export function createEnding(lens) {
  const { h } = lens.dom;
  const element = h("div", { className: "ending" });
  const shelf = h("div", {});
  let shown = "";
  /** What it was made of. @type {Partial<Content> & {question?: string}} */
  let made = {};
  const draw = () => {
    const next = JSON.stringify(lens.next());
    if (next === shown) return;
    shown = next;
    shelf.replaceChildren(...nextReading(lens));
    element.hidden = !element.querySelector("*:not(:empty)");
  };
  const fill = () => {
    const { relations, tour } = lens.content;
    const question = lastQuestion(lens.content);
    if (made.relations === relations && made.tour === tour && made.question === question) return; // other marks only
    made = { relations, tour, question };
    const most = mostLeanedOn(lens.content);
    element.replaceChildren(
      ...(question ? [group(lens, say("A question to take along"), h("p", { className: "question" }, question))] : []),
      ...(most.id ? [leanedOn(lens, most)] : []),
      ...tourButton(lens),
      ...original(lens),
      shelf,
    );
    shown = "";
    draw();
  };
  return { element, fill, draw };
}
