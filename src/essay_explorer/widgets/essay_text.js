// @ts-check
/** The essay: title, credit, paragraphs, the lines under the chosen passages, and the strip beside it. */

const LANES = 3; // lines for which there is room below a line of text

/** The tags whose lines may lie under a segment, in the order of the codebook. */
export const linesOf = (segment, lens) =>
  [...lens.tags.values()].filter((tag) => tag.colour && (segment.marks ?? []).some((id) => lens.passages.get(id)?.tags.includes(tag.id)));

/** Which of the tags have a line under each segment now, and which segments are shown at all. */
export function marking(segment, shown, chosen, lens) {
  const ids = (segment.marks ?? []).filter((id) => shown.has(id));
  const tags = new Set(ids.flatMap((id) => lens.passages.get(id).tags).filter((tag) => chosen.includes(tag)));
  return { on: ids.length > 0, tags };
}

/** Set a custom property if it changes: a set one restyles all that lies below. */
const put = (/** @type {HTMLElement} */ element, /** @type {string} */ name, /** @type {number} */ value) =>
  element.style.getPropertyValue(name) === String(value) || element.style.setProperty(name, String(value));

function head({ content, dom: { h, prose } }) {
  const facts = [
    ...(content.after.length ? [h("span", {}, "After ", ...prose(content.after))] : content.author ? [`By ${content.author}`] : []),
    `${content.passages.length} ${content.passages.length === 1 ? "passage" : "passages"}`,
    `${content.minutes} ${content.minutes === 1 ? "minute" : "minutes"}`,
  ];
  const credit = h("p", { className: "credit" });
  facts.forEach((fact, at) => credit.append(...(at ? [" · ", fact] : [fact])));
  return h(
    "div", { className: "head" },
    h("h1", {}, ...prose(content.title)),
    ...(content.subtitle.length ? [h("p", { className: "subtitle" }, ...prose(content.subtitle))] : []),
    credit,
    about(content, h, prose),
  );
}

function about(content, h, prose) {
  const rows = [["Text", content.author && `${content.author}${content.license ? `, ${content.license}` : ""}`], ["On", content.subject]];
  return h(
    "details", { className: "about" },
    h("summary", {}, "About this text"),
    ...(content.about.length ? [h("p", {}, ...prose(content.about))] : []),
    ...rows.flatMap(([name, value]) => (value ? [h("p", {}, `${name}: ${value}`)] : [])),
    ...content.faults.map((fault) => h("p", { className: "fault" }, fault)),
  );
}

/** A paragraph and, for each of its segments, the element and the lines in it. */
function paragraph(segments, number, lens) {
  const { h, prose, paint } = lens.dom;
  const parts = [];
  const seen = new Set();
  const p = h("p", { className: "paragraph" }, h("a", { className: "number", href: `#at=p${number}`, "aria-label": `Paragraph ${number}` }, String(number)));
  p.dataset.paragraph = String(number);
  for (const segment of segments) {
    const lines = linesOf(segment, lens);
    /** @type {Node} */
    let inner = prose([segment])[0];
    const spans = new Map();
    for (const tag of [...lines, null]) {
      if (!segment.marks?.length) break;
      const span = h("span", { className: tag ? "line" : "line plain" }, inner);
      if (tag) paint(span, tag);
      spans.set(tag?.id ?? "", span);
      inner = span;
    }
    const element = h(segment.marks?.length ? "mark" : "span", { className: "segment" }, inner);
    if (segment.marks?.length) element.dataset.ids = segment.marks.join(" ");
    if (!segment.text.trim()) element.classList.add("gap");
    const starts = (segment.marks ?? []).filter((id) => !seen.has(id));
    starts.forEach((id) => seen.add(id));
    const codes = lines.filter((tag) => starts.some((id) => lens.passages.get(id).tags.includes(tag.id))).map((tag) => {
      const code = h("span", { className: "code", "aria-hidden": "true" });
      code.dataset.code = tag.code; // shown by the style sheet, so that it is no part of the text
      paint(code, tag);
      spans.set(`code ${tag.id}`, code);
      return code;
    });
    element.prepend(...codes);
    p.append(element);
    parts.push({ segment, element, spans });
  }
  return { p, parts };
}

/** Give each shown passage of the chosen tags its place on the strip, in hundredths of the essay. */
function strip(lens) {
  const { content, dom: { h, paint } } = lens;
  const lengths = content.paragraphs.map((segments) => segments.reduce((sum, { text }) => sum + text.length, 0));
  const total = lengths.reduce((sum, length) => sum + length, 0) || 1;
  const spans = new Map();
  let at = 0;
  for (const segments of content.paragraphs) {
    for (const { text, marks = [] } of segments) {
      for (const id of marks) spans.set(id, [spans.get(id)?.[0] ?? at, at + text.length]);
      at += text.length;
    }
  }
  const bars = [...spans].flatMap(([id, [start, end]]) =>
    [...lens.tags.values()].filter((tag) => tag.colour && lens.passages.get(id).tags.includes(tag.id)).map((tag) => {
      const bar = h("i");
      paint(bar, tag);
      bar.style.top = `${(100 * start) / total}%`;
      bar.style.height = `${(100 * (end - start)) / total}%`;
      return { id, tag: tag.id, bar };
    }),
  );
  const here = h("b");
  const element = h("div", { className: "strip", "aria-hidden": "true" }, here, ...bars.map(({ bar }) => bar));
  return { element, bars, here, total };
}

