// @ts-check
/** The passage in focus: its tags and note, what supports or opposes it, and what to think about. */
/** @import { Content, Lens, LensView, Passage, Relation, TagInFacet, View } from "./types.d.ts" */

/** @type {Record<string, string>} */
const ACTIVE = { supports: "Supports", opposes: "Opposes", qualifies: "Qualifies" };
/** @type {Record<string, string>} */
const PASSIVE = { supports: "Supported by", opposes: "Opposed by", qualifies: "Qualified by" };
const MOST_LETTERS = 90; // of a passage that is only named

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

/** Long texts end with an ellipsis after a whole word. @param {string} text */
export function short(text, length = MOST_LETTERS) {
  const letters = [...text];
  if (letters.length <= length) return text;
  return `${letters
    .slice(0, length)
    .join("")
    .replace(/\s+\S*$/, "")}…`;
}

/**
 * A quotation as one would paste it into an essay of one's own.
 * @param {string} text @param {number} paragraph @param {Content} content @param {string} link
 */
export function quotation(text, paragraph, content, link) {
  const title = content.title.map((run) => run.text).join("");
  const source = [content.author, `“${title}”`, `paragraph ${paragraph}`].filter(Boolean).join(", ");
  const inner = text.replace(/[“”]/g, (mark) => (mark === "“" ? "‘" : "’")).replace(/"/g, "'");
  return [`“${inner}” (${source})`, link].filter(Boolean).join("\n");
}

/** A link that opens a passage in the card. @param {Lens} lens @param {string} id */
function passageLink(lens, id) {
  const anchor = lens.dom.h("a", { href: lens.link(id) || `#at=${id}` }, short(lens.texts.get(id) ?? ""));
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

/** @param {Lens} lens @param {TagInFacet[]} tags */
function definitions({ dom: { h, paint } }, tags) {
  const entries = tags
    .filter((tag) => tag.definition || tag.colour)
    .flatMap((tag) => {
      const code = tag.code ? [h("b", {}, tag.code), " "] : [];
      return [
        paint(h("dt", {}, ...code, h("span", { className: "line on" }, tag.label)), tag),
        h("dd", {}, tag.definition),
      ];
    });
  return h("dl", {}, ...entries);
}

/** What supports or opposes a passage. @param {Lens} lens @param {string} id */
function argument(lens, id) {
  const { h } = lens.dom;
  return relationsOf(id, lens.content.relations)
    .filter(({ other }) => lens.texts.has(other))
    .map(({ words, other, note }) => {
      const why = note ? [h("span", { className: "why" }, note)] : [];
      return h("p", {}, h("span", { className: "kind" }, words), " ", passageLink(lens, other), ...why);
    });
}

/** @param {Lens} lens @param {Passage} passage */
function passageBody(lens, { id, tags: names, note, creator, paragraph }) {
  const { content, texts } = lens;
  const { h, copyButton } = lens.dom;
  const text = texts.get(id) ?? "";
  const tags = tagsNamed(lens, names);
  const linked = (/** @type {string[]} */ ids) => ids.map((one) => h("p", {}, passageLink(lens, one)));
  const questions = tags.flatMap((tag) => tag.questions).map((question) => h("p", { className: "question" }, question));
  const by = creator ? [` (${creator})`] : [];
  return [
    h("blockquote", { lang: content.language, dir: "auto" }, text),
    definitions(lens, tags),
    ...(note ? [h("p", { className: "note" }, note, ...by)] : []),
    ...group(lens, "At the same place", linked(overlapping(id, content))),
    ...group(lens, "In the argument", argument(lens, id)),
    ...group(lens, "To think about", questions),
    h(
      "p",
      { className: "acts" },
      copyButton("Copy quotation", () => quotation(text, paragraph, content, lens.link(id))),
      " ",
      pictureButton(lens, id),
    ),
  ];
}

/** @param {Lens} lens @param {string} id */
function pictureButton(lens, id) {
  const button = lens.dom.h("button", { type: "button", className: "quiet" }, "Picture of this passage");
  button.addEventListener("click", () => lens.picture(id));
  return button;
}

/** @param {Lens} lens @param {number} number */
function paragraphBody(lens, number) {
  const { h, copyButton } = lens.dom;
  const here = lens.content.passages.filter(({ paragraph }) => paragraph === number);
  const name = here.length ? "Its passages" : "No passage starts in this paragraph";
  const links = here.map(({ id }) => h("p", {}, passageLink(lens, id)));
  return [
    h("div", { className: "group" }, h("h3", {}, name), ...links),
    ...(lens.link()
      ? [
          h(
            "p",
            { className: "acts" },
            copyButton("Copy link to this paragraph", () => lens.link()),
          ),
        ]
      : []),
  ];
}

/** What the card says when nothing is in focus. @param {Lens} lens */
function restingBody({ content, dom: { h } }) {
  const hint = content.passages.length
    ? "Choose a passage in the text: its tags, its note and its part in the argument appear here."
    : "This essay has no passages yet. Its annotations belong in annotations.csv.";
  return [h("p", { className: "hint" }, hint)];
}

/** @param {Lens} lens @param {string[]} ids */
const tagsNamed = ({ tags }, ids) => ids.flatMap((id) => tags.get(id) ?? []);

/** A passage's title: its paragraph and its moves. @param {Passage} passage @param {Map<string, TagInFacet>} tags */
export function titleOf({ paragraph, tags: ids }, tags) {
  const moves = ids.flatMap((id) => tags.get(id) ?? []).filter(({ facet }) => facet.role === "move");
  return [`Paragraph ${paragraph}`, ...moves.map(({ label }) => label)].join(" · ");
}

/** The title and the body for what is in focus. @param {Lens} lens @param {string} at a passage, "p4" or "" */
function contentsOf(lens, at) {
  const passage = lens.passages.get(at);
  if (passage) {
    return { title: titleOf(passage, lens.tags), body: passageBody(lens, passage) };
  }
  if (!at) return { title: "Passage", body: restingBody(lens) };
  return { title: `Paragraph ${at.slice(1)}`, body: paragraphBody(lens, Number(at.slice(1))) };
}

/** The card's frame: its title, its buttons, and room for the rest. @param {Lens} lens */
function frame(lens) {
  const { h } = lens.dom;
  const step = (/** @type {string} */ sign, /** @type {string} */ title, /** @type {() => void} */ act) => {
    const button = h("button", { type: "button", className: "step", title, "aria-label": title }, sign);
    button.addEventListener("click", act);
    return button;
  };
  const title = h("h2", { tabIndex: -1 });
  const back = step("←", "Previous passage", () => lens.leaf(lens.beside(lens.state().at, -1)));
  const next = step("→", "Next passage", () => lens.leaf(lens.beside(lens.state().at, 1)));
  const close = step("×", "Close (Esc)", () => lens.close());
  close.setAttribute("aria-label", "Close");
  const body = h("div", { className: "body" });
  const bar = h("div", { className: "bar" }, title, back, next, close);
  const root = h("section", { className: "passage-card", "aria-label": "Passage" }, bar, body);
  return { root, title, back, next, close, body };
}

/**
 * Arrow keys go from passage to passage, Esc closes.
 * @param {Lens} lens @param {HTMLElement} root @param {AbortSignal} signal
 */
function addKeys(lens, root, signal) {
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const { at } = lens.state();
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const closing = event.key === "Escape" && at;
    if (event.altKey || event.ctrlKey || event.metaKey || !(closing || (by && lens.passages.has(at)))) return;
    event.preventDefault();
    event.stopPropagation();
    if (closing) lens.close();
    else if (by) lens.leaf(lens.beside(at, by));
  };
  root.addEventListener("keydown", onKey, { signal });
}

/** @param {View<LensView>} view */
async function render({ model, el, signal, host }) {
  const lens = /** @type {Lens} */ ((await host.getWidget(model.get("lens"))).exports);
  const { root, title, back, next, close, body } = frame(lens);
  /** @type {{at: string, content: Content | null}} */
  let drawn = { at: "", content: null };
  const draw = () => {
    const { at } = lens.state();
    const opened = at !== drawn.at;
    root.classList.toggle("open", Boolean(at));
    back.hidden = next.hidden = !lens.passages.has(at);
    close.hidden = !at;
    if (!opened && drawn.content === lens.content) return; // nothing about the passage changes with the filter
    drawn = { at, content: lens.content };
    const contents = contentsOf(lens, at);
    const focused = body.contains(document.activeElement);
    title.textContent = contents.title;
    body.replaceChildren(...contents.body);
    if (opened) body.scrollTop = 0;
    // Who opened the card from the keyboard or by a click reads on in it; a permalink takes no focus.
    if (focused || (opened && at && lens.opener() && !root.contains(document.activeElement)))
      title.focus({ preventScroll: true });
  };
  addKeys(lens, root, signal);
  el.replaceChildren(root);
  lens.observe(draw, signal);
  draw();
  return () => el.replaceChildren();
}

export default { render };
