// @ts-check
/** The essay: title, credit, paragraphs, the lines under the chosen passages, and the strip beside it. */
/** @import { Content, Hit, Lens, LensView, View } from "./types.d.ts" */
/** @import { Look, ParagraphView } from "./paragraph.js" */
/** @import { Article } from "./article.js" */

const FEWEST_COLUMNS = 3; // codes for which there is room beside a line of text
const AGAIN = 3; // times that a long essay is scrolled to a place: what comes near takes its real height only then
const EYE = 0.3; // of the height of the screen: about there people read
const MARK = "essay-explorer-hit";

// --- Above the text

/** Who wrote it, how many passages, how long. @param {Lens} lens */
function credit({ content, dom: { h, prose } }) {
  const author = content.author ? [`By ${content.author}`] : [];
  const facts = [
    ...(content.after.length ? [h("span", {}, "After ", ...prose(content.after))] : author),
    `${content.passages.length} ${content.passages.length === 1 ? "passage" : "passages"}`,
    `${content.minutes} ${content.minutes === 1 ? "minute" : "minutes"}`,
  ];
  return h("p", { className: "credit" }, ...facts.flatMap((fact, at) => (at ? [" · ", fact] : [fact])));
}

/** @param {Lens} lens @param {boolean} open */
function about({ content, dom: { h, prose } }, open) {
  const author = content.author && `${content.author}${content.license ? `, ${content.license}` : ""}`;
  const rows = [
    ["Text", author],
    ["On", content.subject],
  ];
  return h(
    "details",
    { className: "about", open },
    h("summary", {}, "About this text"),
    ...(content.about.length ? [h("p", {}, ...prose(content.about))] : []),
    ...rows.flatMap(([name, value]) => (value ? [h("p", {}, `${name}: ${value}`)] : [])),
    ...(content.copy ? [h("p", {}, "Have the original? ", h("a", { href: content.copy }, "Open your own copy"))] : []),
    ...content.faults.map((fault) => h("p", { className: "fault" }, fault)),
  );
}

/**
 * The headings of a long text, each a way to its place; none of a short one.
 * @param {Lens} lens @param {boolean} open @param {(number: number) => void} goTo
 */
function tableOfContents({ content, dom: { h } }, open, goTo) {
  const { contents = [], paragraphs } = content;
  if (!contents.length) return [];
  const items = contents.map(([number, depth]) => {
    const link = h("a", { href: `#at=p${number}` }, paragraphs[number - 1].text);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(number);
    });
    const item = h("li", {}, link);
    item.style.setProperty("--depth", String(depth));
    return item;
  });
  const details = h("details", { open }, h("summary", {}, "Contents"), h("ol", {}, ...items));
  return [h("nav", { className: "contents", "aria-label": "Contents" }, details)];
}

/** @param {Lens} lens @param {(number: number) => void} goTo scrolls to a paragraph */
function createHead(lens, goTo) {
  const { h, prose } = lens.dom;
  const element = h("div", { className: "head" });
  const fill = () => {
    const { title, subtitle } = lens.content;
    const isOpen = (/** @type {string} */ name) =>
      /** @type {HTMLDetailsElement | null} */ (element.querySelector(name))?.open ?? false;
    const focused = element.contains(document.activeElement);
    element.replaceChildren(
      h("h1", {}, ...prose(title)),
      ...(subtitle.length ? [h("p", { className: "subtitle" }, ...prose(subtitle))] : []),
      credit(lens),
      about(lens, isOpen(".about")),
      ...tableOfContents(lens, isOpen(".contents details"), goTo),
    );
    if (focused) element.querySelector("summary")?.focus({ preventScroll: true });
  };
  return { element, fill };
}

