// @ts-check
/** The essay: title, credit, paragraphs, the lines under the chosen passages, their notes, and the strip beside it. */
/** @import { Chooser, Content, Lens, MarkingView, View } from "./types.d.ts" */
/** @import { Look } from "./paragraph.js" */
/** @import { Article } from "./article.js" */
/** @import { Frame } from "./reading_place.js" */

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
    if (lens.passages.has(lens.state().at)) lens.leaf(meant(lens, next));
  };
  article.element.addEventListener("keydown", onKey, { signal });
}

/** @param {Parameters<typeof addKeys>} what */
function addReading(...what) {
  const [lens, article, , signal] = what;
  addClicks(lens, article, signal);
  addKeys(...what);
}

/**
 * A click on the strip goes to that place of the essay.
 * @param {ReturnType<typeof createStrip>} strip @param {Article} article
 * @param {ReturnType<typeof createScroll>} scrollTo @param {AbortSignal} signal
 */
function addStripClicks(strip, article, scrollTo, signal) {
  const onClick = (/** @type {MouseEvent} */ { clientY }) =>
    scrollTo(article.segmentAfter(strip.lettersBefore(clientY)));
  strip.element.addEventListener("click", onClick, { signal });
}

// --- All of it

/**
 * The passages shown, those that are always drawn, and what has lines, in the order of the codebook and of the layers.
 * @param {Lens} lens @returns {Look}
 */
function lookOf(lens) {
  const state = lens.state();
  const { passages } = lens.content;
  const idsOf = (/** @type {typeof passages} */ among) => new Set(among.map(({ id }) => id));
  const mine = passages.filter(({ layer }) => layer === "mine");
  const differing = lens.compared() && !lens.active(); // then both layers are lined, whatever they are about
  const both = differing ? passages.filter(({ layer = "reading" }) => ["mine", state.differ].includes(layer)) : [];
  const shown = idsOf(lens.active() ? lens.shown() : both);
  const coloured = [...lens.tags.values()].filter((tag) => tag.colour).map((tag) => tag.id);
  const used = (/** @type {typeof passages} */ among) => {
    const tags = new Set(among.flatMap((passage) => passage.tags));
    return coloured.filter((tag) => tags.has(tag));
  };
  const lanes = differing ? used(both) : coloured.filter((tag) => state.chosen.includes(tag));
  const ofMine = state.chosen.length ? lanes : used(mine);
  const names = lens.layers().flatMap(({ id, on }) => {
    const tags = id === "mine" ? ofMine : lanes;
    return on ? [...tags, ""].map((tag) => nameOf(id === "reading" ? "" : id, tag)) : [];
  });
  const order = names.length ? names : [""];
  const related = relatedTo(state.at, lens);
  return { state, shown, kept: idsOf(mine), related, lanes, coloured: new Set(coloured), order };
}

/** What a passage is related to, either way. @param {string} id @param {Lens} lens */
function relatedTo(id, lens) {
  const ends = id ? lens.content.relations.filter(({ from, to }) => from === id || to === id) : [];
  return new Set(ends.map(({ from, to }) => (from === id ? to : from)));
}

/**
 * What goes to a paragraph by its number.
 * @param {Article} article @param {ReturnType<typeof createScroll>} scrollTo
 */
const goTo = (article, scrollTo) => (/** @type {number} */ number) => {
  const place = article.readyAt(number - 1);
  scrollTo(place?.element, "start");
  place?.number.focus({ preventScroll: true });
};

/**
 * Choose a theme, whatever was chosen, and go to its first passage.
 * @param {Lens} lens @param {string} id @param {() => void} enter goes to the first passage shown
 */
function showTheme(lens, id, enter) {
  lens.act({ chosen: [id], excluded: lens.state().excluded.filter((other) => other !== id) });
  queueMicrotask(enter); // once the views have drawn it
}

/** How the passages stand out from the rest. @param {Lens} lens @param {HTMLElement} root @param {Look} look */
function setWays(lens, root, { state: { show, tour } }) {
  root.dataset.show = lens.active() && !tour ? show : "mark"; // with nothing chosen nothing is dimmed
  root.classList.toggle("hinted", lens.hinted() && !lens.active() && !tour && !lens.compared());
}

