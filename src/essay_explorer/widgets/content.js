// @ts-check
/** What can be said of a reading and a lens without a page: data in, data out. */
/** @import { Content, Facet, Hit, Paragraph } from "./types.d.ts" */
/** @import { Passage, Segment, Span, State, Tag, TagInFacet } from "./types.d.ts" */
/** @import { Whose } from "./layers.js" */

/** @type {State} */
export const AT_REST = {
  chosen: [],
  excluded: [],
  match: "any",
  show: "mark",
  query: "",
  within: [],
  at: "",
  chart: "",
  tour: 0,
  hidden: [],
  differ: "",
};
const MOST_LETTERS = 200; // of the words sought
const LAYER = /^[\w.:-]{1,100}$/; // the id of a layer
const UNSEEN = /^\p{Default_Ignorable_Code_Point}$/u;
const ALL_UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
const LIGATURE = /^[\u0132\u0133\ufb00-\ufb06\ufb13-\ufb17\ufb4f\ufbea-\ufbfb\ufc00-\ufdc7\ufdf0-\ufdfb\ufef5-\ufefc]$/;
const LIGATURES = new RegExp(LIGATURE.source.slice(1, -1), "g");
const TYPED = new Map([..."‘’‚‛“”„‟«»\u2010\u2011"].map((mark, at) => [mark, `''''""""""--`[at]]));
const PIECES = new Map([
  ["verse", /\n/g],
  ["code", /\n/g],
  ["row", /\t/g],
]);
const MANY = 4; // themes; so many are counted and not named
const NUMBERS = say("no one two three four five six seven eight nine ten eleven twelve").split(" ");
const NOUNS = new Map([
  ["claim", say("claims")],
  ["evidence", say("evidence")],
  ["question", say("questions")],
  ["analogy", say("analogies")],
  ["concession", say("concessions")],
  ["rebuttal", say("rebuttals")],
  ["verdict", say("verdicts")],
]);

/**
 * Cut a text where any span starts or ends: the twin of `cut` in anchoring/segments.py, held to it by the same cases.
 * Joined again, the segments are the text; the labels of each are those of the spans over it, in order of start.
 * Spans may overlap and come in any order; empty ones cut nothing. Throws a RangeError for one that leaves the text.
 * @template Label
 * @param {string} text @param {Span<Label>[]} spans
 * @returns {{text: string, start: number, labels: Label[]}[]}
 */
export function cut(text, spans) {
  for (const [label, start, end] of spans) {
    if (0 <= start && start <= end && end <= text.length) continue;
    throw new RangeError(`${label}: [${start}, ${end}) leaves the text, which has ${text.length} units`);
  }
  const ordered = spans.filter(([, start, end]) => start < end).sort(([, a], [, b]) => a - b);
  const edges = [...new Set([0, text.length, ...ordered.flatMap(([, start, end]) => [start, end])])].sort(
    (a, b) => a - b,
  );
  /** @type {Span<Label>[]} */
  let over = [];
  let next = 0;
  return edges.slice(1).map((end, at) => {
    const start = edges[at];
    over = over.filter(([, , last]) => last > start);
    while (next < ordered.length && ordered[next][1] === start) over.push(ordered[next++]);
    return { text: text.slice(start, end), start, labels: over.map(([label]) => label) };
  });
}

/**
 * A paragraph cut at every edge of a passage or an emphasis, and where a sentence, a line or a cell starts.
 * @param {Paragraph} paragraph
 */
export function segmentsOf({ text, emphasis = [], passages = [], sentences = { first: 1, starts: [] }, shape }) {
  const pieces = piecesOf(text, shape?.kind);
  const numbers = new Map(sentences.starts.map((start, at) => [start, sentences.first + at]));
  /** @type {Span<{mark?: string, em?: string, piece?: number}>[]} */
  const spans = [
    ...passages.map(([mark, start, end]) => /** @type {Span<{mark: string}>} */ ([{ mark }, start, end])),
    ...emphasis.map(([em, start, end]) => /** @type {Span<{em: string}>} */ ([{ em }, start, end])),
    ...sentences.starts.map(
      (start, at) => /** @type {Span<{}>} */ ([{}, start, sentences.starts[at + 1] ?? text.length]),
    ),
    ...pieces.map(([start, end], piece) => /** @type {Span<{piece: number}>} */ ([{ piece }, start, end])),
  ];
  return cut(text, spans).map(({ text, start, labels }) => {
    const marks = labels.flatMap(({ mark }) => mark ?? []);
    const em = labels.flatMap(({ em }) => em ?? []);
    const piece = pieces.length ? labels.find((label) => label.piece !== undefined)?.piece : undefined;
    return /** @type {Segment} */ ({ text, start, em, marks, sentence: numbers.get(start), piece });
  });
}

