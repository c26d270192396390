// @ts-check
/** The essay: title, credit, paragraphs, the lines under the chosen passages, and the strip beside it. */

const LANES = 2; // lines for which there is room below a line of text
const COLUMNS = 3; // codes for which there is room beside it
const FEW = 60; // paragraphs; of a longer essay only those near the screen are built
const CHUNK = 20; // paragraphs of a long essay that the browser lays out together
const ROWS = 500; // the strip of an essay has so many places

/** Which of the tags have a line under each segment now, and which segments are shown at all. */
export function marking(segment, shown, chosen, lens) {
  const ids = (segment.marks ?? []).filter((id) => shown.has(id));
  const tags = new Set(ids.flatMap((id) => lens.passages.get(id).tags).filter((tag) => chosen.includes(tag)));
  return { on: ids.length > 0, tags };
}

/**
 * A lane for the line of each tag under each segment of a paragraph: a line keeps its lane from end to end, and has
 * the highest that is free there. `tagged`: the tags under each segment; of two lines, that of the tag first in `order` is higher.
 * @param {Set<string>[]} tagged @param {string[]} order
 */
export function laned(tagged, order) {
  const lanes = tagged.map(() => /** @type {Map<string, number>} */ (new Map()));
  for (const tag of order) {
    for (let start = 0, end = 0; start < tagged.length; start = end + 1) {
      for (end = start; tagged[end]?.has(tag); end += 1);
      const under = lanes.slice(start, end);
      const taken = new Set(under.flatMap((one) => [...one.values()]));
      let lane = 0;
      while (taken.has(lane)) lane += 1;
      for (const one of under) one.set(tag, lane);
    }
  }
  return lanes;
}

/** Stretches of the essay, [start, end) in hundredths, those that touch on the strip made one. */
export function merged(stretches) {
  const made = [];
  for (const [start, end] of [...stretches].sort(([a], [b]) => a - b)) {
    const last = made.at(-1);
    if (last && start - last[1] < 100 / ROWS) last[1] = Math.max(last[1], end);
    else made.push([start, end]);
  }
  return made;
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
    ...(content.copy ? [h("p", {}, "Have the original? ", h("a", { href: content.copy }, "Open your own copy"))] : []),
    ...content.faults.map((fault) => h("p", { className: "fault" }, fault)),
  );
}

/** A paragraph as plain text; `built` and `parts` come when it is near the screen or asked for. */
function paragraph(segments, number, { dom: { h, prose } }) {
  const name = h("a", { className: "number", href: `#at=p${number}`, "aria-label": `Paragraph ${number}` }, String(number));
  const p = h("p", { className: "paragraph" }, name, ...prose(segments));
  p.dataset.paragraph = String(number);
  const ids = new Set(segments.flatMap(({ marks = [] }) => marks));
  return { p, name, segments, ids, number, parts: [], built: false, near: true, stale: false };
}

/** Cut a paragraph into its segments, each an element. */
function build(one, { dom: { h, prose } }) {
  if (one.built) return;
  one.built = true;
  one.parts = one.segments.map((segment) => {
    const marked = Boolean(segment.marks?.length);
    const element = h(marked ? "mark" : "span", { className: segment.text.trim() ? "segment" : "segment gap" }, ...prose([segment]));
    if (marked) element.dataset.ids = segment.marks.join(" ");
    if (segment.sentence) element.dataset.sentence = String(segment.sentence); // for print
    return { segment, element, lines: new Map(), codes: new Map() };
  });
  one.p.replaceChildren(one.name, ...one.parts.map(({ element }) => element));
}

/** The line of a tag under a segment, "" for the plain one; it is made when it is first wanted. */
function line({ element, lines, codes }, tag, { dom: { h, paint } }) {
  const name = tag?.id ?? "";
  if (!lines.has(name)) {
    const inner = [...element.childNodes].slice(codes.size);
    const span = h("span", { className: tag ? "line" : "line plain" }, ...inner);
    if (tag) paint(span, tag);
    element.append(span);
    lines.set(name, span);
  }
  return lines.get(name);
}

/** The code of a tag in the margin of a segment where one of its passages starts. */
function code({ element, codes }, tag, { dom: { h, paint } }) {
  if (!codes.has(tag.id)) {
    const span = h("span", { className: "code", "aria-hidden": "true" });
    span.dataset.code = tag.code; // shown by the style sheet, so that it is no part of the text
    codes.set(tag.id, paint(span, tag));
    element.prepend(span);
  }
  return codes.get(tag.id);
}

