// @ts-check
/** Talking about the sentence on the wall: a view with a because, and what others said. Part of seat.js. */
/** @import { Lens, Own, Reply, Said } from "./types.d.ts" */
/** @import { Room } from "./seat_room.js" */

const LONGEST_REPLY = 280; // letters of a reply
const LOST = say("Not connected. It stays here; send it again in a moment.");

/** Where a view is written. @param {Lens} lens */
function createReplyForm({ dom: { h } }) {
  const because = h("textarea", { rows: 2, maxLength: LONGEST_REPLY });
  const views = ["yes", "no"].map((view) => {
    const field = h("input", { type: "radio", name: "seat-view", value: view });
    return { field, element: h("label", {}, field, view === "yes" ? say("Yes") : say("No")) };
  });
  const ask = h("legend");
  const send = h("button", { type: "submit" }, say("Send"));
  const says = h("p", { className: "says", role: "status" });
  const choice = h("fieldset", {}, ask, ...views.map(({ element }) => element));
  const why = h("label", { className: "why" }, h("span", {}, say("Because")), because);
  const form = h("form", {}, choice, why, h("div", { className: "acts" }, send), says);
  return { form, choice, ask, because, fields: views.map(({ field }) => field), says };
}

/**
 * What somebody said, and what can be said to it.
 * @param {Lens} lens @param {Said | Reply} one @param {string[]} raised refs of what one agrees with
 * @param {{agree: (ref: string, raised: boolean) => void, report: (ref: string) => void}} acts
 */
function wordRow({ dom: { h } }, one, raised, { agree, report }) {
  const isMine = raised.includes(one.ref);
  const button = (/** @type {string} */ label, /** @type {string} */ name, /** @type {() => void} */ act) => {
    const made = h("button", { type: "button", className: name });
    made.append(label);
    made.dataset.act = `${name} ${one.ref}`;
    made.addEventListener("click", act);
    return made;
  };
  const too = button(one.hands ? say("Me too, +{count}", { count: one.hands }) : say("Me too"), "too", () =>
    agree(one.ref, !isMine),
  );
  too.setAttribute("aria-pressed", String(isMine));
  const view = "view" in one && one.view ? `${one.view === "yes" ? say("Yes") : say("No")}. ` : "";
  const acts = h(
    "div",
    { className: "acts" },
    too,
    button(say("Report"), "quiet", () => report(one.ref)),
  );
  return h("li", {}, h("p", { dir: "auto" }, `${view}${one.text}`), acts);
}

/** @param {Lens} lens @param {Room} room */
export function createTalk(lens, room) {
  const { h, setText } = lens.dom;
  const { form, choice, ask, because, fields, says } = createReplyForm(lens);
  const heard = h("ul", { className: "heard" });
  const element = h("div", { className: "talk", hidden: true }, form, heard);
  let [id, drawn] = ["", ""];
  let about = /** @type {Own["room"]["wall"]} */ (null); // what is written is about it, whatever comes on the wall
  const written = () => ({ view: fields.find(({ checked }) => checked)?.value ?? "", text: because.value.trim() });
  const isBegun = () => Object.values(written()).some(Boolean);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!about || !isBegun()) return setText(says, say("Choose a view, or write a because."));
    id ||= makeReplyId(); // sent twice, it is one reply
    try {
      await room.ask("replies", { replies: [{ id, sentence: about.sentence, tag: about.tag, ...written() }] });
      id = "";
      form.reset();
      setText(says, say("Sent. Others see it once your teacher shows it."));
    } catch (error) {
      setText(says, error instanceof Refusal ? error.message : LOST);
    }
  });
  const agree = async (/** @type {string} */ ref, /** @type {boolean} */ raised) => {
    try {
      await room.ask("me-too", { ref, raised });
      await room.renew();
    } catch (error) {
      setText(says, error instanceof Refusal ? error.message : LOST);
    }
  };
  const report = (/** @type {string} */ ref) =>
    room
      .ask("report", { ref })
      .then(({ words }) => setText(says, words))
      .catch(() => setText(says, LOST));
  return {
    element,
    draw() {
      const [own, seen] = [room.own(), room.seen()];
      const wall = own?.room.wall;
      element.hidden = !seen || own?.room.phase !== "discuss";
      if (!own || !seen || element.hidden) return;
      if (!isBegun()) about = wall ?? null;
      else if (about && about.sentence !== wall?.sentence)
        setText(says, say("This still goes to sentence {number}.", { number: about.sentence }));
      form.hidden = !about;
      const label = about?.tag ? (lens.tags.get(about.tag)?.phrase ?? about.tag) : "";
      setText(
        ask,
        label ? say("Is sentence {number} about {theme}?", { number: about?.sentence ?? 0, theme: label }) : "",
      );
      choice.hidden = !label;
      const said = [...seen.reasons, ...seen.replies].filter(
        (one) => !wall || ("sentence" in one ? one.sentence === wall.sentence : one.sentences.includes(wall.sentence)),
      );
      const now = JSON.stringify([said, own.you.hands]);
      if (now === drawn) return;
      drawn = now;
      const held = heard.contains(document.activeElement) ? document.activeElement?.getAttribute("data-act") : null;
      heard.replaceChildren(...said.map((one) => wordRow(lens, one, own.you.hands, { agree, report })));
      const again = held ? heard.querySelector(`[data-act="${held}"]`) : null;
      if (again instanceof HTMLElement) again.focus({ preventScroll: true });
    },
  };
}

/** An id that a reply keeps until it has arrived. */
const makeReplyId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
