// @ts-check
/** The tour arranged: its stops in order, each with a heading and a remark. Part of editor.js. */
/** @import { Content } from "./types.d.ts" */
/** @import { Room } from "./editor_tag_form.js" */

/** @typedef {Content["tour"][number]} Stop */

const HEADING = { maxLength: 120 }; // letters of a heading
const STOPPED = 160; // letters of a passage

/** The form of a stop. @param {Room} room @param {Stop} stop @param {() => void} close */
function createStopForm({ build, teller }, { at, title, text }, close) {
  const { h, button, field, input, area, form, submit } = build;
  const heading = input(`heading:${at}`, title, HEADING);
  const remark = area(`remark:${at}`, text, 5);
  const save = async () => {
    const { set, was } = changesIn({ title, text }, { title: heading.value.trim(), text: remark.value.trim() });
    if (!Object.keys(set).length || (await teller.act({ do: "change stop", at, set, was }))) close();
  };
  const remove = async () => {
    if (await teller.act({ do: "remove stop", at })) close();
  };
  const row = h(
    "div",
    { className: "row" },
    submit(say("Save")),
    button(say("Cancel"), close),
    button(say("Remove"), remove),
  );
  return { element: form(save, field(say("Heading"), heading), field(say("Remark"), remark), row), heading };
}

/** A stop in the list. @param {Room} room @param {number} at @param {() => void} open */
function createStopRow({ lens, build: { h, button }, teller }, at, open) {
  const { tour } = lens.content;
  const stop = tour[at];
  const move = (/** @type {string} */ before) => teller.act({ do: "move stop", at: stop.at, before });
  const { title } = stop;
  const [first, last] = [at === 0, at === tour.length - 1];
  const look = { className: "step" };
  const up = { ...look, key: `earlier:${stop.at}`, name: say("{title}: earlier", { title }), disabled: first };
  const down = { ...look, key: `later:${stop.at}`, name: say("{title}: later", { title }), disabled: last };
  return h(
    "li",
    {},
    button(title, open, { key: `stop:${stop.at}`, className: "name", name: say("Edit {label}", { label: title }) }),
    button("↑", () => move(tour[at - 1].at), up),
    button("↓", () => move(tour[at + 2]?.at ?? ""), down),
  );
}

/** What makes a stop of the passage in focus. @param {Room} room */
function createStopAdder({ lens, build, teller }) {
  const { h, field, input, area, form, submit } = build;
  const heading = input("stop:new", "", HEADING);
  const remark = area("stop:remark", "", 3);
  const quote = h("blockquote", { lang: lens.content.language, dir: "auto" });
  const add = async () => {
    const [title, text] = [heading.value, remark.value];
    if (await teller.act({ do: "add stop", at: lens.state().at, title, text })) heading.value = remark.value = "";
  };
  const adding = form(
    add,
    ...[quote, field(say("Heading"), heading), field(say("Remark"), remark), submit(say("Stop here"), "stop")],
  );
  const hint = h("p", { className: "hint" });
  return () => {
    const { at } = lens.state();
    const isThere = lens.content.tour.some((stop) => stop.at === at);
    hint.textContent = isThere
      ? say("The tour stops at this passage.")
      : say("Click a passage in the text to stop there.");
    quote.textContent = lens.dom.short(lens.texts.get(at) ?? "", STOPPED);
    return isThere || !lens.passages.has(at) ? hint : adding;
  };
}

/** @param {Room} room */
export function createTourTab(room) {
  const { h } = room.build;
  const element = h("div", { className: "tour-tab" });
  const adder = createStopAdder(room);
  let open = ""; // the stop whose form is open
  /** @type {ReturnType<typeof createStopForm> | null} */
  let shown = null;
  const close = () => {
    [open, shown] = ["", null];
    draw();
  };
  const show = (/** @type {Stop} */ stop) => {
    open = stop.at;
    shown = createStopForm(room, stop, close);
    draw();
    shown.heading.focus();
  };
  const draw = () =>
    keepingFocus(element, () => {
      const rows = room.lens.content.tour.map((stop, at) =>
        open === stop.at && shown
          ? h("li", { className: "open" }, shown.element)
          : createStopRow(room, at, () => show(stop)),
      );
      element.replaceChildren(h("ol", { className: "stops" }, ...rows), adder());
    });
  return { element, draw };
}
