// @ts-check
/**
 * What the reader looks through now. The lens draws nothing; every view holds it as a child, reads
 * it through the functions that `initialize` gives out, and writes it on a reader's act.
 *
 * @typedef {{id: string, label: string, phrase: string, definition: string, code: string, line: string,
 *   colour: [string, string] | null, questions: string[], count: number}} Tag
 * @typedef {{id: string, label: string, definition: string, role: "theme" | "move" | "person" | "other", tags: Tag[]}} Facet
 * @typedef {{id: string, paragraph: number, tags: string[], note: string, creator: string}} Passage
 * @typedef {{text: string, em?: string[], marks?: string[], sentence?: number}} Segment
 * @typedef {{from: string, kind: string, to: string, note: string}} Relation
 * @typedef {{fingerprint: string, title: string, language: string, facets: Facet[], paragraphs: Segment[][],
 *   passages: Passage[], relations: Relation[], copy?: string}} Content  `copy`: where one's own copy of the original is opened
 * @typedef {{chosen: string[], excluded: string[], match: "any" | "all", show: "mark" | "dim" | "only",
 *   query: string, within: number[], at: string, chart: string}} State
 */

/** @type {State} */
export const AT_REST = { chosen: [], excluded: [], match: "any", show: "mark", query: "", within: [], at: "", chart: "" };
const KEYS = /** @type {(keyof State)[]} */ (Object.keys(AT_REST));
const QUOTE_MARKS = new Map([..."‘’‚‛“”„‟«»"].map((mark, at) => [mark, at < 4 ? "'" : '"']));
const VERBS = { theme: "about", person: "speaking of" };

/**
 * The text for finding words: lower case, one kind of quotation mark, single spaces; `from[i]` is where
 * in the text the folded letter `i` came from. Letter by letter, as `reading.fold` does it in Python.
 * @param {string} text
 */
export function fold(text) {
  let folded = "";
  let space = true;
  let offset = 0;
  const from = [];
  for (const letter of text) {
    const blank = /\s/.test(letter);
    const plain = blank ? " " : QUOTE_MARKS.get(letter) ?? letter.toLowerCase().replace("ς", "σ");
    if (!blank || !space) {
      folded += plain;
      for (let unit = 0; unit < plain.length; unit += 1) from.push(offset);
    }
    space = blank;
    offset += letter.length;
  }
  from.push(offset);
  return { folded: folded.trimEnd(), from };
}

/** The tags by id, each with its facet. @param {Content} content */
export function tagsOf(content) {
  return new Map(content.facets.flatMap((facet) => facet.tags.map((tag) => [tag.id, { ...tag, facet }])));
}

/** The text of each passage, by its id. @param {Content} content */
export function textsOf(content) {
  const texts = new Map();
  for (const segments of content.paragraphs) {
    const here = new Map();
    for (const { text, marks = [] } of segments) for (const id of marks) here.set(id, (here.get(id) ?? "") + text);
    for (const [id, text] of here) texts.set(id, texts.has(id) ? `${texts.get(id)}\n\n${text}` : text);
  }
  return texts;
}

/** The folded text alone, which is quicker to have. @param {string} text */
export const folded = (text) =>
  text.toLowerCase().replaceAll("ς", "σ").replace(/[‘’‚‛“”„‟«»]/g, (mark) => QUOTE_MARKS.get(mark) ?? mark).replace(/\s+/g, " ").replace(/^ | $/g, "");

/** What gives the folded text behind a key; each is folded once. @param {(key: any) => string} textOf */
function folding(textOf) {
  const known = new Map();
  return (/** @type {any} */ key) => known.get(key) ?? known.set(key, folded(textOf(key))).get(key);
}

/** @param {Map<string, string>} texts */
const foldedTexts = (texts) => folding((id) => texts.get(id) ?? "");

/** @param {Segment[]} segments */
const joined = (segments) => segments.map((segment) => segment.text).join("");

/**
 * The passages that the lens shows, in text order: of each facet a tag that is chosen (with "all":
 * every tag), none that is excluded, within the paragraphs looked at, and with the words sought.
 * `foldedOf`: the folded text of a passage by its id.
 * @param {Content} content @param {State} state @param {(id: string) => string} [foldedOf]
 */