/**
 * Where each line of verse or of code, or each cell of a row, starts and where the next one does.
 * @param {string} text @param {string} [kind] of the block
 */
export function piecesOf(text, kind = "") {
  const end = PIECES.get(kind);
  const ends = end ? [...text.matchAll(end)].map(({ index }) => index + 1) : [];
  const starts = end ? [0, ...ends] : [];
  return starts.map((start, at) => [start, ends[at] ?? text.length]);
}

/**
 * Things by the key of each, in their order; as Map.groupBy, which some browsers and tests do without.
 * @template Key, Thing @param {Iterable<Thing>} things @param {(thing: Thing) => Key} keyOf
 */
export function grouped(things, keyOf) {
  const groups = /** @type {Map<Key, Thing[]>} */ (new Map());
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group) group.push(thing);
    else groups.set(keyOf(thing), [thing]);
  }
  return groups;
}

/** The tags by id, each with its facet. @param {Content} content @returns {Map<string, TagInFacet>} */
export function tagsOf(content) {
  return new Map(content.facets.flatMap((facet) => facet.tags.map((tag) => [tag.id, { ...tag, facet }])));
}

/** The text of each passage, by its id. @param {Content} content */
export function textsOf(content) {
  const texts = /** @type {Map<string, string>} */ (new Map());
  for (const { text, passages = [] } of content.paragraphs) {
    for (const [id, start, end] of passages) {
      const before = texts.get(id);
      texts.set(id, `${before === undefined ? "" : `${before}\n\n`}${text.slice(start, end)}`);
    }
  }
  return texts;
}

/** @param {Span} one @param {Span} other */
const inTextOrder = ([, start, end], [, other, otherEnd]) => start - other || end - otherEnd;

/**
 * The number that a paragraph has in the whole text.
 * @param {Pick<Content, "before">} content @param {number} number its own here, from 1
 */
export const numberOf = ({ before = 0 }, number) => before + number;

/** Everything that can be in focus: passages, then paragraphs as "p4". @param {Content} content */
const placesOf = (content) => [
  ...content.passages.map(({ id }) => id),
  ...content.paragraphs.map((_, at) => `p${numberOf(content, at + 1)}`),
];

/**
 * What of a lens falls away since this content does not have it: the changes.
 * @param {Content} content @param {State} state
 */
export function dropped(content, state) {
  const tags = tagsOf(content);
  const known = (/** @type {string[]} */ ids) =>
    ids.every((id) => tags.has(id)) ? ids : ids.filter((id) => tags.has(id));
  /** @type {Partial<State>} */
  const changes = {};
  if (known(state.chosen) !== state.chosen) changes.chosen = known(state.chosen);
  if (known(state.excluded) !== state.excluded) changes.excluded = known(state.excluded);
  if (state.within.some((end) => end > content.paragraphs.length)) changes.within = [];
  if (state.at && !hasPlace(content, state.at)) changes.at = "";
  if (state.tour > (content.tour?.length ?? 0)) changes.tour = 0;
  return changes;
}

// --- Finding words

/**
 * The text for finding words: lower case, one kind of quotation mark and of hyphen, single spaces, ligatures opened,
 * without what nobody sees. Letter by letter, as core/folding.py does it in Python: the folded letter `i` came from
 * `[from[i], until[i])`.
 * @param {string} text composed (NFC), as that of an essay is
 */
export function fold(text) {
  let folded = "";
  let space = true;
  let offset = 0;
  /** @type {number[]} */
  const from = [];
  /** @type {number[]} */
  const until = [];
  for (const letter of text) {
    const end = offset + letter.length;
    const seen = plainLetter(letter);
    if (seen && !(seen === " " && space)) {
      folded += seen;
      for (let unit = 0; unit < seen.length; unit += 1) until[from.push(offset) - 1] = end;
    }
    space = seen ? seen === " " : space;
    offset = end;
  }
  return { folded: folded.trimEnd(), from, until };
}