/** For print what the lines mean, and a word where nothing is shown. @param {Lens} lens */
function createLegend(lens) {
  const { h, paint } = lens.dom;
  const legend = h("p", { className: "legend" });
  const nothing = "No passage is shown. Choose other themes, or clear the filter.";
  const none = h("p", { className: "nothing", hidden: true }, nothing);
  const key = (/** @type {string} */ id) => {
    const tag = lens.tags.get(id);
    if (!tag) return "";
    const name = h("span", { className: "line on" }, tag.label);
    return paint(h("span", { className: "key" }, h("b", {}, tag.code), " ", name), tag);
  };
  const draw = (/** @type {Look} */ { state, shown, lanes }) => {
    none.hidden = !(lens.active() && state.show === "only" && !shown.size);
    legend.replaceChildren(...(lens.active() ? [`${lens.sentence()} `, ...lanes.map(key)] : []));
  };
  return { elements: [legend, none], draw };
}

// --- Where the reader is

/** What scrolls the text: the explorer's frame in a notebook, or the page. @param {HTMLElement} el */
function frameOf(el) {
  const framed = el.closest(".framed");
  return {
    element: framed,
    target: framed ?? document,
    scroller: framed ?? document.documentElement,
    view: () => framed?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight },
  };
}

/** @typedef {ReturnType<typeof frameOf>} Frame */

/** What scrolls to an element, again where a long essay needs it. @param {Article} article */
function createScroll(article) {
  const reduced = matchMedia("(prefers-reduced-motion: reduce)");
  /**
   * @param {Element | null | undefined} element @param {ScrollLogicalPosition} block @param {ScrollBehavior} behavior
   */
  return function scrollTo(element, block = "center", behavior = "smooth", again = article.isLong() ? AGAIN : 0) {
    element?.scrollIntoView({ block, behavior: reduced.matches || article.isLong() ? "auto" : behavior });
    if (element && again) requestAnimationFrame(() => scrollTo(element, block, behavior, again - 1));
  };
}

/**
 * Do what changes the paragraphs, and keep the one that is read where it is on the screen: the same one, else one
 * with the same words, else the one with its number. The focus stays on its passage.
 * @param {Article} article @param {Frame} frame @param {() => void} change
 */
function inPlace(article, frame, change) {
  const { top, bottom } = frame.view();
  const eye = top + EYE * (bottom - top);
  const topOf = (/** @type {ParagraphView} */ one) => one.element.getBoundingClientRect().top;
  const read = article.paragraphs().find(({ element }) => element.getBoundingClientRect().bottom > eye);
  const number = Number(read?.element.dataset.paragraph);
  const height = read ? topOf(read) : 0;
  const focused = article.element.contains(document.activeElement) ? document.activeElement : null;
  const ids = focused instanceof HTMLElement ? (focused.dataset.ids ?? "").split(" ") : [];
  change();
  const now = article.paragraphs();
  const same = now.includes(/** @type {ParagraphView} */ (read))
    ? read
    : now.find(({ data }) => data.text === read?.data.text);
  const still = same ?? now[Math.min(number, now.length) - 1];
  if (read && still && height < bottom) frame.scroller.scrollBy({ top: topOf(still) - height, behavior: "instant" });
  if (focused && !focused.isConnected) ids.map(article.first).find(Boolean)?.focus({ preventScroll: true });
}

/**
 * The passage in focus: in the tab order, on the screen, and where the focus returns to.
 * @param {Lens} lens @param {HTMLElement} root @param {Article} article
 * @param {ReturnType<typeof createScroll>} scrollTo
 */