/**
 * What one chooses in the text with, where one does.
 * @param {View<MarkingView>["model"]} model @param {View<MarkingView>["host"]} host
 * @returns {Promise<Chooser | null>}
 */
async function marksIn(model, host) {
  const name = model.get("marks");
  return name ? (await host.getWidget(name)).exports : null;
}

/** What stands beside its line of the text. @param {Article} article @param {{place: () => void}} notes */
function placeBeside(article, notes) {
  placeCodes(article.paragraphs().filter((one, at) => !one.stale && article.isNear(at)));
  notes.place();
}

/**
 * Where the reader is, on the strip; a text that scrolls in a box of its own has one as high as that, whatever has made
 * the box so low.
 * @param {ReturnType<typeof createStrip>} strip @param {Article} article @param {Frame} frame
 * @param {HTMLElement} root @param {HTMLElement} el what the text stands in
 */
function placeStrip(strip, article, frame, root, el) {
  if (frame.scroller() === el) root.style.setProperty("--view", `${el.clientHeight}px`);
  strip.place(article.element, frame.view());
}

/** @param {View<MarkingView>} view */
async function render({ model, el, signal, host }) {
  const lens = /** @type {Lens} */ ((await host.getWidget(model.get("lens"))).exports);
  const marks = await marksIn(model, host);
  const article = createArticle(lens);
  const frame = frameOf(el);
  const scrollTo = createScroll(article, frame);
  const head = createHead(lens, goTo(article, scrollTo), (id) => showTheme(lens, id, () => focus.enter()));
  const strip = createStrip(lens, article.isLong);
  const legend = createLegend(lens);
  const ending = createEnding(lens);
  const notes = createPassageNotes(lens, article, (note) => scrollTo(note, "nearest"), signal);
  const parts = [head.element, ...legend.elements, article.element, ...notes.elements, ending.element, strip.element];
  const root = lens.dom.h("div", { className: "essay-text" }, ...parts);
  const focus = createFocus(lens, root, article, scrollTo);
  const hits = createHits(lens, article, scrollTo);
  const stops = createStops(lens, article, root, frame, scrollTo, signal);
  const differences = createDifferenceSigns(lens, article, root, scrollTo);
  const beside = () => placeBeside(article, notes);
  const onNear = () => {
    for (const part of [hits, differences, marking]) part?.draw();
    beside();
  };
  const nearness = watchNearness(article, frame.element, onNear, signal);
  const reachRange = createReach(article, frame, scrollTo);
  /** @type {Content | null} */
  let content = null;

  const fill = () => {
    content = lens.content;
    for (const part of [head, article, ending, stops]) part.fill();
    root.classList.toggle("long", article.isLong());
    nearness.watch();
  };
  const draw = () => {
    const renews = content !== null && content !== lens.content;
    const look = lookOf(lens);
    const change = () => {
      if (renews) fill();
      setWays(lens, root, look);
      for (const part of [head, article, strip, legend, notes]) part.draw(look);
    };
    inPlace(article, frame, change, renews);
    beside();
    reachRange(look.state.within);
    for (const part of [focus, stops, differences, hits, ending, marking]) part?.draw();
  };
  const place = () => placeStrip(strip, article, frame, root, el);
  const sizes = new ResizeObserver(() => {
    for (const lay of [place, beside]) lay();
  });

  const marking = marks && createMarking(lens, marks, article, scrollTo, signal);
  addReading(lens, article, focus, signal);
  addStripClicks(strip, article, scrollTo, signal);
  frame.target.addEventListener("scroll", () => requestAnimationFrame(place), { signal, passive: true, capture: true });
  fill();
  el.replaceChildren(root);
  lens.dress(model, el, signal);
  for (const one of [article.element, el]) sizes.observe(one);
  lens.observe(draw, signal);
  draw();
  return () => {
    sizes.disconnect();
    nearness.stop();
    for (const part of [hits, marking]) part?.clear();
    el.replaceChildren();
  };
}

export default { render };
