// @ts-check
/**
 * What the counts of the layers that are on say in a sentence: the twin of the titles in measures/. Part of
 * chart_panel.js.
 */
/** @import { Datum, TagInFacet } from "./types.d.ts" */
/** @import { Counted, Said } from "./chart_counts.js" */

const NAMED = 3; // more equals than these are counted, not named
const FEW = 3; // passages: what fewer of them share is no finding
const CHANCE = 1.2; // up to here it is about what chance predicts
const AS_GOOD_AS_MOST = 0.9; // of the most words: such paragraphs share a peak
const ENOUGH = 3; // sentences of a kind, so that their median says something
const CLEARLY = 1.25;

/**
 * The parts as in "6, 7 and 8"; parts with an "and" of their own get a comma.
 * @param {Said} said @param {(string | number)[]} parts
 */
export function enumerated(said, parts) {
  const words = parts.map(String);
  const last = words.at(-1) ?? "";
  if (words.length < 2) return last;
  const conjunction = said("and", { first: "", last: "" });
  const again = words.some((one) => one.includes(conjunction));
  return said(again ? "and again" : "and", { first: words.slice(0, -1).join(", "), last });
}

/** @param {string} text */
const opening = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
/** @param {number[]} numbers */
const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

/** Why there is nothing to say about themes; "" when there is. @param {Counted} counted */
function nothingIn(counted) {
  const themes = tagsOfRole(counted, "theme").map(({ id }) => id);
  if (!themes.length) return counted.said("no themes");
  if (!counted.reaches.length) return counted.said("no passages");
  return counted.reaches.some(({ tags }) => tags.some((tag) => themes.includes(tag)))
    ? ""
    : counted.said("no theme used");
}

/** How tags are spoken of inside a sentence: by their names, or how many they are. @param {Counted} counted */
const speaking = ({ names, said }) => {
  const name = (/** @type {TagInFacet} */ { id, label }) => names[id] ?? label;
  const all = (/** @type {TagInFacet[]} */ tags) =>
    tags.length <= NAMED ? enumerated(said, tags.map(name)) : said("themes", {}, tags.length);
  return { name, all };
};

/** Themes by the paragraphs in which words stand under them, those that have any. @param {Counted} counted */
function placesOf(counted) {
  const { paragraphs, reaches } = counted;
  const touched = (/** @type {string} */ id) =>
    paragraphs.flatMap(([start, end], at) =>
      reaches.some((one) => one.tags.includes(id) && one.start < end && start < one.end) ? [at + 1] : [],
    );
  const themes = tagsOfRole(counted, "theme").map((tag) => ({ tag, at: touched(tag.id) }));
  return themes.filter(({ at }) => at.length);
}

/** Which theme runs through most paragraphs, and which through fewest. @param {Counted} counted */
function spread(counted) {
  const { said } = counted;
  const { all } = speaking(counted);
  const places = placesOf(counted);
  const count = counted.paragraphs.length;
  const tagsWith = (/** @type {number} */ length) => places.filter(({ at }) => at.length === length);
  const named = (/** @type {typeof places} */ of) => all(of.map(({ tag }) => tag));
  if (count === 1) return opening(said("in the one", { tags: named(places) }, places.length));
  const lengths = places.map(({ at }) => at.length);
  const [most, fewest] = [Math.max(...lengths), Math.min(...lengths)].map(tagsWith);
  const { at: numbers } = most[0];
  const tags = named(most);
  if (numbers.length === 1 && new Set(places.map(({ at }) => String(at))).size === 1)
    return opening(said("only in", { tags, number: numbers[0] }, most.length));
  const where = said(numbers.length === count ? "all of" : "some of", { number: numbers.length }, count);
  const same = most.length === places.length;
  if (same && most.length > 1) return opening(said("each in", { tags, where }));
  const finding = opening(said("runs through", { tags, where }, most.length));
  if (same) return finding;
  const [{ at: few }] = fewest;
  if (fewest.length > 1 || few.length > NAMED)
    return said("more only through", { finding, tags: named(fewest), number: few.length });
  return said("one only through", { finding, tags: named(fewest), numbers: enumerated(said, few) }, few.length);
}

/** Which theme has most words. @param {Counted} counted @param {Datum[]} rows */
function heaviest(counted, rows) {
  const { said } = counted;
  const { all } = speaking(counted);
  const rowOf = new Map(rows.map((row) => [row.tag, row]));
  const facts = (/** @type {TagInFacet} */ { id }) => {
    const { words, passages, percent } = /** @type {Record<string, number>} */ (rowOf.get(id));
    return { words, passages, percent };
  };
  const every = tagsOfRole(counted, "theme");
  const [used, unused] = [true, false].map((is) => every.filter((tag) => facts(tag).passages > 0 === is));
  const largest = Math.max(...every.map((tag) => facts(tag).words));
  const most = used.filter((tag) => facts(tag).words === largest);
  const row = facts(most[0]);
  const tags = all(most);
  const words = said("words and percent", { percent: decimal(row.percent, 0) }, row.words);
  if (most.length > 1 && most.length === every.length) return opening(said("weigh the same", { tags, words }));
  const passages = said("passages", {}, row.passages);
  const finding =
    most.length === 1 ? said("weighs most", { tag: tags, passages, words }) : said("weigh most", { tags, words });
  return opening(unused.length ? said("unused", { finding, tags: all(unused) }) : finding);
}