export function passagesOf(content, state, foldedOf = foldedTexts(textsOf(content))) {
  const wanted = content.facets
    .map((facet) => facet.tags.map((tag) => tag.id).filter((id) => state.chosen.includes(id)))
    .filter((ids) => ids.length);
  const { folded: sought } = fold(state.query);
  const [first, last] = state.within.length ? state.within : [1, content.paragraphs.length];
  return content.passages.filter(({ id, paragraph, tags }) => {
    const has = (/** @type {string} */ tag) => tags.includes(tag);
    return (
      wanted.every((ids) => (state.match === "all" ? ids.every(has) : ids.some(has))) &&
      !state.excluded.some(has) &&
      first <= paragraph && paragraph <= last &&
      (!sought || foldedOf(id).includes(sought))
    );
  });
}

/**
 * Where the words sought stand: paragraph (from 0), start and end in UTF-16 units of its text.
 * `foldedAt`: the folded text of a paragraph, by its place.
 * @param {Content} content @param {string} query @param {(at: number) => string} [foldedAt]
 */
export function hitsOf(content, query, foldedAt = folding((at) => joined(content.paragraphs[at]))) {
  const { folded: sought } = fold(query);
  if (!sought) return [];
  return content.paragraphs.flatMap((segments, paragraph) => {
    if (!foldedAt(paragraph).includes(sought)) return [];
    const { folded: here, from } = fold(joined(segments));
    const hits = [];
    for (let at = here.indexOf(sought); at >= 0; at = here.indexOf(sought, at + sought.length)) {
      hits.push({ paragraph, start: from[at], end: from[at + sought.length] });
    }
    return hits;
  });
}

/** Of the hits, those in the text of these passages. @param {Content} content @param {ReturnType<typeof hitsOf>} hits @param {Passage[]} passages */
export function hitsIn(content, hits, passages) {
  const ids = new Set(passages.map(({ id }) => id));
  return hits.filter(({ paragraph, start, end }) => {
    let at = 0;
    return content.paragraphs[paragraph].every(({ text, marks = [] }) => {
      const apart = at + text.length <= start || at >= end;
      at += text.length;
      return apart || marks.some((id) => ids.has(id));
    });
  });
}

/** @param {string[]} words @param {string} last */
const listed = (words, last) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;

const inParagraphs = ([first, last]) => (first === last ? `in paragraph ${first}` : `in paragraphs ${first} to ${last}`);

/** What is shown, in plain words. @param {Content} content @param {State} state @param {number} count */
export function sentence(content, state, count) {
  const total = content.passages.length;
  if (!total) return "No passage of this essay is marked yet.";
  const phrases = (/** @type {string[]} */ ids, /** @type {string} */ last) =>
    content.facets.flatMap((facet) => {
      const tags = facet.tags.filter((tag) => ids.includes(tag.id)).map((tag) => tag.phrase);
      return tags.length ? [`${VERBS[facet.role] ?? "marked as"} ${listed(tags, last)}`] : [];
    });
  const parts = [
    ...phrases(state.chosen, state.match === "all" ? "and" : "or"),
    ...phrases(state.excluded, "or").map((phrase) => `not ${phrase}`),
    ...(state.query.trim() ? [`with “${state.query.trim()}”`] : []),
    ...(state.within.length ? [inParagraphs(state.within)] : []),
  ];
  if (!parts.length) return `The whole essay, with nothing marked. Choose a theme to see its passages.`;
  return `${count || "None"} of ${total} ${total === 1 ? "passage" : "passages"} ${listed(parts, "and")}.`;
}

/** The lens as the part of an address after `#`; "" at rest. @param {Content} content @param {State} state */
export function hashOf(content, state) {
  const ids = (/** @type {string[]} */ tags) => tags.map(encodeURIComponent).join(",");
  const parts = content.facets.map((facet) => [
    encodeURIComponent(facet.id),
    ids(facet.tags.map((tag) => tag.id).filter((id) => state.chosen.includes(id))),
  ]);
  parts.push(["not", ids(state.excluded)]);
  if (state.match !== AT_REST.match) parts.push(["match", state.match]);
  if (state.show !== AT_REST.show) parts.push(["show", state.show]);
  parts.push(["find", encodeURIComponent(state.query)], ["within", state.within.join("-")], ["at", encodeURIComponent(state.at)], ["chart", state.chart]);
  return parts.filter(([, value]) => value).map((part) => part.join("=")).join("&");
}

