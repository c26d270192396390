// @ts-check
/** Tags to mark with, as chips: those of themes first, the others when they are asked for. Part of mark_sheet.js. */
/** @import { Facet, Lens, Tag, Task } from "./types.d.ts" */

/**
 * The facets that can be marked with, as far as a task leaves them, themes first; those of persons come by their names.
 * @param {Facet[]} facets @param {Task} task
 */
export function facetsToMark(facets, { tags = [] }) {
  const asked = facets.map((facet) => ({
    ...facet,
    tags: tags.length ? facet.tags.filter(({ id }) => tags.includes(id)) : facet.tags,
  }));
  const some = asked.filter(({ tags }) => tags.length);
  const themes = some.filter(({ role }) => role === "theme");
  return [...themes, ...some.filter(({ role }) => role !== "theme" && role !== "person")];
}

/** @param {Lens} lens @param {Tag} tag @param {(id: string) => void} toggle */
function createChip({ dom: { h, paint } }, tag, toggle) {
  const code = h("b", { className: "letter", "aria-hidden": "true" }, tag.code);
  const label = h("span", { className: "line on" }, tag.label);
  const chip = h(
    "button",
    { type: "button", className: "tag", "aria-pressed": "false", title: tag.definition },
    code,
    label,
  );
  chip.dataset.tag = tag.id;
  chip.addEventListener("click", () => toggle(tag.id));
  return paint(chip, tag);
}

/**
 * @param {Lens} lens @param {() => Task} task @param {(id: string) => void} toggle a tag was pressed
 */
export function createTags(lens, task, toggle) {
  const { h, facetName } = lens.dom;
  const element = h("div", { className: "tags" });
  let drawn = "";
  /** @type {HTMLButtonElement[]} */
  let chips = [];
  const fill = () => {
    const facets = facetsToMark(lens.content.facets, task());
    const made = JSON.stringify(facets.map(({ id, tags }) => [id, tags.map((tag) => [tag.id, tag.label, tag.code])]));
    if (made === drawn) return;
    drawn = made;
    const groups = facets.map((facet, at) => {
      const all = facet.tags.map((tag) => createChip(lens, tag, toggle));
      const group = h("div", { className: "chips", role: "group", "aria-label": facetName(facet) }, ...all);
      const parts = at ? h("details", {}, h("summary", {}, facetName(facet)), group) : group;
      return { parts, all };
    });
    chips = groups.flatMap(({ all }) => all);
    element.replaceChildren(...groups.map(({ parts }) => parts));
  };
  return {
    element,
    any: () => chips.length > 0,
    /** @param {string[]} pressed the ids of the tags that are on */
    draw(pressed) {
      fill();
      for (const chip of chips) {
        const on = pressed.includes(chip.dataset.tag ?? "");
        chip.setAttribute("aria-pressed", String(on));
        const folded = on && chip.closest("details");
        if (folded) folded.open = true;
      }
    },
  };
}
