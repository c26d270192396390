// @ts-check
/**
 * What the card says of a passage: its note, its part in the argument, its tags, a question. Part of passage_card.js.
 */
/** @import { Content, Lens, Passage, Relation, TagInFacet } from "./types.d.ts" */

/** @type {Record<string, string>} */
const ACTIVE = { supports: say("This supports"), opposes: say("This opposes"), qualifies: say("This qualifies") };
/** @type {Record<string, string>} */
const PASSIVE = { supports: say("Supported by"), opposes: say("Opposed by"), qualifies: say("Qualified by") };

/**
 * The relations of a passage, each with its words and the passage at its other end.
 * @param {string} id @param {Relation[]} relations
 */
export function relationsOf(id, relations) {
  return relations
    .filter(({ from, to }) => from === id || to === id)
    .map(({ from, kind, to, note }) =>
      from === id ? { words: ACTIVE[kind], other: to, note } : { words: PASSIVE[kind], other: from, note },
    );
}

/**
 * The passages that share a stretch of text with this one, in text order.
 * @param {string} id @param {Content} content
 */
export function overlapping(id, content) {
  const ids = new Set();
  for (const { passages = [] } of content.paragraphs) {
    for (const [, start, end] of passages.filter(([one]) => one === id)) {
      for (const [other, first, last] of passages) if (first < end && start < last) ids.add(other);
    }
  }
  return content.passages.map((passage) => passage.id).filter((other) => other !== id && ids.has(other));
}

/**
 * A quotation as one would paste it into an essay of one's own.
 * @param {string} text @param {number} paragraph @param {Content} content @param {string} link
 */
