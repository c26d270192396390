// @ts-check
/**
 * What the counts of the layers that are on say in a sentence: the twin of the titles in measures/. Part of
 * chart_panel.js.
 */
/** @import { Datum, TagInFacet } from "./types.d.ts" */
/** @import { Counted } from "./chart_counts.js" */

const NAMED = 3; // more equals than these are counted, not named
const FEW = 3; // passages: what fewer of them share is no finding
const CHANCE = 1.2; // up to here it is about what chance predicts
const AS_GOOD_AS_MOST = 0.9; // of the most words: such paragraphs share a peak
const ENOUGH = 3; // sentences of a kind, so that their median says something
const CLEARLY = 1.25;

/** The parts as in "6, 7 and 8"; parts with an "and" of their own get a comma. @param {(string | number)[]} parts */
export function listed(parts) {
  const words = parts.map(String);
  const last = words.at(-1) ?? "";
  if (words.length < 2) return last;
  const pause = words.some((one) => one.includes(" and ")) ? "," : "";
  return `${words.slice(0, -1).join(", ")}${pause} and ${last}`;
}

/** @param {string} text */
const opening = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
/** @param {string} noun @param {number} count */
const many = (noun, count) => `${count} ${noun}${count === 1 ? "" : "s"}`;
/** "paragraph 5", "paragraphs 7 and 8" @param {number[]} numbers */
const numbered = (numbers) => `paragraph${numbers.length > 1 ? "s" : ""} ${listed(numbers)}`;
/** @param {number[]} numbers */
const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

/** Why there is nothing to say about themes; "" when there is. @param {Counted} counted */
function nothingIn(counted) {
  const themes = tagsOfRole(counted, "theme").map(({ id }) => id);
  if (!themes.length) return "The codebook names no themes yet";
  if (!counted.reaches.length) return "No passage is marked yet";
  return counted.reaches.some(({ tags }) => tags.some((tag) => themes.includes(tag)))
    ? ""
    : "No passage carries a theme yet";
}

/** How tags are spoken of inside a sentence: by their names, or how many they are. @param {Counted} counted */
const speaking = ({ names }) => {
  const name = (/** @type {TagInFacet} */ { id, label }) => names[id] ?? label;
  const all = (/** @type {TagInFacet[]} */ tags) =>
    tags.length <= NAMED ? listed(tags.map(name)) : `${tags.length} themes`;
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
  const { name, all } = speaking(counted);
  const places = placesOf(counted);
  const count = counted.paragraphs.length;
  const tagsWith = (/** @type {number} */ length) => places.filter(({ at }) => at.length === length);
  const verb = (/** @type {unknown[]} */ of, one = "stands", more = "stand") => (of.length === 1 ? one : more);
  const said = (/** @type {typeof places} */ of) => all(of.map(({ tag }) => tag));
  if (count === 1) return `${opening(said(places))} ${verb(places)} in the one paragraph`;
  const lengths = places.map(({ at }) => at.length);
  const [most, fewest] = [Math.max(...lengths), Math.min(...lengths)].map(tagsWith);
  const { at: numbers } = most[0];
  const of = numbers.length === count ? `all ${count} paragraphs` : `${numbers.length} of ${count} paragraphs`;
  if (numbers.length === 1 && new Set(places.map(({ at }) => String(at))).size === 1)
    return `${opening(said(most))} ${verb(most)} only in paragraph ${numbers[0]}`;
  const same = most.length === places.length;
  if (same && most.length > 1) return `${opening(said(most))} each stand in ${of}`;
  const title = `${opening(said(most))} ${verb(most, "runs", "each run")} through ${of}`;
  if (same) return title;
  const [{ tag, at }] = fewest;
  if (fewest.length === 1 && at.length <= NAMED) return `${title}; ${name(tag)} only through ${numbered(at)}`;
  return `${title}; ${said(fewest)} only through ${at.length}`;
}

/** Which theme has most words. @param {Counted} counted @param {Datum[]} rows */
function heaviest(counted, rows) {
  const { name, all } = speaking(counted);
  const rowOf = new Map(rows.map((row) => [row.tag, row]));
  const facts = (/** @type {TagInFacet} */ { id }) => {
    const { words, passages, percent } = /** @type {Record<string, number>} */ (rowOf.get(id));
    return { words, passages, percent };
  };
  const tags = tagsOfRole(counted, "theme");
  const [used, unused] = [true, false].map((is) => tags.filter((tag) => facts(tag).passages > 0 === is));
  const largest = Math.max(...tags.map((tag) => facts(tag).words));
  const most = used.filter((tag) => facts(tag).words === largest);
  const { words, passages, percent } = facts(most[0]);
  const each = `${words} words, ${rounded(percent, 0)}% of the essay`;
  if (most.length > 1 && most.length === tags.length) return opening(`${all(most)} weigh the same: ${each} each`);
  const title =
    most.length === 1
      ? `Of the themes, ${name(most[0])} weighs most: ${many("passage", passages)}, ${each}`
      : `Of the themes, ${all(most)} weigh most: ${each} each`;
  return unused.length ? `${title}; nobody uses ${all(unused)}` : title;
}

