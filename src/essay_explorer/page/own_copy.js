// @ts-check
/** @import { Attachment, Sealed, States } from "./types.d.ts" */
/**
 * The form by which a reader opens their own copy of a sealed text. own_copy.py joins this file to the two that it
 * builds on, since a module imports nothing.
 */

/** What became of the passages, in a sentence. @param {Attachment} attached */
export function reportOf({ passages, leftOut }) {
  const [exact, changed, lost] = ["exact", "changed", "lost"].map(
    (state) => passages.filter((one) => one.state === state).length,
  );
  const counts =
    exact === passages.length
      ? sayN("The passage is attached exactly.", "All {count} passages are attached exactly.", exact)
      : sayN(
          "Of {count} passage {exact} are attached exactly, {changed} after a small change, {lost} lost: “About this text” names those.",
          "Of {count} passages {exact} are attached exactly, {changed} after a small change, {lost} lost: “About this text” names those.",
          passages.length,
          { exact, changed, lost },
        );
  const outside = leftOut.length
    ? [
        sayN(
          "Skipped {count} paragraph around the text.",
          "Skipped {count} paragraphs around the text.",
          leftOut.length,
        ),
      ]
    : [];
  return [counts, ...outside, say("The text stays in this browser.")].join(" ");
}

/**
 * Let the reader open a copy in the form that the page shows, and start the page on it.
 * @param {{sealed: Sealed, states: States, start: (states: States) => Promise<void>,
 *   attach: typeof import("./open_copy.js").attach}} page
 */
function offer({ sealed, states, start, attach }) {
  const form = /** @type {HTMLElement} */ (document.querySelector(".essay-explorer-copy"));
  const file = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const pasted = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));

  async function open() {
    const paragraphs = await given(pasted.value, file.files?.[0]);
    const attached = attach(paragraphs, sealed);
    if (attached.passages.every(({ state }) => state === "lost"))
      throw new Error(
        say(
          "This is another text: none of the marked passages stand in it. Check that it is the whole text, and the right one.",
        ),
      );
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = say("Open another copy");
    again.addEventListener("click", () => location.reload());
    const report = Object.assign(document.createElement("p"), { textContent: reportOf(attached), tabIndex: -1 });
    report.setAttribute("role", "status");
    form.classList.add("opened");
    form.replaceChildren(report, again);
    const { state } = states.Lens;
    await start({
      ...states,
      Lens: { ...states.Lens, state: { ...state, content: contentOf(state.content, sealed, attached) } },
    });
    if (!location.hash) report.focus();
  }
  button.addEventListener("click", async () => {
    button.disabled = true;
    status.textContent = say("Opening …");
    await new Promise((done) => setTimeout(done, 30)); // so that it is seen
    try {
      await open();
    } catch (error) {
      status.textContent = error instanceof Error ? error.message : String(error);
    }
    button.disabled = false;
  });
  button.disabled = false;
}

export default { offer };
