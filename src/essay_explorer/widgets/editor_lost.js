// @ts-check
/** The passages whose words are no longer in the text: listed, and placed where they belong now. Part of editor.js. */
/** @import { Lost } from "./editor_sender.js" */
/** @import { Room } from "./editor_tag_form.js" */

const GONE = 160; // letters of a passage

/** A passage whose words are gone. @param {Room} room @param {Lost} lost */
function createLost({ lens, build: { h, button }, teller, choosing }, { id, quote }) {
  const words = choosing.words();
  const place = () => teller.act({ do: "change passage", passage: id, set: { ...words } });
  const remove = () => teller.act({ do: "remove passage", passage: id });
  const said = lens.dom.short(quote, GONE);
  const named = say("It is this now: {passage}", { passage: said });
  const acts = [
    ...(words ? [button(say("It is this now"), place, { key: `place:${id}`, name: named })] : []),
    button(say("Remove"), remove, { key: `remove:${id}`, name: say("Remove: {what}", { what: said }) }),
  ];
  return h(
    "li",
    {},
    h("blockquote", { lang: lens.content.language, dir: "auto" }, said),
    h("div", { className: "row" }, ...acts),
  );
}

/** All of them, and what to do; nothing where none is. @param {Room} room */
export function createAllLost(room) {
  const { h } = room.build;
  const { lost } = room.desk();
  if (!lost.length) return [];
  const hint = room.choosing.words()
    ? []
    : [h("p", { className: "hint" }, say("Choose in the text where one belongs now."))];
  const list = h("ul", { className: "lost" }, ...lost.map((one) => createLost(room, one)));
  return [h("section", {}, h("h3", {}, say("Passages whose words are gone")), ...hint, list)];
}
