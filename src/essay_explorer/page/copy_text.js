// @ts-check
/**
 * The text of a reader's own copy: what a file holds, or what was pasted. It is text and nothing else: it is never read
 * as HTML of this page. Part of own_copy.js.
 */

const MOST_BYTES = 20e6; // of a file: a web page may bring its pictures along
const MOST_LETTERS = 2e6; // of a text: twice a long novel, a few seconds
const MOST_MARKS = 1.25; // times as long a text may be with its marks
const MILLIONS = MOST_LETTERS / 1e6;
const TOO_LONG = say(
  "This is longer than any copy of the text: this page reads at most {most} million letters. Take the text alone.",
  { most: MILLIONS },
);
const LONG_LINE = 100; // letters: lines longer than this are paragraphs (manuscript.py)
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, blockquote, figcaption";
// biome-ignore lint/suspicious/noControlCharactersInRegex: signs that nobody sees are what it is about
const UNSEEN = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]/gu;

const tidy = (/** @type {string} */ text) =>
  text
    .normalize("NFC")
    .replace(UNSEEN, "")
    .replace(/[ \t\r\f\v]+/g, " ")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .join(" ");

/**
 * The paragraphs of plain text: between blank lines; where lines are too long to be broken ones, each line.
 * @param {string} text
 */
export function paragraphsOf(text) {
  return text
    .replace(/\r\n?/g, "\n")
    .trim()
    .split(/\n(?:[^\S\n]*\n)+/)
    .flatMap((part) => {
      const lines = part.split("\n");
      return lines.length > 1 && lines.some((line) => [...line].length > LONG_LINE) ? lines : [part];
    })
    .map(tidy)
    .filter(Boolean);
}

/** Markdown without its marks, as far as words need it. @param {string} text */
export const unmarked = (text) =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/^\ufeff?\s*---[ \t]*\n(?![ \t]*\n)[\s\S]*?\n(?:---|\.\.\.)[ \t]*(?:\n|$)/, "")
    .replace(/^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?)/gm, "")
    .replace(/!?\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)/g, "$1")
    .replace(/(?<!\\)(?:\*{1,3}|(?<![\p{L}\p{N}])_{1,3}|_{1,3}(?![\p{L}\p{N}]))/gu, "")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1");

/**
 * The paragraphs of a web page; it is parsed apart from this page, so nothing in it runs or is fetched.
 * @param {string} source
 */
export function paragraphsOfPage(source) {
  const page = new DOMParser().parseFromString(source, "text/html");
  for (const element of page.querySelectorAll("script, style, noscript, template")) element.remove();
  for (const element of page.querySelectorAll("br")) element.replaceWith("\n");
  const blocks = [...page.body.querySelectorAll(BLOCKS)].filter((block) => !block.querySelector(BLOCKS));
  return blocks.length
    ? blocks.map((block) => tidy(block.textContent ?? "")).filter(Boolean)
    : paragraphsOf(page.body.textContent ?? "");
}

/** @param {Uint8Array} bytes */
function decoded(bytes) {
  const mark = bytes[0] * 256 + bytes[1];
  if (mark === 0xfffe || mark === 0xfeff)
    return new TextDecoder(mark === 0xfffe ? "utf-16le" : "utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes); // what programs on Windows wrote before
  }
}

/** The paragraphs of a file. Throws an Error with a sentence for the reader. @param {File} file */
async function paragraphsIn(file) {
  const [, kind] = /\.(txt|text|md|markdown|html?|xhtml)$/i.exec(file.name) ?? [];
  if (!kind)
    throw new Error(
      say("“{name}” is not a .txt, .md or .html file. Save the text as one of these, or paste it.", {
        name: file.name,
      }),
    );
  if (file.size > MOST_BYTES)
    throw new Error(
      say("“{name}” is too large: this page reads files of at most {most} MB. Paste the text instead.", {
        name: file.name,
        most: MOST_BYTES / 1e6,
      }),
    );
  const text = decoded(new Uint8Array(await file.arrayBuffer()));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they tell that this is no text
  if (/[\0-\x06\x0e-\x1a]/.test(text))
    throw new Error(
      say("“{name}” holds no text that can be read. Save it as plain text, or paste the text.", { name: file.name }),
    );
  if (/htm/i.test(kind)) return paragraphsOfPage(text);
  if (!/^m/i.test(kind)) return paragraphsOf(text);
  if (text.length > MOST_MARKS * MOST_LETTERS) throw new Error(TOO_LONG); // taking its marks away would take long
  return paragraphsOf(unmarked(text));
}

/**
 * The paragraphs that the reader gives. Throws an Error with a sentence for the reader.
 * @param {string} pasted @param {File | undefined} file
 */
export async function given(pasted, file) {
  const paragraphs = pasted.trim() ? paragraphsOf(pasted) : file ? await paragraphsIn(file) : [];
  if (!paragraphs.length) throw new Error(say("Choose a file with text in it, or paste the text."));
  if (paragraphs.join("").length > MOST_LETTERS) throw new Error(TOO_LONG);
  return paragraphs;
}
