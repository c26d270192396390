// @ts-check
/** The way to a class, on the pages of who may start one: the tab knows the key that the program printed. */

const KEY = "essay-explorer-start"; // under which the page that starts a class keeps it, for this tab alone

/** @param {Element | null} place in which the link stands @param {string} address */
function offer(place, address) {
  try {
    if (!place || !sessionStorage.getItem(KEY)) return;
  } catch {
    return; // the browser keeps nothing
  }
  const link = Object.assign(document.createElement("a"), { className: "start-class", href: address });
  link.textContent = say("Start a class");
  place.append(link);
}

export default { offer };
