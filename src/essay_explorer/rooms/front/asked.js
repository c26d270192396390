// @ts-check
/** Buttons, ones that ask first, and lists that keep their place while they are drawn anew. */

/** A button. @param {string | Node} label @param {string} className @param {() => unknown} act */
export function pressed(label, className, act) {
  const made = h("button", { type: "button", className }, label);
  made.addEventListener("click", act);
  return made;
}

/**
 * A button that asks once more before it acts, in its own place.
 * @param {string} label @param {{question: string, yes: string, act: () => unknown}} asked
 */
export function askedFirst(label, { question, yes, act }) {
  const close = () => {
    asking.hidden = true;
    first.hidden = false;
    first.focus();
  };
  const first = pressed(label, "quiet", () => {
    asking.hidden = false;
    first.hidden = true;
    no.focus();
  });
  const no = pressed(say("No"), "quiet", close);
  const sure = pressed(yes, "grave", async () => {
    close();
    await act();
  });
  const asking = h("span", { className: "asking", role: "group", "aria-label": question, hidden: true });
  asking.append(h("span", {}, question), no, sure);
  asking.addEventListener("keydown", (event) => event.key === "Escape" && close());
  return h("span", { className: "asked" }, first, asking);
}

/** @type {WeakMap<Element, string>} */
const drawnFrom = new WeakMap();

/**
 * Fill a list with items, each made once and made again only when it has changed; the focus stays on its item, and
 * goes to the one in its place where that is gone.
 * @template {object} Item
 * @param {HTMLElement} list @param {Item[]} items @param {(item: Item) => string | number} keyOf
 * @param {(item: Item) => HTMLElement} make
 */
export function fillList(list, items, keyOf, make) {
  const there = new Map([...list.children].map((one) => [/** @type {HTMLElement} */ (one).dataset.key, one]));
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const inside = focused && list.contains(focused) ? focused.closest("[data-key]") : null;
  const place =
    inside && [...inside.querySelectorAll("button, input, select")].indexOf(/** @type {Element} */ (focused));
  const line = inside ? [...list.children].indexOf(inside) : 0;
  const made = items.map((item) => {
    const [key, source] = [String(keyOf(item)), JSON.stringify(item)];
    const old = there.get(key);
    if (old && drawnFrom.get(old) === source) return old;
    const element = make(item);
    element.dataset.key = key;
    drawnFrom.set(element, source);
    return element;
  });
  if (made.length === list.children.length && made.every((one, at) => one === list.children[at])) return;
  list.replaceChildren(...made);
  if (!inside || document.activeElement === focused) return;
  const key = /** @type {HTMLElement} */ (inside).dataset.key;
  const again = made.find((one) => /** @type {HTMLElement} */ (one).dataset.key === key);
  const next = again ?? made[Math.min(line, made.length - 1)];
  const controls = next?.querySelectorAll("button, input, select") ?? [];
  /** @type {HTMLElement | undefined} */ (controls[place ?? 0] ?? controls[0])?.focus({ preventScroll: true });
}
