// @ts-check
/** @import { Content, Paragraph, Span } from "../widgets/types.d.ts" */
/** @import { Attached, Attachment, Sealed, States } from "./types.d.ts" */
/** A reader's own copy: what a file or a pasted text holds, and the content that it makes with a sealed set, as
 * widgets/content.py makes it. What the copy holds is text and nothing else: it is never read as HTML of this page.
 */

const MOST_BYTES = 20e6; // of a file: a web page may bring its pictures along
const MOST_LETTERS = 2e6; // of a text: twice a long novel, a few seconds
const MOST_MARKS = 1.25; // times as long a text may be with its marks
const MILLIONS = MOST_LETTERS / 1e6;
const TOO_LONG = `This is longer than any copy of the text: this page reads at most ${MILLIONS} million letters. Take the text alone.`;
const LONG_LINE = 100; // letters: lines longer than this are paragraphs (manuscript.py)
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, blockquote, figcaption";
// biome-ignore lint/suspicious/noControlCharactersInRegex: signs that nobody sees are what it is about
const UNSEEN = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]/gu;
const SPACELESS =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";

// --- What a copy holds

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
    throw new Error(`“${file.name}” is not a .txt, .md or .html file. Save the text as one of these, or paste it.`);
  if (file.size > MOST_BYTES)
    throw new Error(
      `“${file.name}” is too large: this page reads files of at most ${MOST_BYTES / 1e6} MB. Paste the text instead.`,
    );
  const text = decoded(new Uint8Array(await file.arrayBuffer()));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they tell that this is no text
  if (/[\0-\x06\x0e-\x1a]/.test(text))
    throw new Error(`“${file.name}” holds no text that can be read. Save it as plain text, or paste the text.`);
  if (/htm/i.test(kind)) return paragraphsOfPage(text);
  if (!/^m/i.test(kind)) return paragraphsOf(text);
  if (text.length > MOST_MARKS * MOST_LETTERS) throw new Error(TOO_LONG); // taking its marks away would take long
  return paragraphsOf(unmarked(text));
}

/**
 * The paragraphs that the reader gives. Throws an Error with a sentence for the reader.
 * @param {string} pasted @param {File | undefined} file
 */
async function given(pasted, file) {
  const paragraphs = pasted.trim() ? paragraphsOf(pasted) : file ? await paragraphsIn(file) : [];
  if (!paragraphs.length) throw new Error("Choose a file with text in it, or paste the text.");
  if (paragraphs.join("").length > MOST_LETTERS) throw new Error(TOO_LONG);
  return paragraphs;
}

// --- The content that copy and set make

