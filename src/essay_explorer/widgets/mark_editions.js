// @ts-check
/** The text that marks belong to, where else they are kept, and other editions of the text. Part of marks.js. */
/** @import { Content, FarPlace, KeptText, Mark } from "./types.d.ts" */
/** @import { Store } from "./mark_store.js" */

/** @typedef {ReturnType<typeof import("./marks.js").createMarkActs>} MarkActs */

/**
 * The text whose marks these are.
 * @param {Content} content @param {string} file in which Python keeps them @param {string} place where else they are
 * kept; each keeps them apart from others on the same text
 * @returns {KeptText}
 */
export const keptText = ({ essay, author, title }, file, place) => {
  const scope = [file, place].filter(Boolean).join(" ");
  return { key: scope ? `${essay} ${scope}` : essay, name: `${author}: ${plainTitle(title)}`, scope };
};

/**
 * The text that the marks belong to, and what was marked in other editions of it.
 * @param {Store} store @param {(scope: string) => KeptText} textNow
 * @param {MarkActs} acts @param {() => void} show
 */
export function createEditions(store, textNow, acts, show) {
  let [key, name] = ["", ""];
  /** Where else they shall be kept. @type {FarPlace | null} */
  let far = null;
  /** Where they are. @type {FarPlace | null} */
  let farNow = null;
  /** @type {Mark[]} */
  let earlier = [];
  const editions = {
    /** Keep marks elsewhere too, behind the device; null for nowhere else. @param {FarPlace | null} place */
    keepAt(place) {
      far = place;
      if (key) editions.use();
    },
    /** Take up the text as it is now. */
    async use() {
      const text = textNow(far ? far.scope : "");
      if (text.key === key && far === farNow) return;
      const carry = !key || (text.name === name && far === farNow);
      [key, name, farNow] = [text.key, text.name, far];
      await store.use(text, carry, far);
      const known =
        (await store
          .device()
          ?.earlier()
          .catch(() => [])) ?? [];
      const here = new Set(store.set.entries().map(({ id }) => id));
      earlier = known.flatMap((one) => (isMark(one) && !here.has(one.id) ? [one] : []));
      show();
    },
    /** Marks of another edition of this text that are on the device and not here. */
    earlier: () => earlier,
    /** Take them for one's own here too, or do not. @param {boolean} wanted */
    settle(wanted) {
      const marks = earlier;
      earlier = [];
      if (wanted) acts.adopt(marks);
      show();
    },
  };
  return editions;
}
