// @ts-check
/** A quiet line at the foot of the page, with something to do about it where there is anything. */

export function createNote() {
  const words = document.createElement("span");
  const button = Object.assign(document.createElement("button"), { type: "button" });
  const line = Object.assign(document.createElement("div"), { className: "essay-explorer-note", hidden: true });
  line.setAttribute("role", "status");
  line.append(words, button);
  document.body.append(line);
  return {
    /**
     * @param {string} text @param {string} [label] of a button, where there is something to do
     * @param {() => void} [act]
     */
    say(text, label = "", act = () => {}) {
      words.textContent = text;
      button.textContent = label;
      button.hidden = !label;
      button.onclick = act;
      line.hidden = false;
    },
    hide() {
      line.hidden = true;
    },
  };
}