const escaped = (/** @type {string} */ text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
const smallOnly = (/** @type {string} */ name) => name === name.toLowerCase();
const anyCase = (/** @type {string} */ name) =>
  [...name]
    .map((letter) =>
      letter === letter.toUpperCase() ? escaped(letter) : `(?:${escaped(letter)}|${escaped(letter.toUpperCase())})`,
    )
    .join("");

/**
 * Where names stand in a text: `Codebook.named`.
 * @param {string} text @param {[string, string][]} names (alias, tag), the longest first
 */
export function named(text, names) {
  if (!names.length) return [];
  const letter = `(?![${SPACELESS}])[\\p{L}\\p{N}_]`;
  const any = names.map(([name]) => (smallOnly(name) ? anyCase(name) : escaped(name))).join("|");
  const found = [];
  for (const { 0: name, index } of text.matchAll(new RegExp(`(?<!${letter})(?:${any})(?!${letter})`, "gu"))) {
    const end = index + name.length;
    // inside a word
    if (/\p{M}$/u.test(text.slice(Math.max(index - 2, 0), index)) || /^\p{M}/u.test(text.slice(end, end + 2))) continue;
    const [, tag] = names.find(([one]) => one === name || (smallOnly(one) && one === name.toLowerCase())) ?? [];
    if (tag) found.push({ tag, start: index, end });
  }
  return found;
}

/**
 * A paragraph with the passages that lie on it.
 * @param {string} text @param {number} from where it starts @param {Attached[]} passages in text order
 * @returns {Paragraph}
 */
function paragraphOf(text, from, passages) {
  const here = passages.filter(({ start, end }) => start < from + text.length && end > from);
  const inside = (/** @type {number} */ at) => Math.min(Math.max(at - from, 0), text.length);
  const spans = here.map(({ id, start, end }) => /** @type {Span} */ ([id, inside(start), inside(end)]));
  return spans.length ? { text, passages: spans } : { text };
}

/**
 * @param {Content} bare the content without a text @param {Sealed} sealed @param {Attachment} attached
 * @returns {Content}
 */
export function contentOf(bare, sealed, { paragraphs, passages: placed }) {
  const text = paragraphs.join("\n\n");
  const found = placed.filter(({ state }) => state !== "lost").sort((a, b) => a.start - b.start || a.end - b.end);
  const starts = [0];
  for (const { length } of paragraphs.slice(0, -1)) starts.push((starts.at(-1) ?? 0) + length + 2);
  const names = named(text, sealed.names);
  const entries = new Map(sealed.annotations.map((entry) => [entry.id, entry]));
  const passages = found.map(({ id, start, end }) => {
    const { tags = [], note = "", creator = "" } = entries.get(id) ?? {};
    const persons = names.filter((name) => start <= name.start && name.end <= end).map(({ tag }) => tag);
    return {
      id,
      paragraph: starts.findLastIndex((from) => from <= start) + 1,
      tags: [...new Set([...tags, ...persons])],
      note,
      creator,
    };
  });
  const count = (/** @type {string} */ tag) => passages.filter(({ tags }) => tags.includes(tag)).length;
  const has = (/** @type {string} */ id) => found.some((one) => one.id === id);
  return {
    ...bare,
    minutes: minutesOf(text, sealed.pace),
    facets: bare.facets.map((facet) => ({
      ...facet,
      tags: facet.tags.map((tag) => ({ ...tag, count: count(tag.id) })),
    })),
    paragraphs: paragraphs.map((paragraph, at) => paragraphOf(paragraph, starts[at], found)),
    passages,
    relations: sealed.relations.filter(({ from, to }) => has(from) && has(to)),
    faults: placed.flatMap(({ id, state, text: words, reason }) =>
      state === "exact" ? [] : [`${id}, ${state}: ${state === "lost" ? reason : `“${words}”`}`],
    ),
  };
}

/**
 * How many minutes a silent reading takes, by the words and the letters of a minute.
 * @param {string} text @param {Sealed["pace"]} pace
 */
export function minutesOf(text, { word, spaceless, words, letters }) {
  const alone = new RegExp(spaceless, "u");
  const found = Array.from(text.matchAll(new RegExp(word, "gu")), ([one]) => one);
  const minutes = found.map((one) => (alone.test(one) ? [...one].length / letters : 1 / words));
  return Math.max(1, Math.round(minutes.reduce((sum, one) => sum + one, 0)));
}

/** What became of the passages, in a sentence. @param {Attachment} attached */
export function reportOf({ passages, leftOut }) {
  const [exact, changed, lost] = ["exact", "changed", "lost"].map(
    (state) => passages.filter((one) => one.state === state).length,
  );
  const counts =
    exact === passages.length
      ? `All ${exact} passages are attached exactly.`
      : `Of ${passages.length} passages ${exact} are attached exactly, ${changed} after a small change, ${lost} lost: “About this text” names those.`;
  const outside = leftOut.length
    ? ` Left out before and after the text: ${leftOut.length} ${leftOut.length === 1 ? "paragraph" : "paragraphs"}.`
    : "";
  return `${counts}${outside} The text stays in this browser.`;
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
        "This is another text: none of the marked passages stand in it. Check that it is the whole text, and the right one.",
      );
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "Open another copy";
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
    status.textContent = "Opening …";
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
