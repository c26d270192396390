// @ts-check
/**
 * What stands above the essay: title, credit, its table of contents, and for print the legend. Part of essay_text.js.
 */
/** @import { Lens } from "./types.d.ts" */
/** @import { Look } from "./paragraph.js" */

const BEGUN = "begun"; // what the device remembers

/** A number stays with its noun. @param {string} text */
const kept = (text) => text.replaceAll(" ", "\u00a0");

/** Who wrote it, how many passages, how long. @param {Lens} lens */
function credit({ content, layers, dom: { h, prose } }) {
  const author = content.author ? [[say("By {author}", { author: content.author })]] : [];
  const own = content.passages.filter(({ layer }) => !layer);
  const others = layers().filter(({ id, on }) => on && id !== "reading" && id !== "mine"); // mine grow while one reads
  const facts = [
    ...(content.after.length ? [sayAround("After {work}", { work: prose(content.after) })] : author),
    ...(own.length ? [[kept(sayN("{count} passage", "{count} passages", own.length))]] : []),
    ...others.map(({ label, count }) => [`${label}:\u00a0${count}`]),
    [kept(sayN("{count} minute", "{count} minutes", content.minutes))],
  ];
  return h("p", { className: "credit" }, ...facts.flatMap((fact) => [h("span", {}, ...fact), " "]));
}

/** @param {Lens} lens @param {boolean} open */
function about({ content, dom: { h, prose } }, open) {
  const author = content.author && `${content.author}${content.license ? `, ${content.license}` : ""}`;
  const rows = [
    [say("Text"), author],
    [say("Subject"), content.subject],
  ];
  return h(
    "details",
    { className: "about", open },
    h("summary", {}, say("About this text")),
    ...(content.about.length ? [h("p", {}, ...prose(content.about))] : []),
    ...rows.flatMap(([name, value]) => (value ? [h("p", {}, `${name}: ${value}`)] : [])),
    ...(content.copy
      ? [h("p", {}, `${say("Have the original?")} `, h("a", { href: content.copy }, say("Open your own copy")))]
      : []),
    ...content.faults.map((fault) => h("p", { className: "fault" }, fault)),
  );
}

/**
 * The headings of a long text, each a way to its place; none of a short one.
 * @param {Lens} lens @param {boolean} open @param {(number: number) => void} goTo
 */
function tableOfContents(lens, open, goTo) {
  const { h } = lens.dom;
  const { contents = [], paragraphs } = lens.content;
  if (!contents.length) return [];
  const items = contents.map(([number, depth]) => {
    const link = h("a", { href: `#at=p${lens.numberOf(number)}` }, paragraphs[number - 1].text);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(number);
    });
    const item = h("li", {}, link);
    item.style.setProperty("--depth", String(depth));
    return item;
  });
  const details = h("details", { open }, h("summary", {}, say("Contents")), h("ol", {}, ...items));
  return [h("nav", { className: "contents", "aria-label": say("Contents") }, details)];
}

/** The first theme that passages have: the one to begin with. @param {Lens} lens */
const firstTheme = ({ content }) =>
  content.facets
    .filter(({ role }) => role === "theme")
    .flatMap(({ tags }) => tags)
    .find(({ count }) => count);

/**
 * What a reader sees who is new here, until the first use: the line goes, and its place stays until the next visit.
 * @param {Lens} lens @param {(id: string) => void} show shows a theme
 */
function createWelcome(lens, show) {
  const { h, memory, setText } = lens.dom;
  const begun = memory.get(BEGUN) !== "";
  const button = h("button", { type: "button" });
  const hand = [h("span", { className: "by-mouse" }, say("Click")), h("span", { className: "by-touch" }, say("Tap"))];
  const way = sayAround("{press} any underlined sentence to see why it is marked.", { press: hand });
  const line = h("p", { className: "welcome" }, ...way, " ", button);
  const first = () => firstTheme(lens)?.id ?? "";
  button.addEventListener("click", () => show(first()));
  return {
    element: line,
    /** @param {boolean} anew of another text: a mark or an edit brings no line above the text */
    fill(anew) {
      const theme = firstTheme(lens);
      if (anew || !theme) line.hidden = begun || !theme;
      setText(button, say("Show me {theme}", { theme: theme?.label ?? "" }));
    },
    draw() {
      line.classList.toggle("done", lens.acted());
      button.style.visibility = lens.state().chosen.includes(first()) ? "hidden" : ""; // a link may have chosen it
      if (lens.acted() && !line.hidden) memory.set(BEGUN, "yes");
    },
  };
}

/**
 * @param {Lens} lens @param {(number: number) => void} goTo scrolls to a paragraph
 * @param {(id: string) => void} show shows a theme
 */
export function createHead(lens, goTo, show) {
  const { h, prose } = lens.dom;
  const element = h("div", { className: "head" });
  const welcome = createWelcome(lens, show);
  let credited = h("p");
  /** What it was made of. @type {Partial<import("./types.d.ts").Content>} */
  let made = {};
  const fill = () => {
    const { title, subtitle, tour } = lens.content;
    const isSame = made.title === title && made.tour === tour;
    welcome.fill(!isSame);
    const before = credited;
    credited = credit(lens);
    if (isSame) return before.replaceWith(credited); // other marks only
    made = { title, tour };
    const isOpen = (/** @type {string} */ name) =>
      /** @type {HTMLDetailsElement | null} */ (element.querySelector(name))?.open ?? false;
    const focused = element.contains(document.activeElement);
    element.replaceChildren(
      h("h1", {}, ...prose(title)),
      ...(subtitle.length ? [h("p", { className: "subtitle" }, ...prose(subtitle))] : []),
      credited,
      welcome.element,
      ...tourButton(lens),
      about(lens, isOpen(".about")),
      ...tableOfContents(lens, isOpen(".contents details"), goTo),
    );
    if (focused) element.querySelector("summary")?.focus({ preventScroll: true });
  };
  return { element, fill, draw: welcome.draw };
}

/** For print what the lines mean, and a word where nothing is shown. @param {Lens} lens */
export function createLegend(lens) {
  const { h, paint } = lens.dom;
  const legend = h("p", { className: "legend" });
  const nothing = say("No passage is shown. Choose other themes, or clear the filter.");
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
