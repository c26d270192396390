// @ts-check
/** The lens as an address, and the page as a file. Part of lens.js. */
/** @import { Sight } from "./lens.js" */
/** @import { LensTraits, Model } from "./types.d.ts" */

/** A text between the quotation marks of an attribute. @param {string} text */
const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/** Leads an address to the same page on another machine? @param {string} address */
export const isPublic = (address) => /^https?:\/\/(?!localhost\b|127\.|\[::1\])/i.test(address);

/**
 * The lens as an address, and the page as a file.
 * @param {Model<LensTraits>} model @param {Sight} sight
 */
export function createAddress(model, { now, index, waitFor }) {
  const hash = (at = now().state.at) => hashOf(index().content, { ...now().state, at });
  return {
    hash: () => hash(),
    read(/** @type {string} */ text) {
      const asked = fromHash(index().content, text);
      waitFor(asked.at ? "" : placeAsked(text));
      return asked;
    },
    /**
     * The address of this view, with another passage in focus if one is named; "" where there is none.
     * @param {string} [at]
     */
    link(at) {
      const address = model.get("address");
      return address ? `${address}#${hash(at)}` : "";
    },
    /** The cell of a notebook that shows this view. */
    cell: () => notebookCell(index().content.name, now().state),
    file: () => model.get("file"),
    /** The next reading on the shelf; null where there is none. */
    next() {
      const next = model.get("next");
      return next?.address ? next : null;
    },
    /** Save the page as one file that opens at this view. */
    async download() {
      const answer = await fetch(model.get("file"));
      const view = attribute(hash());
      const from = isPublic(model.get("address")) ? ` data-address="${attribute(model.get("address"))}"` : "";
      const page = (await answer.text()).replace("<html ", () => `<html data-view="${view}"${from} `);
      const name = model.get("file").split("/").at(-1) ?? "";
      saveFile(new Blob([page], { type: "text/html" }), decodeURIComponent(name));
    },
  };
}
