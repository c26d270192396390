// @ts-check
/** The door of a room: a name, or the code of one’s seat; and the wait until it begins. Part of seat.js. */
/** @import { Lens, Own } from "./types.d.ts" */
/** @import { Room } from "./seat_room.js" */

const LONGEST = 40; // letters of a name or a code
const AWAY = say("The room does not answer. Look whether this phone is connected, then try again.");

/** @param {Lens} lens @param {string} label @param {Record<string, unknown>} more of the field */
function createField({ dom: { h } }, label, more) {
  const field = h("input", { type: "text", maxLength: LONGEST, autocomplete: "off", spellcheck: false, ...more });
  return { field, element: h("label", {}, h("span", {}, label), field) };
}

/**
 * A field, and the button that sends what is in it.
 * @param {Lens} lens @param {{label: string, button: string, field: Record<string, unknown>}} words
 * @param {(text: string) => Promise<void>} send @param {HTMLElement} says
 */
function createForm(lens, { label, button, field: more }, send, says) {
  const { h, setText } = lens.dom;
  const { field, element } = createField(lens, label, more);
  const go = h("button", { type: "submit", className: "go" }, button);
  const form = h("form", {}, element, go);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    go.disabled = true;
    setText(says, "");
    await send(field.value).catch((error) => setText(says, error instanceof Refusal ? error.message : AWAY));
    go.disabled = false;
  });
  return { form, field };
}

/** @param {Lens} lens @param {Room} room @param {string} until the day when the room is forgotten */
function createJoining(lens, room, until) {
  const { h } = lens.dom;
  const says = h("p", { className: "says", role: "alert" });
  const name = createForm(
    lens,
    { label: say("A nickname. Leave it empty to be given one."), button: say("Join"), field: { enterKeyHint: "go" } },
    room.join,
    says,
  );
  const code = createForm(
    lens,
    {
      label: say("Your code, such as {code}", { code: `${room.code}-7KQ-2MX-4RTP` }),
      button: say("Go on"),
      field: { autocapitalize: "characters" },
    },
    room.goOn,
    says,
  );
  const back = h("details", {}, h("summary", {}, say("I was here on another phone")), code.form);
  const day = new Date(until).toLocaleDateString(DATES, { day: "numeric", month: "long", year: "numeric" });
  const who = say(
    "Your teacher sees your name and your marks. The class sees numbers and what the teacher shows, without names, once you have handed in. All of it is forgotten on {day}.",
    { day },
  );
  const element = h("div", {}, h("h2", {}, say("What shall we call you?")), name.form, says, h("p", {}, who), back);
  return { element, says };
}

/** A code that no line break cuts. @param {string} code */
const inOneLine = (code) => code.replaceAll("-", "-\u2060");

/** @param {Own["you"]} you */
const calledInWords = ({ name, group }) =>
  group ? say("You are {name}, in group {group}.", { name, group }) : say("You are {name}.", { name });

/** @param {Lens} lens @param {Room} room @param {string} until the day when the room is forgotten */
export function createDoor(lens, room, until) {
  const { h, setText } = lens.dom;
  const { element: joining, says } = createJoining(lens, room, until);
  const called = h("h2", { tabIndex: -1 });
  const back = h("p", { className: "code" });
  const next = h("p", { role: "status" }, say("Your teacher begins soon. This page goes on by itself."));
  const waiting = h("div", { hidden: true }, called, back, next);
  const heading = h("h1", {}, say("Room {code}", { code: room.code }));
  const title = h("p", { className: "title" }, ...lens.dom.prose(lens.content.title));
  const element = h("dialog", { className: "door" }, heading, title, joining, waiting);
  element.setAttribute("aria-label", say("Room {code}", { code: room.code }));
  element.addEventListener("cancel", (event) => event.preventDefault());
  element.addEventListener("close", () => isWanted() && element.showModal()); // Esc twice closes it all the same
  const isWanted = () => !room.over() && (!room.own() || room.own()?.room.phase === "join");
  return {
    element,
    /** @param {unknown} error why a seat could not be taken */
    say: (error) => setText(says, error instanceof Refusal ? error.message : AWAY),
    draw() {
      const own = room.own();
      if (own && waiting.hidden && document.activeElement && joining.contains(document.activeElement))
        queueMicrotask(() => called.focus());
      joining.hidden = own !== null;
      waiting.hidden = own === null;
      if (room.lost() && !says.textContent) setText(says, room.lost());
      setText(called, own ? calledInWords(own.you) : "");
      setText(
        back,
        own
          ? say("Your code is {code}. With it you can continue on another phone.", {
              code: inOneLine(own.you.return_code),
            })
          : "",
      );
      if (isWanted() === element.open || !element.isConnected) return;
      if (isWanted()) element.showModal();
      else element.close();
    },
  };
}
