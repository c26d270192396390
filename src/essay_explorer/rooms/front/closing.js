// @ts-check
/** The end of a lesson: its files, and what becomes of the room. */
/** @import { Lead, Panel } from "./types.d.ts" */

/** @param {string} iso */
const dayOf = (iso) => new Date(iso).toLocaleDateString(DATES, { day: "numeric", month: "long", year: "numeric" });

/** What takes names, or all, out of the room. @param {Lead} lead */
function createForgetting(lead) {
  const names = askedFirst(say("Delete names"), {
    question: say("The names are gone for good then, from the files of the room too."),
    yes: say("Delete all names"),
    act: () => lead.act("desk/names", {}, say("The names are deleted.")),
  });
  const forget = askedFirst(say("Forget the room"), {
    question: say("All marks are gone for good then."),
    yes: say("Forget all of it"),
    act: async () => {
      if (await lead.act("desk/forget", {}))
        document.body.replaceChildren(
          h(
            "main",
            { className: "alone" },
            h("h1", {}, say("The room is forgotten.")),
            h("p", {}, say("Nothing of it is kept here. You can close this page.")),
          ),
        );
    },
  });
  return [names, forget];
}

/** @param {Lead} lead @returns {Panel} */
export function createEndPanel(lead) {
  const { code } = lead.shown;
  const save = async (/** @type {string} */ address, /** @type {string} */ name) => {
    try {
      saveFile(await lead.link.file(address), name);
      lead.say(say("Saved {name}.", { name }));
    } catch (error) {
      lead.say(/** @type {Error} */ (error).message);
    }
  };
  const until = h("p", { className: "soft" });
  const threshold = h("input", { type: "range", min: "10", max: "100", step: "5", value: "50" });
  const percent = h("output", {}, say("{count} of {readers}", { count: 50, readers: 100 }));
  threshold.addEventListener("input", () =>
    setText(percent, say("{count} of {readers}", { count: threshold.value, readers: 100 })),
  );
  const majority = pressed(say("Save the class’s majority"), "quiet", () =>
    save(`desk/majority?threshold=${threshold.value}`, "annotations.csv"),
  );
  const files = h(
    "div",
    { className: "row" },
    pressed(say("Save all files"), "main", () => save("desk/archive", `${code}.zip`)),
    pressed(say("Print the result"), "quiet", () => printed(lead, "desk/result")),
    pressed(say("Gradebook CSV"), "quiet", () => save("desk/gradebook", `gradebook-${code}.csv`)),
  );
  const choose = h(
    "div",
    { className: "row" },
    h("label", {}, h("span", {}, say("A reading of what at least so many of them marked")), threshold),
    percent,
    majority,
  );
  const again = pressed(say("Run again, empty"), "quiet", async () => {
    const made = await lead.act("desk/again", {});
    if (made) location.assign(`../${made.code}/teacher#key=${made.secret}`);
  });
  const element = h(
    "section",
    { className: "closing" },
    h("h2", {}, say("The end")),
    until,
    files,
    choose,
    h("div", { className: "row" }, again, ...createForgetting(lead)),
  );
  return {
    element,
    draw({ room }) {
      element.hidden = room.phase !== "end";
      setText(
        until,
        say("Closed. The files are kept until {day}; then the room is forgotten by itself.", {
          day: dayOf(room.until),
        }),
      );
    },
  };
}
