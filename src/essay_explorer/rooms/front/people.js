// @ts-check
/** The list of readers: how far each has come, and what can be done for one of them. */
/** @import { Desk, Lead, Person } from "./types.d.ts" */

const BEFORE = ["join", "read"]; // when there is nothing to do yet
const REVEALED = ["reveal", "discuss", "revise", "end"];
/** @type {Record<string, string>} */
const STATES = { marking: say("marking"), idle: say("idle"), "handed in": say("handed in") };

/**
 * How far somebody has come; before the reveal nothing of what they marked.
 * @param {Person} person @param {string} phase
 */
export function stateInWords({ state, marks, moved }, phase) {
  if (BEFORE.includes(phase) && state === "idle") return "";
  if (!REVEALED.includes(phase)) return STATES[state] ?? state;
  const count = sayN("{count} mark", "{count} marks", marks);
  const done = state === "handed in" ? count : say("{marks}, not handed in", { marks: count });
  return moved ? say("{marks}, changed since", { marks: done }) : done;
}

/** What can be done for one reader. @param {Lead} lead @param {Person} person @param {() => void} close */
function readersTools(lead, person, close) {
  const field = h("input", {
    value: person.name,
    maxLength: 40,
    "aria-label": say("Name of {name}", { name: person.name }),
  });
  const rename = (/** @type {Event} */ event) => {
    event.preventDefault();
    close();
    return lead.act("desk/person", { number: person.number, name: field.value }, say("Renamed."));
  };
  const form = h("form", { className: "row" }, field, h("button", { className: "quiet" }, say("Rename")));
  form.addEventListener("submit", rename);
  const remove = pressed(say("Remove"), "quiet", async () => {
    close();
    await lead.act("desk/person", { number: person.number, removed: true });
    lead.say(say("{name} is out of the room.", { name: person.name }), {
      label: say("Bring back"),
      act: () =>
        lead.act(
          "desk/person",
          { number: person.number, removed: false },
          say("{name} is back.", { name: person.name }),
        ),
    });
  });
  const code = person.paper
    ? say("Sheet {sheet}", { sheet: person.sheet ?? "" })
    : say("Return code {code}", { code: (person.return_code ?? "").replaceAll("-", "-\u2060") });
  return h("div", { className: "tools" }, h("p", { className: "soft" }, code), form, remove);
}

/** @param {Lead} lead */
export function createPeopleList(lead) {
  let open = 0; // the number of the one whose tools are open
  const heading = h("h2", {});
  const list = h("ul", { className: "people" });
  const paper = pressed(say("Add a paper reader"), "quiet", async () => {
    const made = await lead.act("desk/paper-reader", { name: "" });
    if (made) lead.say(say("Sheet {sheet} is theirs. Write it on the paper.", { sheet: made.sheet }));
  });
  const lock = pressed("", "quiet", () => {
    const { locked } = lead.desk().room;
    return lead.act("desk/show", { locked: !locked }, locked ? say("The room is open.") : say("The room is locked."));
  });
  const clear = askedFirst(say("Clear empty places"), {
    question: say("The room is full. Whoever has done nothing yet leaves it, and can join again."),
    yes: say("Clear them"),
    act: async () => {
      const made = await lead.act("desk/clear", {});
      if (made) lead.say(sayN("{count} place is free.", "{count} places are free.", made.cleared));
    },
  });
  const tools = h("div", { className: "row" }, paper, lock, clear);
  const none = h("p", { className: "soft" }, say("Nobody yet. Show the code on the projector."));
  const element = h("aside", { "aria-label": say("Readers") }, heading, tools, none, list);

  const close = () => {
    open = 0;
  };
  /** @param {{person: Person, words: string, open: boolean}} item */
  const row = ({ person, words, open: isOpen }) => {
    const name = h("span", { className: "name", dir: "auto" }, person.name);
    if (person.sheet) name.append(h("b", { className: "sheet" }, person.sheet));
    if (person.group)
      name.append(h("span", { className: "soft" }, ` ${say("group {group}", { group: person.group })}`));
    const state = h("span", { className: `state ${person.state.replace(" ", "-")}` }, words);
    const button = pressed(name, "reader", () => {
      open = open === person.number ? 0 : person.number;
      lead.draw();
    });
    button.append(state);
    button.setAttribute("aria-expanded", String(isOpen));
    return h("li", {}, button, ...(isOpen ? [readersTools(lead, person, close)] : []));
  };
  return {
    element,
    list,
    /** @param {Desk} desk */
    draw({ room, people, full, handed_in: done }) {
      setText(
        heading,
        room.phase === "join" || room.phase === "read"
          ? say("{count} here", { count: people.length })
          : say("{done} of {count} handed in", { done, count: people.length }),
      );
      tools.hidden = room.phase === "end";
      clear.hidden = !full;
      none.hidden = people.length > 0;
      setText(lock, room.locked ? say("Open the room") : say("Lock the room"));
      const items = people.map((person) => ({
        person: { ...person, marks: 0 },
        words: stateInWords(person, room.phase),
        open: person.number === open,
      }));
      fillList(list, items, ({ person }) => person.number, row);
    },
  };
}