function createFocus(lens, root, article, scrollTo) {
  /** @type {HTMLElement | undefined} */
  let tabbed;
  let at = "";
  /** One passage is in the tab order: the one in focus, else the first that is shown. @param {string} id */
  const tabbable = (id) => {
    const shown = lens.active() ? (lens.shown()[0]?.id ?? "") : "";
    const one = article.first(id) ?? article.first(shown) ?? article.first(lens.content.passages[0]?.id ?? "");
    if (tabbed && tabbed !== one && tabbed !== document.activeElement) tabbed.removeAttribute("tabindex");
    if (one) one.tabIndex = 0;
    tabbed = one;
  };
  /** The card has closed: the focus returns to the passage, or to the number, that it was about. @param {string} id */
  const giveBack = (id) => {
    const opener = lens.opener();
    if (!opener || !root.contains(opener)) return;
    const first = article.first(id);
    if (first) tabbable(id);
    (first ?? opener).focus({ preventScroll: true });
    lens.forget();
  };
  /** @param {string} place @param {ScrollBehavior} behavior */
  const reach = (place, behavior) => {
    const first = article.first(place);
    const paragraph = article.paragraph(place)?.element;
    for (const { element } of article.paragraphs()) element.classList.toggle("here", !first && element === paragraph);
    if (first) scrollTo(first, "nearest", behavior);
    else scrollTo(paragraph, "start", behavior);
  };
  const draw = () => {
    const { at: now } = lens.state();
    tabbable(now);
    if (now === at) return;
    if (!now) giveBack(at);
    at = now;
    const behavior = root.isConnected ? "smooth" : "auto"; // a permalink is there at once
    requestAnimationFrame(() => reach(at, behavior)); // when the card that it opens has its place
  };
  /** Take the focus from one passage to another. @param {HTMLElement} from @param {HTMLElement} to */
  const move = (from, to) => {
    to.tabIndex = 0;
    to.focus();
    from.removeAttribute("tabindex");
    tabbed = to;
  };
  return { draw, move };
}

/**
 * The words sought, highlighted over the text nodes as they lie.
 * @param {Lens} lens @param {Article} article @param {ReturnType<typeof createScroll>} scrollTo
 */
function createHits(lens, article, scrollTo) {
  /** @type {Map<string, Range[]>} */
  const shown = new Map();
  let hit = -1;
  /** @param {string} name @param {Range[]} ranges */
  const highlight = (name, ranges) => {
    if (!CSS.highlights || !(ranges.length || shown.get(name)?.length)) return;
    const all = CSS.highlights.get(name) ?? new Highlight();
    for (const old of shown.get(name) ?? []) all.delete(old); // other views of this page keep theirs
    for (const range of ranges) all.add(range);
    shown.set(name, ranges);
    CSS.highlights.set(name, all);
  };
  const over = (/** @type {Hit} */ one) => rangeOf(article.readyAt(one.paragraph)?.parts ?? [], one);
  const draw = () => {
    const here = lens.hits()[lens.hit()];
    highlight(
      MARK,
      lens
        .hits()
        .filter(({ paragraph }) => article.isNear(paragraph))
        .map(over),
    );
    highlight(`${MARK}-here`, here ? [over(here)] : []);
    if (lens.hit() === hit) return;
    hit = lens.hit();
    if (here) scrollTo(over(here).startContainer.parentElement);
  };
  const clear = () => {
    for (const name of shown.keys()) highlight(name, []);
  };
  return { draw, clear };
}

// --- What a reader does

/**
 * The passage that a reader means who points at a segment: a shown one first, then the shortest.
 * @param {Lens} lens @param {HTMLElement} mark
 */
function meant(lens, mark) {
  const ids = (mark.dataset.ids ?? "").split(" ");
  const shown = lens.shown().filter(({ id }) => ids.includes(id));
  const among = lens.active() && shown.length ? shown.map(({ id }) => id) : ids;
  const length = (/** @type {string} */ id) => lens.texts.get(id)?.length ?? 0;
  return [...among].sort((a, b) => length(a) - length(b))[0] ?? "";
}

/**
 * A click opens a passage, or a paragraph by its number.
 * @param {Lens} lens @param {Article} article @param {AbortSignal} signal
 */