/** @param {string} letter */
function plainLetter(letter) {
  if (UNSEEN.test(letter)) return "";
  if (/\s/.test(letter)) return " ";
  return TYPED.get(letter) ?? letter.replace(LIGATURE, opened).toLowerCase().replace("ς", "σ");
}

/** The letters of a ligature. @param {string} letter */
const opened = (letter) => letter.normalize("NFKC");

/** The folded text alone, which is quicker to have; composed or not. @param {string} text */
export const folded = (text) =>
  text
    .normalize("NFC")
    .replace(ALL_UNSEEN, "")
    .replace(LIGATURES, opened)
    .toLowerCase()
    .replaceAll("ς", "σ")
    .replace(/[‘’‚‛“”„‟«»\u2010\u2011]/g, (mark) => TYPED.get(mark) ?? mark)
    .replace(/\s+/g, " ")
    .replace(/^ | $/g, "");

/** What gives the folded text behind a key; each is folded once. @template Key @param {(key: Key) => string} textOf */
export function foldedBy(textOf) {
  const known = /** @type {Map<Key, string>} */ (new Map());
  return (/** @type {Key} */ key) => {
    const text = known.get(key) ?? folded(textOf(key));
    known.set(key, text);
    return text;
  };
}

/**
 * Whether the lens shows a passage: of each facet a tag that is chosen (with "all": every tag), none that is excluded,
 * within the paragraphs looked at, and with the words sought.
 * @param {Content} content @param {State} state
 * @param {(id: string) => string} foldedOf the folded text of a passage by its id
 */
export function showing(content, state, foldedOf) {
  const wanted = content.facets
    .map((facet) => facet.tags.map((tag) => tag.id).filter((id) => state.chosen.includes(id)))
    .filter((ids) => ids.length);
  const sought = folded(state.query);
  const [first, last] = state.within.length ? state.within : [1, content.paragraphs.length];
  return (/** @type {Passage} */ { id, paragraph, tags }) => {
    const has = (/** @type {string} */ tag) => tags.includes(tag);
    return (
      wanted.every((ids) => (state.match === "all" ? ids.every(has) : ids.some(has))) &&
      !state.excluded.some(has) &&
      first <= paragraph &&
      paragraph <= last &&
      (!sought || foldedOf(id).includes(sought))
    );
  };
}

/**
 * The passages that the lens shows, in text order.
 * @param {Content} content @param {State} state @param {(id: string) => string} [foldedOf]
 */
export const passagesOf = (content, state, foldedOf = foldedInside(content)) =>
  content.passages.filter(showing(content, state, foldedOf));

/** @param {Content} content */
function foldedInside(content) {
  const texts = textsOf(content);
  return foldedBy((/** @type {string} */ id) => texts.get(id) ?? "");
}

/**
 * Where the words sought stand.
 * @param {Content} content @param {string} query
 * @param {(at: number) => string} [foldedAt] the folded text of a paragraph by its place
 * @returns {Hit[]} paragraphs counted from 0
 */
export function hitsOf(content, query, foldedAt = (at) => folded(content.paragraphs[at].text)) {
  const sought = folded(query);
  if (!sought) return [];
  return content.paragraphs.flatMap(({ text }, paragraph) => {
    if (!foldedAt(paragraph).includes(sought)) return [];
    const { folded: here, from, until } = fold(text);
    const hits = [];
    for (let at = here.indexOf(sought); at >= 0; at = here.indexOf(sought, at + sought.length)) {
      hits.push({ paragraph, start: from[at], end: until[at + sought.length - 1] });
    }
    return hits;
  });
}

/**
 * Of the hits, those that lie from end to end in these passages.
 * @param {Content} content @param {Hit[]} hits @param {Passage[]} passages
 */
export function hitsIn(content, hits, passages) {
  const ids = new Set(passages.map(({ id }) => id));
  return hits.filter(({ paragraph, start, end }) => {
    const spans = (content.paragraphs[paragraph].passages ?? []).filter(([id]) => ids.has(id)).sort(inTextOrder);
    let covered = start;
    for (const [, first, last] of spans) if (first <= covered) covered = Math.max(covered, last);
    return covered >= end;
  });
}