/** Where each passage lies in the essay: [start, end) in hundredths of its letters. */
function stretchesOf(content) {
  const total = content.paragraphs.flat().reduce((sum, { text }) => sum + text.length, 0) || 1;
  const found = new Map();
  let at = 0;
  for (const { text, marks = [] } of content.paragraphs.flat()) {
    for (const id of marks) found.set(id, [found.get(id)?.[0] ?? (100 * at) / total, (100 * (at + text.length)) / total]);
    at += text.length;
  }
  return { stretches: found, total };
}

/** The strip beside the essay: where the passages of the chosen tags run. */
function strip(lens) {
  const { content, passages, dom: { h, paint } } = lens;
  const { stretches, total } = stretchesOf(content);
  const here = h("b");
  const element = h("div", { className: "strip", "aria-hidden": "true" }, here);
  const bar = (tag, lane, [start, end]) => {
    const made = paint(h("i"), tag);
    made.style.setProperty("--column", lane);
    made.style.top = `${start}%`;
    made.style.height = `${end - start}%`;
    return made;
  };
  function draw(lanes, shown) {
    const of = (/** @type {string} */ id) => [...shown].filter((one) => passages.get(one).tags.includes(id)).map((one) => stretches.get(one));
    element.replaceChildren(here, ...lanes.flatMap((id, lane) => merged(of(id)).map((stretch) => bar(lens.tags.get(id), lane, stretch))));
  }
  return { element, here, total, draw };
}

/** The paragraphs as children of the article; of a long essay in chunks, which the browser skips while they are far away. */
function chunked(paragraphs, { h }) {
  if (paragraphs.length <= FEW) return paragraphs.map(({ p }) => p);
  return Array.from({ length: Math.ceil(paragraphs.length / CHUNK) }, (_, at) => {
    const among = paragraphs.slice(at * CHUNK, (at + 1) * CHUNK);
    const letters = among.reduce((sum, { p }) => sum + (p.textContent ?? "").length, 0);
    const chunk = h("div", { className: "chunk" }, ...among.map(({ p }) => p));
    chunk.style.setProperty("--letters", String(letters));
    return chunk;
  });
}

