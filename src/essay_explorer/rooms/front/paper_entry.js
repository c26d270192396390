// @ts-check
/** What paper readers marked, typed a line at a time and checked while it is typed. */
/** @import { Lead, Panel } from "./types.d.ts" */

const PAUSE = 150; // ms after the last letter until a line is checked

/**
 * What the room has understood of a line.
 * @param {{reader: number, marks: [number, string[]][], faults: string[], known?: boolean}} entry
 * @param {(tag: string) => string} labelOf
 */
export function entryInWords({ reader, marks }, labelOf) {
  const told = marks.map(([sentence, tags]) => `${sentence} ${tags.map(labelOf).join(" + ")}`);
  return reader ? `P${reader}: ${told.join(", ") || say("no marks yet")}` : "";
}

/** @param {Lead} lead @returns {Panel} */
export function createPaperEntry(lead) {
  const field = h("input", {
    className: "line",
    autocomplete: "off",
    spellcheck: false,
    placeholder: "P1: 23T 24T 55E",
  });
  const keep = h("button", { className: "main" }, say("Keep"));
  const read = h("p", { className: "read", role: "status" });
  const faults = h("ul", { className: "faults" });
  const letters = h("span", { className: "soft" });
  const form = h("form", { className: "row" }, h("label", {}, h("span", {}, say("What a sheet says")), field), keep);
  const element = h("section", { className: "paper" }, h("h2", {}, say("Paper")), form, read, faults, letters);
  const labelOf = (/** @type {string} */ tag) => taskTags(lead.shown, [tag])[0]?.label ?? tag;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asked = 0;
  const draw = (/** @type {any} */ entry) => {
    setText(read, entry ? entryInWords(entry, labelOf) : "");
    faults.replaceChildren(...(entry?.faults ?? []).map((/** @type {string} */ one) => h("li", {}, one)));
  };
  const check = async () => {
    asked += 1;
    const now = asked;
    const line = field.value.trim();
    const entry = line ? await lead.link.send("desk/paper", { line }).catch(() => null) : null;
    if (now === asked) draw(entry);
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    asked += 1;
    const entry = await lead.act("desk/paper", { line: field.value, keep: true });
    if (!entry) return;
    draw(entry);
    if (!entry.kept) return;
    lead.say(say("Kept: {entry}.", { entry: entryInWords(entry, labelOf) }));
    field.value = "";
    draw(null);
    field.focus();
  });
  draw(null);
  return {
    element,
    draw({ room, people }) {
      element.hidden = ["join", "read", "end"].includes(room.phase) || !people.some(({ paper }) => paper);
      const known = taskTags(lead.shown, room.task.tags).map(({ code, label }) => `${code} ${label}`);
      setText(
        letters,
        say("{letters}. Two at one sentence: {example}", {
          letters: known.join(" · "),
          example: `24${taskTags(lead.shown, room.task.tags)
            .slice(0, 2)
            .map(({ code }) => code)
            .join("+")}`,
        }),
      );
    },
  };
}