function addClicks(lens, article, signal) {
  const onClick = (/** @type {MouseEvent} */ event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const number = /** @type {HTMLAnchorElement | null} */ (target.closest("a.number"));
    const mark = target.closest("mark");
    if (number) {
      event.preventDefault();
      lens.open(number.hash.replace("#at=", ""), number);
    } else if (mark && getSelection()?.isCollapsed !== false) {
      lens.open(meant(lens, mark), mark);
    }
  };
  article.element.addEventListener("click", onClick, { signal });
}

/**
 * Enter opens a passage, arrow keys go to the next.
 * @param {Lens} lens @param {Article} article @param {ReturnType<typeof createFocus>} focus @param {AbortSignal} signal
 */
function addKeys(lens, article, focus, signal) {
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const mark = /** @type {HTMLElement} */ (event.target).closest("mark");
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!mark || event.altKey || event.ctrlKey || event.metaKey || !(by || event.key === "Enter")) return;
    event.preventDefault();
    event.stopPropagation();
    if (!by) return lens.open(meant(lens, mark), mark);
    const next = article.first(lens.beside(meant(lens, mark), by));
    if (!next) return;
    focus.move(mark, next);
    if (lens.passages.has(lens.state().at)) lens.open(meant(lens, next), next);
  };
  article.element.addEventListener("keydown", onKey, { signal });
}

// --- All of it

/**
 * The passages shown, and the tags that have lines, in the order of the codebook.
 * @param {Lens} lens @returns {Look}
 */
function lookOf(lens) {
  const state = lens.state();
  const shown = new Set(lens.active() ? lens.shown().map(({ id }) => id) : []);
  const coloured = [...lens.tags.values()].filter((tag) => tag.colour && state.chosen.includes(tag.id));
  return { state, shown, lanes: coloured.map((tag) => tag.id) };
}

/** @param {View<LensView>} view */
async function render({ model, el, signal, host }) {
  const lens = /** @type {Lens} */ ((await host.getWidget(model.get("lens"))).exports);
  const article = createArticle(lens);
  const scrollTo = createScroll(article);
  const head = createHead(lens, (number) => {
    const place = article.readyAt(number - 1);
    scrollTo(place?.element, "start");
    place?.number.focus({ preventScroll: true });
  });
  const strip = createStrip(lens);
  const legend = createLegend(lens);
  const parts = [head.element, ...legend.elements, article.element, strip.element];
  const root = lens.dom.h("div", { className: "essay-text" }, ...parts);
  const focus = createFocus(lens, root, article, scrollTo);
  const hits = createHits(lens, article, scrollTo);
  const frame = frameOf(el);
  const nearness = watchNearness(article, frame.element, hits.draw, signal);
  /** @type {Content | null} */
  let content = null;

  const fill = () => {
    content = lens.content;
    head.fill();
    article.fill();
    root.classList.toggle("long", article.isLong());
    nearness.watch();
  };
  const draw = () => {
    if (content && content !== lens.content) inPlace(article, frame, fill);
    const look = lookOf(lens);
    root.dataset.show = lens.active() ? look.state.show : "mark"; // with nothing chosen nothing is dimmed or left away
    setProperty(root, "--columns", Math.max(FEWEST_COLUMNS, look.lanes.length)); // of codes in the margin
    for (const part of [article, strip, legend]) part.draw(look);
    focus.draw();
    hits.draw();
  };
  const place = () => strip.place(article.element, frame.view());
  const sizes = new ResizeObserver(place);

  addClicks(lens, article, signal);
  addKeys(lens, article, focus, signal);
  strip.element.addEventListener(
    "click",
    ({ clientY }) => scrollTo(article.segmentAfter(strip.lettersBefore(clientY))),
    { signal },
  );
  frame.target.addEventListener("scroll", () => requestAnimationFrame(place), { signal, passive: true });
  fill();
  el.replaceChildren(root);
  sizes.observe(article.element);
  lens.observe(draw, signal);
  draw();
  return () => {
    sizes.disconnect();
    nearness.stop();
    hits.clear();
    el.replaceChildren();
  };
}

export default { render };