// --- In words, and as an address

/** @param {string[]} words @param {"and" | "or"} way */
function listed(words, way) {
  if (words.length < 2) return words.join("");
  const values = { first: words.slice(0, -1).join(", "), last: words.at(-1) ?? "" };
  return way === "and" ? say("{first} and {last}", values) : say("{first} or {last}", values);
}

/** A small number as a word. @param {number} count */
const numbered = (count) => NUMBERS[count] ?? String(count);

/** @param {number[]} within */
const inParagraphs = ([first, last]) =>
  first === last ? say("in paragraph {first}", { first }) : say("in paragraphs {first} to {last}", { first, last });

/**
 * The tags of a facet as what follows "passages"; many of one kind are counted.
 * @param {Facet} facet @param {Tag[]} tags some of its @param {State["match"]} match
 */
function aboutTags({ role }, tags, match) {
  const names = listed(
    tags.map(({ phrase }) => phrase),
    match === "all" ? "and" : "or",
  );
  if (role === "person") return say("speaking of {names}", { names });
  if (role !== "theme") return say("tagged {names}", { names });
  if (tags.length < MANY) return say("about {names}", { names });
  const count = { number: numbered(tags.length) };
  return match === "all" ? say("combining all {number} themes", count) : say("in {number} themes", count);
}

/** @typedef {{facet: Facet, tags: Tag[]}[]} Groups tags that are chosen, by their facets */

/** @param {Content} content @param {string[]} ids @returns {Groups} */
const groupsOf = (content, ids) =>
  content.facets
    .map((facet) => ({ facet, tags: facet.tags.filter(({ id }) => ids.includes(id)) }))
    .filter(({ tags }) => tags.length);

/**
 * What the chosen moves make of passages: "claims or evidence"; "" where there is no word for that.
 * @param {Groups} chosen @param {State["match"]} match
 */
function nounOf(chosen, match) {
  const moves = chosen.filter(({ facet }) => facet.role === "move").flatMap(({ tags }) => tags);
  const nouns = moves.map(({ phrase }) => NOUNS.get(phrase.toLowerCase()) ?? "");
  return nouns.includes("") || (match === "all" && nouns.length > 1) ? "" : listed(nouns, "or");
}

/** Themes that no passage has at once; "" where something else is asked too. @param {Groups} chosen */
function unmet([{ facet, tags }, ...others]) {
  if (others.length || facet.role !== "theme" || tags.length < 2) return "";
  const names = listed(
    tags.map(({ phrase }) => phrase),
    "and",
  );
  return tags.length < MANY
    ? say("No passage combines {names}.", { names })
    : say("No passage combines all {number} themes.", { number: numbered(tags.length) });
}

/** How passages are spoken of that are all the reading's own. @param {number} total @returns {Whose} */
const plainly = (total) => {
  const all = sayN("{count} passage", "{count} passages", total);
  const some = (/** @type {number} */ count) => say("{count} of {all}", { count, all });
  return {
    none: say("No passage"),
    some,
    all: say("All {all}", { all }),
    rest: say("Nothing marked yet."),
    origins: "",
  };
};

/** What is said where nothing can be shown. @param {Content} content @param {Whose | null} whose */
function emptiness({ blind }, whose) {
  if (whose) return say("Nothing is shown: all layers with passages are off.");
  return blind
    ? say("Nothing marked yet. Once you have marked a passage, you can show the reading’s own.")
    : say("No passage of this essay is marked yet.");
}

/**
 * What is shown, in plain words.
 * @param {Content} content @param {State} state @param {number} count
 * @param {Whose | null} [whose] how to speak of it, null where all is the reading's own
 */
