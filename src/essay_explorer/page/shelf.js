// @ts-check
/** The shelf while it is open: a reading that has changed says so, and a new one appears. */

const CHANGED = say("Changed just now");

/** The entries of a shelf by the names of their readings. @param {Document} page */
const entriesOf = (page) =>
  new Map(
    [...page.querySelectorAll(".essay-explorer-shelf [data-name]")].map((entry) => [
      /** @type {HTMLElement} */ (entry).dataset.name ?? "",
      /** @type {HTMLElement} */ (entry),
    ]),
  );

/** Put the shelf as it is now in the place of the one that stands there, and say what is new. */
async function renew() {
  const answer = await fetch(location.pathname, { cache: "no-cache" });
  if (!answer.ok) return;
  const before = entriesOf(document);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html"); // its scripts do not run
  const focused = /** @type {HTMLElement | null} */ (document.activeElement?.closest("[data-name]"))?.dataset.name;
  const changed = [];
  for (const [name, entry] of entriesOf(page)) {
    const old = before.get(name);
    if (old?.dataset.version === entry.dataset.version && !old?.querySelector(".changed")) continue;
    const sign = Object.assign(document.createElement("p"), { className: "changed", textContent: CHANGED });
    entry.append(sign);
    if (old?.dataset.version !== entry.dataset.version) changed.push(entry.querySelector("h2")?.textContent?.trim());
  }
  const list = /** @type {HTMLElement} */ (document.querySelector(".essay-explorer-shelf > ul"));
  list.replaceWith(/** @type {HTMLElement} */ (page.querySelector(".essay-explorer-shelf > ul")));
  if (focused) entriesOf(document).get(focused)?.querySelector("a")?.focus({ preventScroll: true });
  const status = /** @type {HTMLElement} */ (document.querySelector(".essay-explorer-shelf [role=status]"));
  if (changed.length) status.textContent = say("Changed just now: {names}", { names: changed.join(", ") });
}

/**
 * Whether the shelf shows other readings than these, or others of their states.
 * @param {Record<string, string>} versions
 */
function differs(versions) {
  const shown = entriesOf(document);
  return (
    shown.size !== Object.keys(versions).length ||
    Object.entries(versions).some(([name, version]) => shown.get(name)?.dataset.version !== version)
  );
}

/** Keep the shelf as the library is. @param {{listen: Function}} news @param {string} address */
function watch(news, address) {
  let renewing = Promise.resolve();
  return news.listen(address, (/** @type {{kind: string, data: any}} */ { kind, data }) => {
    if (kind === "shelf" || (kind === "readings" && differs(data)) || kind === "reading")
      renewing = renewing.then(renew).catch(() => {});
  });
}

export default { watch };
