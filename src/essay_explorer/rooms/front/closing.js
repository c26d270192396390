// @ts-check
/** The end of a lesson: its files, and what becomes of the room. */
/** @import { Lead, Panel } from "./types.d.ts" */

/** @param {string} iso */
const dayOf = (iso) => new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

/** @param {Lead} lead @returns {Panel} */
export function createEndPanel(lead) {
  const { code } = lead.shown;
  const save = async (/** @type {string} */ address, /** @type {string} */ name) => {
    try {
      saveFile(await lead.link.file(address), name);
      lead.say(`Saved ${name}.`);
    } catch (error) {
      lead.say(/** @type {Error} */ (error).message);
    }
  };
  const until = h("p", { className: "soft" });
  const threshold = h("input", { type: "range", min: "10", max: "100", step: "5", value: "50" });
  const percent = h("output", {}, "50 of 100");
  threshold.addEventListener("input", () => setText(percent, `${threshold.value} of 100`));
  const majority = pressed("Save the class’s majority", "quiet", () =>
    save(`desk/majority?threshold=${threshold.value}`, "annotations.csv"),
  );
  const files = h(
    "div",
    { className: "row" },
    pressed("Save all files", "main", () => save("desk/archive", `${code}.zip`)),
    pressed("Print the result", "quiet", () => printed(lead, "desk/result")),
    pressed("Gradebook CSV", "quiet", () => save("desk/gradebook", `gradebook-${code}.csv`)),
  );
  const choose = h(
    "div",
    { className: "row" },
    h("label", {}, h("span", {}, "A reading of what at least so many of them marked"), threshold),
    percent,
    majority,
  );
  const names = askedFirst("Delete names", {
    question: "The names are gone for good then, from the files of the room too.",
    yes: "Delete all names",
    act: () => lead.act("desk/names", {}, "The names are deleted."),
  });
  const forget = askedFirst("Forget the room", {
    question: "All marks are gone for good then.",
    yes: "Forget all of it",
    act: async () => {
      if (await lead.act("desk/forget", {}))
        document.body.replaceChildren(
          h(
            "main",
            { className: "alone" },
            h("h1", {}, "The room is forgotten."),
            h("p", {}, "Nothing of it is kept here. You can close this page."),
          ),
        );
    },
  });
  const again = pressed("Run again, empty", "quiet", async () => {
    const made = await lead.act("desk/again", {});
    if (made) location.assign(`../${made.code}/teacher#key=${made.secret}`);
  });
  const element = h(
    "section",
    { className: "closing" },
    h("h2", {}, "The end"),
    until,
    files,
    choose,
    h("div", { className: "row" }, again, names, forget),
  );
  return {
    element,
    draw({ room }) {
      element.hidden = room.phase !== "end";
      setText(until, `Closed. The files are kept until ${dayOf(room.until)}; then the room is forgotten by itself.`);
    },
  };
}
