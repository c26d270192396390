// @ts-check
/** Themes and other tags: listed, added, put in order, each opened in its form. Part of editor.js. */
/** @import { Facet, Tag } from "./types.d.ts" */
/** @import { Room } from "./editor_tag_form.js" */

/** How a new tag of a role is called. */
const NEW = { theme: say("New theme"), move: say("New move"), person: say("New person"), other: say("New tag") };
/** What is said where there is none. */
const NONE = {
  theme: say("No theme yet. Name the first one."),
  move: say("No move yet. Name the first one."),
  person: say("No person yet. Name the first one."),
  other: say("No tag yet. Name the first one."),
};
/** What a codebook that is still empty begins with. @type {Facet} */
const FIRST = { id: "theme", label: say("Themes"), role: "theme", tags: [], definition: "" };

/**
 * The field for new tags of a facet; what somebody has begun to write in it stays.
 * @param {Room} room
 */
function createAdders({ build: { h, input, form, submit }, teller }) {
  /** @type {Map<string, HTMLElement>} */
  const made = new Map(); // by their facets
  return (/** @type {Facet} */ { id: facet, role }) => {
    const called = NEW[role];
    const name = input(`add:${facet}`, "", { maxLength: 80, placeholder: called });
    name.setAttribute("aria-label", called);
    const add = async () => {
      const label = name.value;
      name.value = "";
      if (!(await teller.act({ do: "add tag", facet, label }))) name.value ||= label;
    };
    const adder = made.get(facet) ?? form(add, h("div", { className: "row joined" }, name, submit(say("Add"))));
    made.set(facet, adder);
    return adder;
  };
}

/**
 * A tag in the list: its sign, its name, how many passages carry it, and the way up and down.
 * @param {Room} room @param {Facet} facet @param {number} at @param {() => void} open
 */
function createTagRow({ lens, build: { h, button }, teller }, { tags }, at, open) {
  const tag = tags[at];
  const move = (/** @type {string} */ before) => teller.act({ do: "move tag", tag: tag.id, before });
  const { label } = tag;
  const [first, last] = [at === 0, at === tags.length - 1];
  const look = { className: "step" };
  const up = { ...look, key: `up:${tag.id}`, name: say("Move {label} up", { label }), disabled: first };
  const down = { ...look, key: `down:${tag.id}`, name: say("Move {label} down", { label }), disabled: last };
  return h(
    "li",
    {},
    lens.dom.paint(h("span", { className: "sign", "aria-hidden": "true" }, tag.code || "·"), tag),
    button(label, open, { key: `open:${tag.id}`, className: "name", name: say("Edit {label}", { label }) }),
    h("span", { className: "count", title: say("Passages") }, String(tag.count)),
    button("↑", () => move(tags[at - 1].id), up),
    button("↓", () => move(tags[at + 2]?.id ?? ""), down),
  );
}

/** @param {Room} room */
export function createThemes(room) {
  const { lens, build } = room;
  const { h } = build;
  const element = h("div", { className: "themes-tab" });
  const adderOf = createAdders(room);
  let open = ""; // the tag whose form is open
  /** @type {ReturnType<typeof createTagForm> | null} */
  let shown = null;
  const close = () => {
    const was = open;
    [open, shown] = ["", null];
    draw();
    const row = element.querySelector(`[data-key="open:${CSS.escape(was)}"]`);
    if (row instanceof HTMLElement) row.focus({ preventScroll: true });
  };
  const show = (/** @type {Facet} */ facet, /** @type {Tag} */ tag) => {
    open = tag.id;
    shown = createTagForm(room, facet, tag, close);
    draw();
    shown.name.focus();
  };
  const sectionOf = (/** @type {Facet} */ facet) => {
    const rows = facet.tags.map((tag, at) =>
      open === tag.id && shown
        ? h("li", { className: "open" }, ...shown.elements)
        : createTagRow(room, facet, at, () => show(facet, tag)),
    );
    const none = rows.length ? [] : [h("p", { className: "hint" }, NONE[facet.role])];
    return h("section", {}, h("h3", {}, facet.label), h("ul", {}, ...rows), ...none, adderOf(facet));
  };
  const draw = () =>
    keepingFocus(element, () => {
      const { facets } = lens.content;
      if (open && !lens.tags.has(open)) [open, shown] = ["", null];
      element.replaceChildren(...(facets.length ? facets : [FIRST]).map(sectionOf));
    });
  return { element, draw };
}