/** The two themes that meet most above chance. @param {Counted} counted @param {Datum[]} rows */
function closest(counted, rows) {
  const { said } = counted;
  const { name } = speaking(counted);
  const liftOf = (/** @type {Datum} */ row) => Number(row.lift ?? 0);
  const pairs = rows.filter(({ grid, count }) => grid === "themes" && Number(count) >= FEW);
  const best = Math.max(0, ...pairs.map(liftOf));
  if (best <= CHANCE) return said("none above chance");
  const top = pairs.filter((row) => liftOf(row) === best);
  const often = String(top[0].often);
  if (top.length > 1) return said("several pairs", { often }, top.length);
  const both = (top[0].tags ?? []).flatMap((id) => counted.tags.find((tag) => tag.id === id) ?? []);
  return opening(said("closest", { tags: enumerated(said, both.map(name)), often }, Number(top[0].count)));
}

/** What a theme does, as the key of a phrase, and in which paragraphs. @param {number[]} counts its words in each */
function peakOf(counts) {
  const touched = counts.flatMap((words, at) => (words ? [at + 1] : []));
  const enough = AS_GOOD_AS_MOST * Math.max(...counts);
  const peaks = touched.filter((number) => counts[number - 1] >= enough);
  if (touched.length === 1) return { key: "only in", at: touched };
  if (peaks.length === touched.length) return { key: touched.length <= NAMED ? "evenly in" : "evenly", at: touched };
  return { key: peaks.length <= NAMED ? "peaks" : "no peak", at: peaks };
}

/** Where the two themes with most words have most of them. @param {Counted} counted @param {Datum[]} rows */
function peaks(counted, rows) {
  const { said } = counted;
  const { name } = speaking(counted);
  const countsOf = (/** @type {string} */ id) => rows.filter(({ tag }) => tag === id).map(({ words }) => Number(words));
  const sum = (/** @type {number[]} */ numbers) => numbers.reduce((all, one) => all + one, 0);
  const covered = tagsOfRole(counted, "theme").map((tag) => ({ tag: name(tag), counts: countsOf(tag.id) }));
  const used = covered.filter(({ counts }) => sum(counts));
  const largest = used.sort((one, other) => sum(other.counts) - sum(one.counts)).slice(0, 2);
  const [, whole] = counted.paragraphs.at(-1) ?? [0, 0];
  if (counted.paragraphs.length === 1) {
    const shares = largest.map(({ tag, counts }) =>
      said("share", { tag, percent: decimal((100 * sum(counts)) / whole, 0) }),
    );
    return said("shares", { shares: enumerated(said, shares) });
  }
  const found = largest.map(({ tag, counts }) => {
    const { key, at } = peakOf(counts);
    return { tag, key, count: key === "only in" ? 1 : at.length, number: at[0], numbers: enumerated(said, at) };
  });
  const parts = found.map(({ key, count, ...values }) => said(key, { ...values, tags: values.tag }, count));
  if (found.length < 2 || found.some(({ key }) => key !== "peaks")) return opening(parts.join(", "));
  return opening(
    said("and peaks", { finding: parts[0], tag: found[1].tag, numbers: found[1].numbers }, found[1].count),
  );
}

/** How long sentences are, and verdicts among them. @param {Counted} counted @param {Datum[]} rows */
function lengths({ said }, rows) {
  const wordsOf = (/** @type {string} */ kind) =>
    rows.filter((row) => !kind || row.kind === kind).map(({ words }) => Number(words));
  const all = wordsOf("");
  if (all.length < 2) return all.length ? said("one sentence", {}, all[0]) : said("no sentence");
  const [least, most] = [Math.min(...all), Math.max(...all)];
  if (least === most) return said("all as long", { number: all.length }, least);
  const [verdicts, others] = [wordsOf("verdict"), wordsOf("other")];
  if (Math.min(verdicts.length, others.length) >= ENOUGH) {
    const [here, elsewhere] = [median(verdicts), median(others)];
    if (Math.max(here, elsewhere) >= CLEARLY * Math.min(here, elsewhere)) {
      const key = here < elsewhere ? "short verdicts" : "long verdicts";
      return said(key, { verdicts: decimal(here, 0), others: decimal(elsewhere, 0) });
    }
  }
  return said("from to", { least, median: decimal(median(all), 0) }, most);
}

const FINDINGS = { dispersion: spread, flow: peaks, weight: heaviest, together: closest };

/** What the rows of a chart say. @param {string} name of the chart @param {Counted} counted @param {Datum[]} rows */
export function findingIn(name, counted, rows) {
  if (name === "rhythm") return lengths(counted, rows);
  const finding = FINDINGS[/** @type {keyof typeof FINDINGS} */ (name)];
  return nothingIn(counted) || finding(counted, rows);
}