/** The two themes that meet most above chance. @param {Counted} counted @param {Datum[]} rows */
function closest(counted, rows) {
  const { name } = speaking(counted);
  const liftOf = (/** @type {Datum} */ row) => Number(row.lift ?? 0);
  const pairs = rows.filter(({ grid, count }) => grid === "themes" && Number(count) >= FEW);
  const best = Math.max(0, ...pairs.map(liftOf));
  if (best <= CHANCE) return "No two themes share clearly more passages than chance predicts";
  const top = pairs.filter((row) => liftOf(row) === best);
  if (top.length > 1) return `${top.length} pairs of themes share ${top[0].often}`;
  const both = (top[0].tags ?? []).flatMap((id) => counted.tags.find((tag) => tag.id === id) ?? []);
  return opening(`${listed(both.map(name))} share ${top[0].count} passages, ${top[0].often}`);
}

/** What a theme does, and in which paragraphs. @param {number[]} counts its words in each */
function peakOf(counts) {
  const touched = counts.flatMap((words, at) => (words ? [at + 1] : []));
  const enough = AS_GOOD_AS_MOST * Math.max(...counts);
  const peaks = touched.filter((number) => counts[number - 1] >= enough);
  if (touched.length === 1) return ["stands only", `in ${numbered(touched)}`];
  if (peaks.length === touched.length)
    return ["runs evenly", `through ${touched.length <= NAMED ? numbered(touched) : `${touched.length} paragraphs`}`];
  return peaks.length <= NAMED ? ["peaks", `in ${numbered(peaks)}`] : ["has no single peak", ""];
}

/** Where the two themes with most words have most of them. @param {Counted} counted @param {Datum[]} rows */
function peaks(counted, rows) {
  const { name } = speaking(counted);
  const countsOf = (/** @type {string} */ id) => rows.filter(({ tag }) => tag === id).map(({ words }) => Number(words));
  const sum = (/** @type {number[]} */ numbers) => numbers.reduce((all, one) => all + one, 0);
  const covered = tagsOfRole(counted, "theme").map((tag) => ({ tag, counts: countsOf(tag.id) }));
  const used = covered.filter(({ counts }) => sum(counts));
  const largest = used.sort((one, other) => sum(other.counts) - sum(one.counts)).slice(0, 2);
  const [, whole] = counted.paragraphs.at(-1) ?? [0, 0];
  if (counted.paragraphs.length === 1) {
    const shares = largest.map(({ tag, counts }) => `${name(tag)} ${rounded((100 * sum(counts)) / whole, 0)}%`);
    return `In the one paragraph, ${listed(shares)} of the words`;
  }
  const said = largest.map(({ counts }) => peakOf(counts));
  const parts = largest.map(({ tag }, at) => `${name(tag)} ${said[at].join(" ")}`.trimEnd());
  if (said.length > 1 && said[0][0] === "peaks" && said[1][0] === "peaks")
    parts[1] = `${name(largest[1].tag)} ${said[1][1].replace(/paragraphs? /, "")}`;
  return opening(parts.join(", "));
}

/** How long sentences are, and verdicts among them. @param {Counted} _ @param {Datum[]} rows */
function lengths(_, rows) {
  const wordsOf = (/** @type {string} */ kind) =>
    rows.filter((row) => !kind || row.kind === kind).map(({ words }) => Number(words));
  const all = wordsOf("");
  if (all.length < 2) return all.length ? `One sentence of ${many("word", all[0])}` : "The essay has no sentence";
  const [least, most] = [Math.min(...all), Math.max(...all)];
  if (least === most) return `All ${all.length} sentences have ${many("word", least)}`;
  const [verdicts, others] = [wordsOf("verdict"), wordsOf("other")];
  if (Math.min(verdicts.length, others.length) >= ENOUGH) {
    const [short, long] = [median(verdicts), median(others)];
    if (Math.max(short, long) >= CLEARLY * Math.min(short, long)) {
      const numbers = [short, long].map((one) => rounded(one, 0));
      return `Verdicts are ${short < long ? "short" : "long"}: median ${numbers[0]} words, against ${numbers[1]} elsewhere`;
    }
  }
  return `Sentences run from ${least} to ${many("word", most)}, half of them at most ${rounded(median(all), 0)}`;
}

const FINDINGS = { dispersion: spread, flow: peaks, weight: heaviest, together: closest };

/** What the rows of a chart say. @param {string} name of the chart @param {Counted} counted @param {Datum[]} rows */
export function findingIn(name, counted, rows) {
  if (name === "rhythm") return lengths(counted, rows);
  const finding = FINDINGS[/** @type {keyof typeof FINDINGS} */ (name)];
  return nothingIn(counted) || finding(counted, rows);
}
