// @ts-check
/** The text corrected where it stands. Part of editor.js. */
/** @import { Room } from "./editor_tag_form.js" */

/**
 * A field in the place of a paragraph, as high as what is written in it.
 * @param {Room} room @param {HTMLElement} paragraph @param {string} text
 * @param {(text: string) => void} save @param {() => void} close
 */
function createCorrection({ lens, build }, paragraph, text, save, close) {
  const { h, area, form, submit, button } = build;
  const written = area("paragraph", text, 2, { lang: lens.content.language, dir: "auto" });
  written.setAttribute("aria-label", say("Paragraph {number}", { number: paragraph.dataset.paragraph ?? "" }));
  const grow = () => {
    written.style.height = "auto";
    written.style.height = `${written.scrollHeight + 4}px`;
  };
  const send = () => save(written.value);
  const hint = h("small", {}, say("A blank line begins a new paragraph. Ctrl+Enter saves."));
  const row = h("div", { className: "row" }, submit(say("Save")), button(say("Cancel"), close), hint);
  const element = h("div", { className: "correction essay-editor" }, form(send, written, row));
  element.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the text has keys of its own
    if (event.key === "Escape") close();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
  });
  written.addEventListener("input", grow);
  const show = (/** @type {HTMLElement} */ frame) => {
    const [own, outer] = [paragraph.getBoundingClientRect(), frame.getBoundingClientRect()];
    const place = { top: own.top - outer.top, left: own.left - outer.left, width: own.width, "min-height": own.height };
    for (const [name, px] of Object.entries(place)) element.style.setProperty(name, `${px}px`);
    frame.append(element);
    grow();
    written.focus({ preventScroll: true });
    written.setSelectionRange(0, 0);
  };
  return { element, show };
}

/** @param {Room} room @param {() => HTMLElement | null} article */
export function createTextTab(room, article) {
  const { h, form, submit, input } = room.build;
  const element = h("div", { className: "text-tab" });
  /** @type {{element: HTMLElement, paragraph: HTMLElement} | null} */
  let open = null;
  const close = () => {
    open?.element.remove();
    open?.paragraph.classList.remove("correcting");
    open = null;
  };
  const find = (/** @type {number} */ number) =>
    /** @type {HTMLElement | null} */ (article()?.querySelector(`[data-paragraph="${number}"]`) ?? null);
  /** Correct a paragraph by its number. @param {number} number */
  const correct = (number) => {
    close();
    const paragraph = find(number);
    const frame = /** @type {HTMLElement | null} */ (paragraph?.closest(".essay-text") ?? null);
    const was = room.lens.content.paragraphs[number - 1]?.text;
    if (!paragraph || !frame) return room.teller.tell(say("There is no such paragraph."), true);
    const save = async (/** @type {string} */ text) => {
      const act = { do: "correct text", paragraph: number, text, was };
      if (text.trim() !== was && !(await room.teller.act(act))) return;
      close();
      find(number)?.querySelector("a")?.focus({ preventScroll: true });
    };
    const made = createCorrection(room, paragraph, was, save, close);
    open = { element: made.element, paragraph };
    paragraph.classList.add("correcting");
    made.show(frame);
  };
  const number = input("number", "", { inputMode: "numeric", className: "letter" });
  number.setAttribute("aria-label", say("Paragraph"));
  const numbered = h(
    "div",
    { className: "row joined" },
    h("span", {}, say("Paragraph")),
    number,
    submit(say("Correct")),
  );
  const hint = say("Click a paragraph to correct it. Its passages go along; none is lost without a word.");
  const facts = createFacts(room);
  const correcting = form(() => correct(Number(number.value)), numbered);
  const fixed = [h("p", { className: "hint" }, hint), correcting, facts.element];
  const draw = () => {
    facts.draw();
    keepingFocus(element, () => {
      const { length } = room.desk().lost;
      const gone = sayN(
        "The words of one passage are gone: see Passage.",
        "The words of {count} passages are gone: see Passage.",
        length,
      );
      element.replaceChildren(...fixed, ...(length ? [h("p", { className: "hint" }, gone)] : []));
    });
  };
  return { element, draw, correct, close };
}