async function render({ model, el, signal, host }) {
  const lens = (await host.getWidget(model.get("lens"))).exports;
  if (lens.drawn) return;
  const { content, dom: { h, paint } } = lens;
  const paragraphs = content.paragraphs.map((segments, at) => paragraph(segments, at + 1, lens));
  const parts = paragraphs.flatMap(({ parts }) => parts);
  const marks = parts.filter(({ segment }) => segment.marks?.length);
  const article = h("article", { lang: content.language, dir: "auto" }, ...paragraphs.map(({ p }) => p));
  const side = strip(lens);
  const legend = h("p", { className: "legend" }); // for print: what the lines mean
  const none = h("p", { className: "nothing", hidden: true }, "No passage is shown. Choose other themes, or clear the filter.");
  const root = h("div", { className: "essay-text" }, head(lens), legend, none, article, side.element);
  const reduced = matchMedia("(prefers-reduced-motion: reduce)");
  let at = "";
  let hit = -1;

  const first = (/** @type {string} */ id) => marks.find(({ segment }) => segment.marks.includes(id))?.element;
  const go = (/** @type {Element | null | undefined} */ element, /** @type {ScrollLogicalPosition} */ block = "center", /** @type {ScrollBehavior} */ behavior = "smooth") =>
    element?.scrollIntoView({ block, behavior: reduced.matches ? "auto" : behavior });

  function draw() {
    const state = lens.state();
    const shown = new Set(lens.active() ? lens.shown().map(({ id }) => id) : []);
    const lanes = [...lens.tags.values()].filter((tag) => tag.colour && state.chosen.includes(tag.id)).map((tag) => tag.id);
    root.dataset.show = lens.active() ? state.show : "mark"; // with nothing chosen nothing is dimmed or left away
    put(root, "--lanes", Math.max(LANES, lanes.length)); // more of them need more room
    for (const { segment, element, spans } of marks) {
      const { on, tags } = marking(segment, shown, state.chosen, lens);
      const coloured = lanes.some((id) => tags.has(id));
      element.classList.toggle("on", on);
      element.classList.toggle("here", segment.marks.includes(state.at));
      for (const [name, span] of spans) {
        const tag = name.replace("code ", "");
        span.classList.toggle("on", tag ? tags.has(tag) : on && !coloured);
        if (tags.has(tag)) put(span, "--lane", lanes.indexOf(tag));
      }
      const told = [...tags].map((tag) => lens.tags.get(tag).label).join(", ");
      if (told) element.setAttribute("aria-description", told);
      else element.removeAttribute("aria-description");
      if (on) element.removeAttribute("role");
      else element.setAttribute("role", "none");
    }
    for (const { p, parts } of paragraphs) p.classList.toggle("empty", !parts.some(({ element }) => element.classList.contains("on")));
    for (const { id, tag, bar } of side.bars) {
      bar.classList.toggle("on", lanes.includes(tag) && shown.has(id));
      if (lanes.includes(tag)) put(bar, "--lane", lanes.indexOf(tag));
    }
    none.hidden = !(lens.active() && state.show === "only" && !shown.size);
    legend.replaceChildren(...(lens.active() ? [`${lens.sentence()} `, ...lanes.map((id) => {
      const tag = lens.tags.get(id);
      const key = h("span", { className: "key" }, h("b", {}, tag.code), " ", h("span", { className: "line on" }, tag.label));
      paint(key, tag);
      return key;
    })] : []));
    tabbable(state.at);
    find();
    if (state.at !== at) {
      if (!state.at) giveBack(at);
      at = state.at;
      const behavior = root.isConnected ? "smooth" : "auto"; // a permalink is there at once
      requestAnimationFrame(() => reach(at, behavior)); // when the card that it opens has its place
    }
  }

  /** One passage is in the tab order: the one in focus, else the first that is shown. */
  function tabbable(/** @type {string} */ id) {
    const one = (id && first(id)) || marks.find(({ element }) => element.classList.contains("on"))?.element || marks[0]?.element;
    for (const { element } of marks) {
      if (element === one) element.tabIndex = 0;
      else if (element !== document.activeElement) element.removeAttribute("tabindex");
    }
  }

  /** The card has closed: the focus returns to the passage, or to the number, that it was about. */
  function giveBack(/** @type {string} */ id) {
    const opener = lens.opener();
    if (!root.contains(opener)) return;
    const target = first(id) ?? opener;
    if (first(id)) tabbable(id);
    target.focus({ preventScroll: true });
    lens.forget();
  }

  function reach(/** @type {string} */ id, /** @type {ScrollBehavior} */ behavior) {
    const number = /^p(\d+)$/.exec(id);
    const target = first(id) ?? (number ? paragraphs[Number(number[1]) - 1]?.p : null);
    for (const { p } of paragraphs) p.classList.toggle("here", p === target);
    if (target) go(target, first(id) ? "nearest" : "start", behavior);
  }

  /** Highlight the words sought, over the text nodes as they lie. */
  function find() {
    const ranges = lens.hits().map((one) => range(paragraphs[one.paragraph].parts, one));
    highlight("essay-explorer-hit", ranges);
    highlight("essay-explorer-hit-here", lens.hit() >= 0 ? [ranges[lens.hit()]] : []);
    if (lens.hit() !== hit) {
      hit = lens.hit();
      go(ranges[hit]?.startContainer.parentElement);
    }
  }

  /** @type {Map<string, Range[]>} */
  const highlighted = new Map();
  function highlight(/** @type {string} */ name, /** @type {Range[]} */ ranges) {
    if (!CSS.highlights || !(ranges.length || highlighted.get(name)?.length)) return;
    const all = CSS.highlights.get(name) ?? new Highlight();
    (highlighted.get(name) ?? []).forEach((old) => all.delete(old)); // other views of this page keep theirs
    ranges.forEach((one) => all.add(one));
    highlighted.set(name, ranges);
    CSS.highlights.set(name, all);
  }

  /** The passage that a reader means who points at a segment: a shown one first, then the shortest. */
  function meant(/** @type {Element} */ element) {
    const ids = marks.find((mark) => mark.element === element)?.segment.marks ?? [];
    const shown = lens.shown().filter(({ id }) => ids.includes(id));
    const among = lens.active() && shown.length ? shown.map(({ id }) => id) : ids;
    return [...among].sort((a, b) => lens.texts.get(a).length - lens.texts.get(b).length)[0] ?? "";
  }

  article.addEventListener("click", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const number = target.closest("a.number");
    const mark = /** @type {HTMLElement | null} */ (target.closest("mark"));
    if (number) {
      event.preventDefault();
      lens.open(`p${/** @type {HTMLElement} */ (number.parentElement).dataset.paragraph}`, number);
    } else if (mark && getSelection()?.isCollapsed !== false) {
      lens.open(meant(mark), mark);
    }
  }, { signal });
  article.addEventListener("keydown", (event) => {
    const mark = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("mark"));
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!mark || event.altKey || event.ctrlKey || event.metaKey || !(by || event.key === "Enter")) return;
    event.preventDefault();
    event.stopPropagation();
    if (!by) return lens.open(meant(mark), mark);
    const next = first(lens.beside(meant(mark), by));
    if (!next) return;
    next.tabIndex = 0;
    next.focus();
    mark.removeAttribute("tabindex");
    if (lens.passages.has(lens.state().at)) lens.open(meant(next), next);
  }, { signal });
  side.element.addEventListener("click", (event) => {
    const box = side.element.getBoundingClientRect();
    let left = (side.total * (event.clientY - box.top)) / box.height;
    const target = parts.find(({ segment }) => (left -= segment.text.length) <= 0) ?? parts.at(-1);
    go(target?.element);
  }, { signal });

  /** Show on the strip which part of the essay is on the screen. */
  const place = () => {
    const box = article.getBoundingClientRect();
    const view = frame.getBoundingClientRect?.() ?? { top: 0, bottom: innerHeight };
    const part = (/** @type {number} */ y) => Math.min(1, Math.max(0, (y - box.top) / (box.height || 1)));
    side.here.style.top = `${100 * part(view.top)}%`;
    side.here.style.height = `${100 * (part(view.bottom) - part(view.top))}%`;
  };
  el.replaceChildren(root);
  const frame = /** @type {any} */ (el.closest(".framed") ?? document);
  frame.addEventListener("scroll", () => requestAnimationFrame(place), { signal, passive: true });
  const sizes = new ResizeObserver(place);
  sizes.observe(article);
  lens.observe(draw, signal);
  draw();
  return () => {
    sizes.disconnect();
    highlighted.forEach((_, name) => highlight(name, []));
    el.replaceChildren();
  };
}

/** The range of a hit over the text nodes of a paragraph's segments. */
export function range(parts, { start, end }) {
  const found = document.createRange();
  let offset = 0;
  for (const { segment, element } of parts) {
    const node = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
    const [a, b] = [start - offset, end - offset];
    const { length } = segment.text;
    if (node && a >= 0 && a < length) found.setStart(node, a);
    if (node && b > 0 && b <= length) found.setEnd(node, b);
    offset += length;
  }
  return found;
}

export default { render };