export function sentence(content, state, count, whose = null) {
  const total = content.passages.length;
  if (!total) return emptiness(content, whose);
  const chosen = groupsOf(content, state.chosen);
  const noun = count ? nounOf(chosen, state.match) : "";
  const abouts = chosen
    .filter(({ facet }) => !(noun && facet.role === "move"))
    .map(({ facet, tags }) => aboutTags(facet, tags, state.match));
  const without = groupsOf(content, state.excluded)
    .flatMap(({ tags }) => tags)
    .map(({ phrase }) => NOUNS.get(phrase.toLowerCase()) ?? phrase);
  const others = [
    ...(state.query.trim() ? [say("with “{query}”", { query: state.query.trim() })] : []),
    ...(state.within.length ? [inParagraphs(state.within)] : []),
    ...(without.length ? [say("without {names}", { names: listed(without, "or") })] : []),
  ];
  const { none, some, all, rest, origins } = whose ?? plainly(total);
  if (!chosen.length && !others.length)
    return `${rest || say("Nothing marked yet.")} ${say("Choose a theme to light up its passages.")}`;
  const reason = !count && state.match === "all" && !others.length ? unmet(chosen) : "";
  if (reason) return reason;
  const isAll = count === total && total > 2;
  const head = count ? (isAll ? all : some(count)) : none;
  const asked = [...abouts, ...others].join(", ");
  const said = `${head}${noun ? say(": {noun}", { noun }) : ""}${asked && (isAll && !noun ? ", " : " ")}${asked}.`;
  return origins ? `${said} ${origins}` : said;
}

/** The lens as the part of an address after `#`; "" at rest. @param {Content} content @param {State} state */
export function hashOf(content, state) {
  const ids = (/** @type {string[]} */ tags) => tags.map(encodeURIComponent).join(",");
  const parts = content.facets.map((facet) => [
    encodeURIComponent(facet.id),
    ids(facet.tags.map((tag) => tag.id).filter((id) => state.chosen.includes(id))),
  ]);
  parts.push(
    ["not", ids(state.excluded)],
    ["match", state.match === AT_REST.match ? "" : state.match],
    ["show", state.show === AT_REST.show ? "" : state.show],
    ["find", encodeURIComponent(state.query)],
    ["within", state.within.join("-")],
    ["at", encodeURIComponent(state.at)],
    ["chart", state.chart],
    ["tour", state.tour ? String(state.tour) : ""],
    ["off", ids(state.hidden)],
    ["differ", encodeURIComponent(state.differ)],
  );
  return parts
    .filter(([, value]) => value)
    .map((part) => part.join("="))
    .join("&");
}

/** The place that an address asks for, which may be a mark that is not there yet. @param {string} hash */
export const placeAsked = (hash) => new URLSearchParams(hash.replace(/^#/, "")).get("at") ?? "";

/** Whether a place is one of this content. @param {Content} content @param {string} at */
export const hasPlace = (content, at) => placesOf(content).includes(at);

/**
 * The lens that an address asks for; what this essay does not have is left out.
 * @param {Content} content @param {string} hash @returns {State}
 */
export function fromHash(content, hash) {
  const asked = new Map(new URLSearchParams(hash.replace(/^#/, "").replaceAll("+", "%2B")));
  const all = tagsOf(content);
  const known = (/** @type {string} */ key, /** @type {Facet | undefined} */ facet = undefined) =>
    [...new Set((asked.get(key) ?? "").split(","))].filter(
      (id) => all.has(id) && (!facet || all.get(id)?.facet === facet),
    );
  /** @template {string} Value @param {string} key @param {Value[]} values */
  const one = (key, values) => values.find((value) => value === asked.get(key)) ?? values[0];
  const chosen = content.facets.flatMap((facet) => known(facet.id, facet));
  const layers = (/** @type {string} */ key) =>
    [...new Set((asked.get(key) ?? "").split(","))].filter((id) => LAYER.test(id));
  const ends = (/^(\d+)-(\d+)$/.exec(asked.get("within") ?? "")?.slice(1) ?? []).map(Number);
  return {
    chosen,
    excluded: known("not").filter((id) => !chosen.includes(id)),
    match: one("match", ["any", "all"]),
    show: one("show", ["mark", "dim", "only"]),
    query: (asked.get("find") ?? "").slice(0, MOST_LETTERS),
    within: ends.every((end) => end >= 1 && end <= content.paragraphs.length) ? ends.sort((a, b) => a - b) : [],
    at: one("at", ["", ...placesOf(content)]),
    chart: /^[\w-]{1,30}$/.exec(asked.get("chart") ?? "")?.[0] ?? "",
    tour: Math.min(Number(/^\d{1,4}$/.exec(asked.get("tour") ?? "")?.[0] ?? 0), content.tour?.length ?? 0),
    hidden: layers("off"),
    differ: layers("differ").find((id) => id !== "mine") ?? "",
  };
}
