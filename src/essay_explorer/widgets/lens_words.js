// @ts-check
/** What a lens shows, in plain words. */
/** @import { Content, Facet, State, Tag } from "./types.d.ts" */
/** @import { Whose } from "./layers.js" */

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