async function render({ model, el, signal, host }) {
  const lens = (await host.getWidget(model.get("lens"))).exports;
  if (lens.drawn) return;
  const { content, dom: { h, paint } } = lens;
  const paragraphs = content.paragraphs.map((segments, at) => paragraph(segments, at + 1, lens));
  const long = paragraphs.length > FEW;
  const article = h("article", { lang: content.language, dir: "auto" }, ...chunked(paragraphs, lens.dom));
  const side = strip(lens);
  const legend = h("p", { className: "legend" }); // for print: what the lines mean
  const none = h("p", { className: "nothing", hidden: true }, "No passage is shown. Choose other themes, or clear the filter.");
  const root = h("div", { className: "essay-text" }, head(lens), legend, none, article, side.element);
  const reduced = matchMedia("(prefers-reduced-motion: reduce)");
  const coloured = [...lens.tags.values()].filter((tag) => tag.colour);
  /** @type {{state: any, shown: Set<string>, lanes: string[]}} */
  let look = { state: lens.state(), shown: new Set(), lanes: [] };
  /** @type {HTMLElement | undefined} */
  let tabbed;
  let at = "";
  let hit = -1;

  /** The first segment of a passage. */
  function first(/** @type {string} */ id) {
    const one = paragraphs[(lens.passages.get(id)?.paragraph ?? 0) - 1];
    if (one && (!one.built || one.stale)) dress(one);
    return one?.parts.find(({ segment }) => segment.marks?.includes(id))?.element;
  }
  /** Scroll to an element; in a long essay more than once, since what comes near the screen takes its real height only then. */
  function go(/** @type {Element | null | undefined} */ element, /** @type {ScrollLogicalPosition} */ block = "center", /** @type {ScrollBehavior} */ behavior = "smooth", again = long ? 3 : 0) {
    element?.scrollIntoView({ block, behavior: reduced.matches || long ? "auto" : behavior });
    if (element && again) requestAnimationFrame(() => go(element, block, behavior, again - 1));
  }

  /** Bring a paragraph up to date with what the lens shows. */
  function dress(one) {
    build(one, lens);
    one.stale = false;
    const seen = new Set();
    const marked = one.parts.map(({ segment }) => marking(segment, look.shown, look.state.chosen, lens));
    const lanes = laned(marked.map(({ tags }) => tags), look.lanes);
    one.parts.forEach((part, at) => part.segment.marks && dressSegment(part, marked[at], lanes[at], seen));
    put(one.p, "--deep", Math.max(LANES, ...lanes.map(({ size }) => size)));
  }

  function dressSegment(part, { on, tags }, /** @type {Map<string, number>} */ lanes, /** @type {Set<string>} */ seen) {
    const { segment, element, lines, codes } = part;
    const starts = segment.marks.filter((/** @type {string} */ id) => !seen.has(id));
    starts.forEach((/** @type {string} */ id) => seen.add(id));
    element.classList.toggle("on", on);
    element.classList.toggle("here", segment.marks.includes(look.state.at));
    for (const tag of [...lanes.keys()].map((id) => lens.tags.get(id))) {
      line(part, tag, lens);
      if (starts.some((/** @type {string} */ id) => lens.passages.get(id).tags.includes(tag.id))) code(part, tag, lens);
    }
    if (on && !lanes.size) line(part, null, lens);
    for (const [name, span] of lines) {
      span.classList.toggle("on", name ? lanes.has(name) : on && !lanes.size);
      if (lanes.has(name)) put(span, "--lane", lanes.get(name));
    }
    for (const [name, span] of codes) {
      span.classList.toggle("on", lanes.has(name));
      if (lanes.has(name)) put(span, "--column", look.lanes.indexOf(name));
    }
    const told = [...tags].map((tag) => lens.tags.get(tag).label).join(", ");
    if (told) element.setAttribute("aria-description", told);
    else element.removeAttribute("aria-description");
    if (on) element.removeAttribute("role");
    else element.setAttribute("role", "none");
  }

  function draw() {
    const state = lens.state();
    const shown = new Set(lens.active() ? lens.shown().map(({ id }) => id) : []);
    const lanes = coloured.filter((tag) => state.chosen.includes(tag.id)).map((tag) => tag.id);
    look = { state, shown, lanes };
    root.dataset.show = lens.active() ? state.show : "mark"; // with nothing chosen nothing is dimmed or left away
    put(root, "--columns", Math.max(COLUMNS, lanes.length)); // of codes in the margin
    for (const one of paragraphs) {
      one.p.classList.toggle("empty", ![...one.ids].some((id) => shown.has(id)));
      if (one.near) dress(one);
      else one.stale = true;
    }
    if (long) for (const chunk of article.children) chunk.classList.toggle("empty", [...chunk.children].every((p) => p.classList.contains("empty")));
    side.draw(lanes, shown);
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
    const shown = lens.active() ? lens.shown()[0]?.id : "";
    const one = first(id) ?? first(shown) ?? first(content.passages[0]?.id);
    if (tabbed && tabbed !== one && tabbed !== document.activeElement) tabbed.removeAttribute("tabindex");
    if (one) one.tabIndex = 0;
    tabbed = one;
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
    const here = lens.hits()[lens.hit()];
    if (here && !paragraphs[here.paragraph].built) dress(paragraphs[here.paragraph]);
    const over = (one) => range(paragraphs[one.paragraph].parts, one);
    highlight("essay-explorer-hit", lens.hits().filter((one) => paragraphs[one.paragraph].near).map(over));
    highlight("essay-explorer-hit-here", here ? [over(here)] : []);
    if (lens.hit() !== hit) {
      hit = lens.hit();
      if (here) go(over(here).startContainer.parentElement);
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
    const ids = (/** @type {HTMLElement} */ (element).dataset.ids ?? "").split(" ");
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
    tabbed = next;
    if (lens.passages.has(lens.state().at)) lens.open(meant(next), next);
  }, { signal });
  side.element.addEventListener("click", (event) => {
    const box = side.element.getBoundingClientRect();
    let left = (side.total * (event.clientY - box.top)) / box.height;
    const length = (segments) => segments.reduce((sum, { text }) => sum + text.length, 0);
    const target = paragraphs.find(({ segments }) => (left -= length(segments)) <= 0) ?? paragraphs.at(-1);
    if (target && !target.built) dress(target);
    left += length(target?.segments ?? []);
    go((target?.parts.find(({ segment }) => (left -= segment.text.length) <= 0) ?? target?.parts.at(-1))?.element);
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
  // Of a long essay only what is near the screen is kept up to date; paper gets it all.
  const nearness = long && new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const start = CHUNK * [...article.children].indexOf(target);
      for (const one of paragraphs.slice(start, start + CHUNK)) {
        one.near = isIntersecting;
        if (one.near && (one.stale || !one.built)) dress(one);
      }
    }
    find();
  }, { root: frame === document ? null : frame, rootMargin: "100% 0px" });
  if (nearness) {
    root.classList.add("long");
    for (const one of paragraphs.slice(CHUNK)) Object.assign(one, { near: false, stale: true });
    for (const chunk of article.children) nearness.observe(chunk);
    addEventListener("beforeprint", () => paragraphs.forEach((one) => one.stale && dress(one)), { signal });
  }
  lens.observe(draw, signal);
  draw();
  return () => {
    sizes.disconnect();
    if (nearness) nearness.disconnect();
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
