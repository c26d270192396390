// @ts-check
/** A lens as the part of an address after `#`, and back. */
/** @import { Content, Facet, State } from "./types.d.ts" */

const MOST_LETTERS = 200; // of the words sought
const LAYER = /^[\w.:-]{1,100}$/; // the id of a layer

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
    at: one("at", ["", ...focusPlaces(content)]),
    chart: /^[\w-]{1,30}$/.exec(asked.get("chart") ?? "")?.[0] ?? "",
    tour: Math.min(Number(/^\d{1,4}$/.exec(asked.get("tour") ?? "")?.[0] ?? 0), content.tour?.length ?? 0),
    hidden: layers("off"),
    differ: layers("differ").find((id) => id !== "mine") ?? "",
  };
}
