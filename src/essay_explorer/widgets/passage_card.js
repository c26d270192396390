// @ts-check
/** The passage in focus: its tags and note, what supports or opposes it, and what to think about. */

const ACTIVE = { supports: "Supports", opposes: "Opposes", qualifies: "Qualifies" };
const PASSIVE = { supports: "Supported by", opposes: "Opposed by", qualifies: "Qualified by" };

/** The relations of a passage, each with its words and the passage at its other end. */
export function relationsOf(id, relations) {
  return relations
    .filter(({ from, to }) => from === id || to === id)
    .map(({ from, kind, to, note }) => (from === id ? { words: ACTIVE[kind], other: to, note } : { words: PASSIVE[kind], other: from, note }));
}

/** The passages that share a stretch of text with this one, in text order. */
export function overlapping(id, content) {
  const ids = new Set(content.paragraphs.flat().filter(({ marks = [] }) => marks.includes(id)).flatMap(({ marks }) => marks));
  return content.passages.map((passage) => passage.id).filter((other) => other !== id && ids.has(other));
}

/** Long texts end with an ellipsis after a whole word. */
export function short(text, length = 90) {
  const letters = [...text];
  return letters.length <= length ? text : `${letters.slice(0, length).join("").replace(/\s+\S*$/, "")}…`;
}

/** A quotation as one would paste it into an essay of one's own. */
export function quotation(text, paragraph, content, link) {
  const title = content.title.map((run) => run.text).join("");
  const source = [content.author, `“${title}”`, `paragraph ${paragraph}`].filter(Boolean).join(", ");
  return [`“${text}” (${source})`, link].filter(Boolean).join("\n");
}

async function render({ model, el, signal, host }) {
  const lens = (await host.getWidget(model.get("lens"))).exports;
  if (lens.drawn) return;
  const { content, texts, dom: { h, paint, copier } } = lens;
  const button = (label, act, properties = {}) => {
    const element = h("button", { type: "button", ...properties }, label);
    element.addEventListener("click", act);
    return element;
  };
  const title = h("h2", { tabIndex: -1 });
  const step = (by, sign, label) => button(sign, () => lens.open(lens.beside(lens.state().at, by)), { className: "step", title: label, "aria-label": label });
  const back = step(-1, "←", "Previous passage");
  const next = step(1, "→", "Next passage");
  const close = button("×", () => lens.close(), { className: "step", title: "Close (Esc)", "aria-label": "Close" });
  const body = h("div", { className: "body" });
  const root = h("section", { className: "passage-card", "aria-label": "Passage" }, h("div", { className: "bar" }, title, back, next, close), body);
  let at = "";

  const link = (/** @type {string} */ id) => {
    const anchor = h("a", { href: lens.link(id) || `#at=${id}` }, short(texts.get(id)));
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      lens.open(id);
    });
    return anchor;
  };
  const group = (name, ...children) => (children.length ? [h("div", { className: "group" }, h("h3", {}, name), ...children)] : []);

  function passageBody(passage) {
    const tags = passage.tags.map((id) => lens.tags.get(id));
    const questions = tags.flatMap((tag) => tag.questions);
    return [
      h("blockquote", { lang: content.language, dir: "auto" }, texts.get(passage.id)),
      h("dl", {}, ...tags.filter((tag) => tag.definition || tag.colour).flatMap((tag) => [
        paint(h("dt", {}, ...(tag.code ? [h("b", {}, tag.code), " "] : []), h("span", { className: "line on" }, tag.label)), tag),
        h("dd", {}, tag.definition),
      ])),
      ...(passage.note ? [h("p", { className: "note" }, passage.note, ...(passage.creator ? [` (${passage.creator})`] : []))] : []),
      ...group("At the same place", ...overlapping(passage.id, content).map((id) => h("p", {}, link(id)))),
      ...group("In the argument", ...relationsOf(passage.id, content.relations).filter(({ other }) => texts.has(other)).map(({ words, other, note }) =>
        h("p", {}, h("span", { className: "kind" }, words), " ", link(other), ...(note ? [h("span", { className: "why" }, note)] : [])))),
      ...group("To think about", ...questions.map((question) => h("p", { className: "question" }, question))),
      h("p", { className: "acts" }, copier("Copy quotation", () => quotation(texts.get(passage.id), passage.paragraph, content, lens.link(passage.id)))),
    ];
  }
  function paragraphBody(number) {
    const here = content.passages.filter(({ paragraph }) => paragraph === number);
    return [
      ...group(here.length ? "Its passages" : "No passage starts in this paragraph", ...here.map(({ id }) => h("p", {}, link(id)))),
      ...(lens.link() ? [h("p", { className: "acts" }, copier("Copy link to this paragraph", () => lens.link()))] : []),
    ];
  }
  const resting = () => [
    h("p", { className: "hint" }, content.passages.length
      ? "Choose a passage in the text: its tags, its note and its part in the argument appear here."
      : "This essay has no passages yet. Its annotations belong in annotations.csv."),
  ];

  function draw() {
    const state = lens.state();
    const opened = state.at !== at;
    at = state.at;
    const passage = lens.passages.get(at);
    const number = passage ? passage.paragraph : Number(at.slice(1));
    const moves = passage ? passage.tags.map((id) => lens.tags.get(id)).filter((tag) => tag.facet.role === "move") : [];
    root.classList.toggle("open", Boolean(at));
    back.hidden = next.hidden = !passage;
    close.hidden = !at;
    title.textContent = !at ? "Passage" : [`Paragraph ${number}`, ...moves.map((tag) => tag.label)].join(" · ");
    if (!opened && body.childElementCount) return; // nothing about the passage changes with the filter
    body.replaceChildren(...(passage ? passageBody(passage) : at ? paragraphBody(number) : resting()));
    body.scrollTop = 0;
    // Who opened the card from the keyboard or by a click reads on in it; a permalink takes no focus.
    if (at && lens.opener() && !root.contains(document.activeElement)) title.focus({ preventScroll: true });
  }
  root.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const closing = event.key === "Escape" && at;
    if (event.altKey || event.ctrlKey || event.metaKey || !(closing || (by && lens.passages.has(at)))) return;
    event.preventDefault();
    event.stopPropagation();
    if (closing) lens.close();
    else lens.open(lens.beside(at, by));
  }, { signal });
  el.replaceChildren(root);
  lens.observe(draw, signal);
  draw();
  return () => el.replaceChildren();
}

export default { render };