/** The lens that an address asks for; what this essay does not have is left out. @param {Content} content @param {string} hash */
export function fromHash(content, hash) {
  const asked = new Map(new URLSearchParams(hash.replace(/^#/, "").replaceAll("+", "%2B")));
  const all = tagsOf(content);
  const known = (/** @type {string} */ key, /** @type {Facet} */ facet) =>
    [...new Set((asked.get(key) ?? "").split(","))].filter((id) => all.has(id) && (!facet || all.get(id)?.facet === facet));
  const one = (/** @type {string} */ key, /** @type {string[]} */ values) => values.find((value) => value === asked.get(key)) ?? values[0];
  const places = [...content.passages.map(({ id }) => id), ...content.paragraphs.map((_, at) => `p${at + 1}`)];
  const chosen = content.facets.flatMap((facet) => known(facet.id, facet));
  const ends = /^(\d+)-(\d+)$/.exec(asked.get("within") ?? "")?.slice(1).map(Number) ?? [];
  return /** @type {State} */ ({
    chosen,
    excluded: known("not").filter((id) => !chosen.includes(id)),
    match: one("match", ["any", "all"]),
    show: one("show", ["mark", "dim", "only"]),
    query: (asked.get("find") ?? "").slice(0, 200),
    within: ends.every((end) => end >= 1 && end <= content.paragraphs.length) ? ends.sort((a, b) => a - b) : [],
    at: one("at", ["", ...places]),
    chart: /^[\w-]{1,30}$/.exec(asked.get("chart") ?? "")?.[0] ?? "",
  });
}

/** An element: properties where it has them, attributes otherwise; strings among the children are text. @param {string} name @param {Record<string, any>} [properties] @param {...(Node | string)} children */
function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** Runs of text, some of them emphasised, as nodes. @param {{text: string, em?: string[]}[]} runs */
const prose = (runs) =>
  runs.map(({ text, em = [] }) => em.reduce((inner, kind) => h(kind, {}, inner), /** @type {Node} */ (document.createTextNode(text))));

/** Give an element the colour and the line of a tag. @param {HTMLElement} element @param {Tag} tag */
function paint(element, tag) {
  const [style, weight] = tag.line.split("-");
  element.style.setProperty("--line", style);
  element.style.setProperty("--weight", { thick: "3px", thin: "1px" }[weight] ?? "2px");
  if (tag.colour) element.style.setProperty("--c", `light-dark(${tag.colour[0]}, ${tag.colour[1]})`);
  return element;
}

/** Put text on the clipboard, also where the page came over plain http. @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: text });
    field.style.cssText = "position:fixed;opacity:0";
    const back = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (back instanceof HTMLElement) back.focus({ preventScroll: true });
    return done;
  }
}

/** Hand the reader a file. @param {Blob} blob @param {string} name */
function save(blob, name) {
  const href = URL.createObjectURL(blob);
  const anchor = h("a", { href, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** A button that copies what `text` gives, and says so for a moment. @param {string} label @param {() => string} text */
function copier(label, text) {
  const button = h("button", { type: "button", className: "quiet copy" }, label);
  button.addEventListener("click", async () => {
    button.textContent = (await copy(text())) ? "Copied" : "Could not copy";
    setTimeout(() => (button.textContent = label), 2000);
  });
  return button;
}

/** What the views call. @param {{get: Function, set: Function, on: Function, off: Function, save_changes: Function}} model */
function lens(model, /** @type {AbortSignal} */ signal) {
  /** @type {Content} */
  const content = model.get("content");
  const tags = tagsOf(content);
  const texts = textsOf(content);
  const foldedOf = foldedTexts(texts);
  const foldedAt = folding((at) => joined(content.paragraphs[at]));
  const passages = new Map(content.passages.map((passage) => [passage.id, passage]));
  /** @type {Set<() => void>} */
  const listeners = new Set();
  let told = true;
  let hit = -1; // which hit the reader has stepped to; every view of this lens shows the same one
  /** @type {HTMLElement | null} */
  let opener = null; // where the focus was when the card opened
  /** @type {{state: State, shown: Passage[], hits: ReturnType<typeof hitsOf>} | null} */
  let now = null;

  const tell = () => {
    now = null;
    if (!told) return;
    told = false;
    queueMicrotask(() => {
      told = true;
      for (const listener of [...listeners]) listener();
    });
  };
  const look = () => {
    if (!now) {
      const state = /** @type {State} */ (Object.fromEntries(KEYS.map((key) => [key, model.get(key)])));
      const shown = passagesOf(content, state, foldedOf);
      const hits = hitsOf(content, state.query, foldedAt);
      now = { state, shown, hits: state.show === "only" ? hitsIn(content, hits, shown) : hits };
      hit = Math.min(hit, now.hits.length - 1);
    }
    return now;
  };
  const act = (/** @type {Partial<State>} */ changes) => {
    for (const [key, value] of Object.entries(changes)) model.set(key, value);
    if ("query" in changes) hit = -1;
    tell();
    model.save_changes();
  };
  const without = (/** @type {string[]} */ ids, /** @type {string} */ id) => ids.filter((other) => other !== id);
  for (const key of KEYS) model.on(`change:${key}`, tell);
  signal.addEventListener("abort", () => KEYS.forEach((key) => model.off(`change:${key}`, tell)));

  return {
    content,
    tags,
    texts,
    passages,
    dom: { h, prose, paint, copier, save }, // what the views build with; modules import nothing, so it comes along
    act,
    state: () => look().state,
    /** The passages shown now, in text order. */
    shown: () => look().shown,
    /** Does the lens leave anything out or mark anything? */
    active: () => Boolean(look().state.chosen.length || look().state.excluded.length || look().state.query.trim() || look().state.within.length),
    sentence: () => sentence(content, look().state, look().shown.length),
    hits: () => look().hits,
    hit: () => hit,
    /** How many passages would be shown if this tag were chosen too. */
    would: (/** @type {string} */ id) =>
      passagesOf(content, { ...look().state, chosen: [...look().state.chosen, id], excluded: without(look().state.excluded, id) }, foldedOf).length,
    choose(/** @type {string} */ id) {
      const { chosen, excluded } = look().state;
      act({ chosen: chosen.includes(id) ? without(chosen, id) : [...chosen, id], excluded: without(excluded, id) });
    },
    exclude(/** @type {string} */ id) {
      const { chosen, excluded } = look().state;
      act({ excluded: excluded.includes(id) ? without(excluded, id) : [...excluded, id], chosen: without(chosen, id) });
    },
    clear: () => act({ ...AT_REST, show: look().state.show, at: look().state.at, chart: look().state.chart }),
    /** Go to the next hit (1) or the one before (-1), round and round. */
    step(/** @type {number} */ by) {
      const { length } = look().hits;
      if (length) hit = hit < 0 && by < 0 ? length - 1 : (hit + by + length) % length;
      tell();
    },
    /** Put a passage or a paragraph in focus; the focus comes back to `from` when it is closed. */
    open(/** @type {string} */ id, /** @type {HTMLElement | null} */ from = null) {
      opener = from ?? opener;
      act({ at: id });
    },
    close: () => act({ at: "" }),
    opener: () => opener,
    /** Forget who opened the card. */
    forget: () => (opener = null),
    /** The passage `by` places on among those shown, or among all when none is. */
    beside(/** @type {string} */ id, /** @type {number} */ by) {
      const among = look().shown.length ? look().shown : content.passages;
      const order = (/** @type {string} */ one) => content.passages.findIndex((passage) => passage.id === one);
      const here = order(id);
      const next = by > 0
        ? among.find((passage) => order(passage.id) > here) ?? among[0]
        : among.findLast((passage) => order(passage.id) < here) ?? among.at(-1);
      return next?.id ?? "";
    },
    /** The address of this view, with another passage in focus if one is named; "" where there is none. */
    link(at = look().state.at) {
      const address = model.get("address");
      return address ? `${address}#${hashOf(content, { ...look().state, at })}` : "";
    },
    hash: () => hashOf(content, look().state),
    file: () => model.get("file"),
    /** Save the page as one file that opens at this view. */
    async download() {
      const answer = await fetch(model.get("file"));
      const view = hashOf(content, look().state).replaceAll("&", "&amp;");
      const page = (await answer.text()).replace("<html ", () => `<html data-view="${view}" `);
      save(new Blob([page], { type: "text/html" }), decodeURIComponent(model.get("file").split("/").at(-1)));
    },
    read: (/** @type {string} */ hash) => fromHash(content, hash),
    /** Call `listener` once after each change, until `until` aborts. */
    observe(/** @type {() => void} */ listener, /** @type {AbortSignal} */ until) {
      listeners.add(listener);
      until.addEventListener("abort", () => listeners.delete(listener));
    },
  };
}

/** A page that has drawn this reading itself answers the event by preventing its default. */
function initialize({ model, signal }) {
  const event = new CustomEvent("essay-explorer:lens", { detail: { model, signal }, cancelable: true });
  const drawn = !document.dispatchEvent(event);
  return { ...lens(model, signal), drawn };
}

export default { initialize };
