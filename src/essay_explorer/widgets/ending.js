// @ts-check
/** What stands after the last paragraph: a question, and the sentence most leaned on. Part of essay_text.js. */
/** @import { Content, Lens } from "./types.d.ts" */

/**
 * The passage that most others lean on: the target of most relations, of equals the first in the text; "" where none
 * has two.
 * @param {Pick<Content, "passages" | "relations">} content
 */
export function mostLeanedOn({ passages, relations }) {
  const leaning = (/** @type {string} */ id) => relations.filter((one) => one.to === id && one.from !== id).length;
  const counts = passages.map(({ id }) => ({ id, count: leaning(id) }));
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

/** @param {Lens} lens */
export function createEnding(lens) {
  const { h } = lens.dom;
  const element = h("div", { className: "ending" });
  const fill = () => {
    const { content } = lens;
    const question = lastQuestion(content);
    const { id, count } = mostLeanedOn(content);
    const leaned = h("a", { href: lens.link(id) || `#at=${id}` }, lens.texts.get(id) ?? "");
    leaned.addEventListener("click", (event) => {
      event.preventDefault();
      lens.open(id, leaned);
    });
    const quote = h("blockquote", { lang: content.language, dir: "auto" }, leaned);
    const original = h("a", { href: content.copy ?? "" }, "Read the original, with its own passages marked");
    element.replaceChildren(
      ...(question ? [group(lens, "A question to take along", h("p", { className: "question" }, question))] : []),
      ...(id ? [group(lens, `Leaned on most: ${count} passages point to it`, quote)] : []),
      ...tourButton(lens),
      ...(content.copy ? [h("p", {}, original)] : []),
    );
    element.hidden = !element.childElementCount;
  };
  return { element, fill };
}