export function quotation(text, paragraph, content, link) {
  const title = content.title.map((run) => run.text).join("");
  const source = [content.author, `“${title}”`, say("paragraph {number}", { number: paragraph })]
    .filter(Boolean)
    .join(", ");
  const inner = text.replace(/[“”]/g, (mark) => (mark === "“" ? "‘" : "’")).replace(/"/g, "'");
  return [`“${inner}” (${source})`, link].filter(Boolean).join("\n");
}

/**
 * What to think about, each once: first what is asked of the tags that are chosen.
 * @param {Pick<TagInFacet, "id" | "questions">[]} tags @param {string[]} chosen
 */
export function questionsOf(tags, chosen) {
  const first = tags.filter(({ id }) => chosen.includes(id));
  return [...new Set([...first, ...tags].flatMap(({ questions }) => questions))];
}

/** @param {Lens} lens @param {string[]} ids */
const tagsNamed = ({ tags }, ids) => ids.flatMap((id) => tags.get(id) ?? []);

/** A passage's title: its paragraph and its moves. @param {Passage} passage @param {Map<string, TagInFacet>} tags */
export function titleOf({ paragraph, tags: ids }, tags) {
  const moves = ids.flatMap((id) => tags.get(id) ?? []).filter(({ facet }) => facet.role === "move");
  return [say("Paragraph {number}", { number: paragraph }), ...moves.map(({ label }) => label)].join(" · ");
}

/** A link that opens a passage in the card. @param {Lens} lens @param {string} id */
function passageLink(lens, id) {
  const { language } = lens.content;
  const look = { href: lens.link(id) || `#at=${id}`, lang: language, dir: "auto" };
  const anchor = lens.dom.h("a", look, lens.dom.short(lens.texts.get(id) ?? ""));
  const layer = lens.passages.get(id)?.layer;
  if (layer) anchor.append(" ", lens.dom.h("span", { className: "whose" }, `(${lens.layerOf(layer)})`));
  anchor.addEventListener("click", (event) => {
    event.preventDefault();
    lens.open(id);
  });
  return anchor;
}

/**
 * Children under a heading; nothing where there are none.
 * @param {Lens} lens @param {string} name @param {Node[]} children
 */
function group({ dom: { h } }, name, children) {
  return children.length ? [h("div", { className: "group" }, h("h3", {}, name), ...children)] : [];
}

/** What a passage supports, opposes or qualifies, and what does so to it. @param {Lens} lens @param {string} id */
function relations(lens, id) {
  const { h } = lens.dom;
  const items = relationsOf(id, lens.content.relations)
    .filter(({ other }) => lens.texts.has(other))
    .map(({ words, other, note }) => {
      const why = note ? [h("span", { className: "why" }, note)] : [];
      return h("li", {}, h("span", { className: "kind" }, words), " ", passageLink(lens, other), ...why);
    });
  return items.length
    ? [h("ul", { className: "group relations", "aria-label": say("In the argument") }, ...items)]
    : [];
}

/** Tags that filter the essay, and what they mean. @param {Lens} lens @param {TagInFacet[]} tags */
function tagChips(lens, tags) {
  const { h, paint } = lens.dom;
  const chips = tags.map((tag) => {
    const code = tag.code ? [h("b", { "aria-hidden": "true" }, tag.code)] : [];
    const look = { type: "button", className: tag.colour ? "tag coloured" : "tag", title: tag.definition };
    const chip = paint(h("button", look, ...code, h("span", { className: "label line on" }, tag.label)), tag);
    chip.dataset.tag = tag.id;
    chip.addEventListener("click", () => lens.choose(tag.id));
    return h("li", {}, chip);
  });
  return chips.length
    ? [h("ul", { className: "tags", "aria-label": say("Its tags: a click filters by one") }, ...chips)]
    : [];
}

/** What its tags mean, on request. @param {Lens} lens @param {TagInFacet[]} tags */
function meanings({ dom: { h } }, tags) {
  const entries = tags
    .filter(({ definition }) => definition)
    .flatMap(({ label, definition }) => [h("dt", {}, label), h("dd", {}, definition)]);
  if (!entries.length) return [];
  return [
    h("details", { className: "meanings" }, h("summary", {}, say("What these tags mean")), h("dl", {}, ...entries)),
  ];
}

/** One question; another on request, round and round. @param {Lens} lens @param {string[]} questions */
function oneQuestion(lens, questions) {
  const { h } = lens.dom;
  if (!questions.length) return [];
  const asked = h("p", { className: "question", "aria-live": "polite" }, questions[0]);
  const more = h("button", { type: "button", className: "quiet more" }, say("Another question"));
  let at = 0;
  more.addEventListener("click", () => {
    at = (at + 1) % questions.length;
    asked.textContent = questions[at];
  });
  return group(lens, say("To think about"), [asked, ...(questions.length > 1 ? [more] : [])]);
}

/** @param {Lens} lens @param {string} id */
function pictureButton(lens, id) {
  const button = lens.dom.h("button", { type: "button", className: "quiet" }, say("Picture of this passage"));
  button.addEventListener("click", () => lens.picture(id));
  return button;
}

/** @param {Lens} lens @param {Passage} passage */
function passageBody(lens, { id, tags: names, note, creator, paragraph, layer = "reading" }) {
  const { content, texts } = lens;
  const { h, copyButton } = lens.dom;
  const text = texts.get(id) ?? "";
  const tags = tagsNamed(lens, names);
  const by = creator ? [` (${creator})`] : [];
  const others = overlapping(id, content).map((one) => h("p", {}, passageLink(lens, one)));
  const copy = copyButton(say("Copy quotation"), () =>
    quotation(text, lens.numberOf(paragraph), content, lens.link(id)),
  );
  const title = say("Its id, for Python and for annotations.csv");
  const name = layer === "reading" ? [h("span", { className: "id", title }, h("code", {}, id))] : [];
  const whose = lens.layers().length > 1 ? [h("p", { className: "whose" }, lens.layerOf(layer))] : [];
  return [
    ...whose,
    ...(note ? [h("p", { className: "note" }, note, ...by)] : []),
    ...relations(lens, id),
    ...tagChips(lens, tags),
    ...meanings(lens, tags),
    ...oneQuestion(lens, questionsOf(tags, lens.state().chosen)),
    h("blockquote", { lang: content.language, dir: "auto" }, text),
    ...group(lens, say("Overlapping passages"), others),
    h("p", { className: "acts" }, copy, pictureButton(lens, id), ...name),
  ];
}

/** @param {Lens} lens @param {number} number in the whole text */
function paragraphBody(lens, number) {
  const { h, copyButton } = lens.dom;
  const here = lens.content.passages.filter(({ paragraph }) => lens.numberOf(paragraph) === number);
  const name = here.length ? say("Passages that start here") : say("No passage starts here");
  const links = here.map(({ id }) => h("p", {}, passageLink(lens, id)));
  const copy = () =>
    h(
      "p",
      { className: "acts" },
      copyButton(say("Copy link to this paragraph"), () => lens.link()),
    );
  return [h("div", { className: "group" }, h("h3", {}, name), ...links), ...(lens.link() ? [copy()] : [])];
}

/** What the card says when nothing is in focus. @param {Lens} lens */
function restingBody({ content, dom: { h } }) {
  const none =
    content.blind || content.homework ? say("Mark some yourself.") : say("Its annotations belong in annotations.csv.");
  const hint = content.passages.length
    ? say("No passage is open. Here you will see why one is marked, and what it does in the argument.")
    : `${say("This essay has no passages yet.")} ${none}`;
  return [h("p", { className: "hint" }, hint)];
}

/** The title and the body for what is in focus. @param {Lens} lens @param {string} at a passage, "p4" or "" */
export function contentsOf(lens, at) {
  const passage = lens.passages.get(at);
  if (passage) {
    const title = titleOf({ ...passage, paragraph: lens.numberOf(passage.paragraph) }, lens.tags);
    return { title, body: passageBody(lens, passage) };
  }
  if (!at) return { title: say("Passage"), body: restingBody(lens) };
  return { title: say("Paragraph {number}", { number: at.slice(1) }), body: paragraphBody(lens, Number(at.slice(1))) };
}
