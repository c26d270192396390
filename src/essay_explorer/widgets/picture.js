// @ts-check
/** Pictures to post: from the lens to the reader's device. Part of lens.js. */
/** @import { Content, Passage, State } from "./types.d.ts" */

/** Text without its emphasis. @param {Content["title"]} runs */
const plain = (runs) => runs.map(({ text }) => text).join("");

/** Whose text it is. @param {Content} content */
const creditOf = ({ after, author }) =>
  after.length ? say("After {work}", { work: plain(after) }) : author ? say("By {author}", { author }) : "";

/** A name for a file. @param {string} text */
const fileName = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60) || "essay";

/** An address as people write it down. @param {string} address */
function written(address) {
  try {
    return decodeURI(address).replace(/^https?:\/\//, "");
  } catch {
    return address.replace(/^https?:\/\//, "");
  }
}

/**
 * Give the reader a picture: through the device's own way to share where that is what one does, else as a file.
 * @param {HTMLCanvasElement} canvas @param {string} name
 */
async function deliver(canvas, name) {
  const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error(say("This browser made no picture of the canvas"));
  const file = new File([blob], `${name}.png`, { type: "image/png" });
  if (matchMedia("(pointer: coarse)").matches && navigator.canShare?.({ files: [file] })) {
    try {
      return await navigator.share({ files: [file] });
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") return; // the reader would rather not
    }
  }
  saveFile(blob, file.name);
}

/**
 * Make a picture of a passage, or of the essay as it is looked at, and give it to the reader.
 * @param {Content} content @param {State} state
 * @param {{shown: Passage[] | null, finding: string, address: string, at: string}} view `at`: the passage, "" for none;
 *   `finding`: "" for the essay's own
 */
export async function sendPicture(content, state, { shown, finding, address, at }) {
  const title = plain(content.title);
  const words = { title, credit: creditOf(content), address: written(address), language: content.language };
  const passage = content.passages.find(({ id }) => id === at);
  if (!passage) {
    const said = finding || content.finding || plain(content.subtitle);
    return deliver(drawEssay({ ...words, finding: said }, fingerprintOf(content, state, shown)), fileName(title));
  }
  const tags = [...tagsOf(content).values()].filter(({ id, colour }) => colour && passage.tags.includes(id));
  const text = sentencesAround(content, at, segmentsOf);
  return deliver(drawPassage(words, text, tags), `${fileName(title)}-${fileName(at)}`);
}
