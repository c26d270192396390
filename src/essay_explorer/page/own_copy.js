// @ts-check
/** A reader's own copy: what a file or a pasted text holds, and the content that it makes with a sealed set, as
 * `content_of` in lens.py makes it. What the copy holds is text and nothing else: it is never read as HTML of this page.
 *
 * @typedef {{id: string, state: "exact"|"changed"|"lost", reason: string, start: number, end: number, text: string}} Placed
 * @typedef {{paragraphs: string[], passages: Placed[], leftOut: string[]}} Attached
 */

const MOST_BYTES = 20e6; // of a file: a web page may bring its pictures along
const MOST_LETTERS = 2e6; // of a text: twice a long novel, a few seconds
const LONG_LINE = 100; // letters: lines longer than this are paragraphs (manuscript.py)
const WORDS_PER_MINUTE = 238; // essay.py tells where from
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, blockquote, figcaption";
const UNSEEN = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]/gu;
const SPACELESS = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";

// --- What a copy holds

const tidy = (/** @type {string} */ text) =>
  text.normalize("NFC").replace(UNSEEN, "").replace(/[ \t\r\f\v]+/g, " ").split("\n").map((line) => line.trim()).filter(Boolean).join(" ");

/** The paragraphs of plain text: between blank lines; where lines are too long to be broken ones, each line. @param {string} text */
export function paragraphsOf(text) {
  return text.replace(/\r\n?/g, "\n").trim().split(/\n(?:[^\S\n]*\n)+/).flatMap((part) => {
    const lines = part.split("\n");
    return lines.length > 1 && lines.some((line) => [...line].length > LONG_LINE) ? lines : [part];
  }).map(tidy).filter(Boolean);
}

/** Markdown without its marks, as far as words need it. @param {string} text */
export const unmarked = (text) =>
  text.replace(/\r\n?/g, "\n").replace(/^\ufeff?\s*---[ \t]*\n(?![ \t]*\n)[^]*?\n(?:---|\.\.\.)[ \t]*(?:\n|$)/, "")
    .replace(/^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?)/gm, "").replace(/!?\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)/g, "$1")
    .replace(/(?<!\\)(?:\*{1,3}|(?<![\p{L}\p{N}])_{1,3}|_{1,3}(?![\p{L}\p{N}]))/gu, "").replace(/\\([!-/:-@[-`{-~])/g, "$1");

/** The paragraphs of a web page; it is parsed apart from this page, so nothing in it runs or is fetched. @param {string} source */
export function paragraphsOfPage(source) {
  const page = new DOMParser().parseFromString(source, "text/html");
  page.querySelectorAll("script, style, noscript, template").forEach((element) => element.remove());
  page.querySelectorAll("br").forEach((element) => element.replaceWith("\n"));
  const blocks = [...page.body.querySelectorAll(BLOCKS)].filter((block) => !block.querySelector(BLOCKS));
  return blocks.length ? blocks.map((block) => tidy(block.textContent ?? "")).filter(Boolean) : paragraphsOf(page.body.textContent ?? "");
}

/** @param {Uint8Array} bytes */
function decoded(bytes) {
  const mark = bytes[0] * 256 + bytes[1];
  if (mark === 0xfffe || mark === 0xfeff) return new TextDecoder(mark === 0xfffe ? "utf-16le" : "utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes); // what programs on Windows wrote before
  }
}

/** The paragraphs of a file. Throws an Error with a sentence for the reader. @param {File} file */
async function paragraphsIn(file) {
  const [, kind] = /\.(txt|text|md|markdown|html?|xhtml)$/i.exec(file.name) ?? [];
  if (!kind) throw new Error(`“${file.name}” is not a .txt, .md or .html file. Save the text as one of these, or paste it.`);
  if (file.size > MOST_BYTES) throw new Error(`“${file.name}” is too large: this page reads files of at most ${MOST_BYTES / 1e6} MB. Paste the text instead.`);
  const text = decoded(new Uint8Array(await file.arrayBuffer()));
  if (/[\0-\x06\x0e-\x1a]/.test(text)) throw new Error(`“${file.name}” holds no text that can be read. Save it as plain text, or paste the text.`);
  if (/htm/i.test(kind)) return paragraphsOfPage(text);
  return paragraphsOf(/^m/i.test(kind) ? unmarked(text) : text);
}

/** The paragraphs that the reader gives. Throws an Error with a sentence for the reader. @param {string} pasted @param {File | undefined} file */
async function given(pasted, file) {
  const paragraphs = pasted.trim() ? paragraphsOf(pasted) : file ? await paragraphsIn(file) : [];
  if (!paragraphs.length) throw new Error("Choose a file with text in it, or paste the text.");
  if (paragraphs.join("").length > MOST_LETTERS) throw new Error(`This is longer than any copy of the text: this page reads at most ${MOST_LETTERS / 1e6} million letters. Choose the text alone.`);
  return paragraphs;
}

// --- The content that copy and set make

const escaped = (/** @type {string} */ text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
const smallOnly = (/** @type {string} */ name) => name === name.toLowerCase();
const anyCase = (/** @type {string} */ name) =>
  [...name].map((letter) => (letter === letter.toUpperCase() ? escaped(letter) : `(?:${escaped(letter)}|${escaped(letter.toUpperCase())})`)).join("");

/** Where names stand in a text: `Codebook.named`. @param {string} text @param {[string, string][]} names (alias, tag), the longest first */
export function named(text, names) {
  if (!names.length) return [];
  const letter = `(?![${SPACELESS}])[\\p{L}\\p{N}_]`;
  const any = names.map(([name]) => (smallOnly(name) ? anyCase(name) : escaped(name))).join("|");
  const found = [];
  for (const { 0: name, index } of text.matchAll(new RegExp(`(?<!${letter})(?:${any})(?!${letter})`, "gu"))) {
    const end = index + name.length;
    if (/\p{M}$/u.test(text.slice(Math.max(index - 2, 0), index)) || /^\p{M}/u.test(text.slice(end, end + 2))) continue; // inside a word
    const [, tag] = names.find(([one]) => one === name || (smallOnly(one) && one === name.toLowerCase())) ?? [];
    if (tag) found.push({ tag, start: index, end });
  }
  return found;
}

/** A paragraph, cut wherever a passage starts or ends. @param {string} text @param {number} from where it starts @param {Placed[]} passages in text order */
function segments(text, from, passages) {
  const here = passages.filter(({ start, end }) => start < from + text.length && end > from);
  const inside = (/** @type {number} */ at) => Math.min(Math.max(at - from, 0), text.length);
  const edges = [...new Set([0, text.length, ...here.flatMap(({ start, end }) => [inside(start), inside(end)])])].sort((a, b) => a - b);
  return edges.slice(1).map((end, at) => {
    const marks = here.filter((one) => inside(one.start) < end && inside(one.end) > edges[at]).map(({ id }) => id);
    return { text: text.slice(edges[at], end), ...(marks.length ? { marks } : {}) };
  });
}

/** @param {any} bare the content without a text @param {any} sealed @param {Attached} attached */
export function contentOf(bare, sealed, { paragraphs, passages: placed }) {
  const text = paragraphs.join("\n\n");
  const found = placed.filter(({ state }) => state !== "lost").sort((a, b) => a.start - b.start || a.end - b.end);
  let next = 0;
  const starts = paragraphs.map(({ length }) => (next += length + 2) - length - 2);
  const names = named(text, sealed.names);
  const entries = new Map(sealed.annotations.map((/** @type {any} */ entry) => [entry.id, entry]));
  const passages = found.map(({ id, start, end }) => {
    const { tags, note, creator } = entries.get(id);
    const persons = names.filter((name) => start <= name.start && name.end <= end).map(({ tag }) => tag);
    return { id, paragraph: starts.findLastIndex((from) => from <= start) + 1, tags: [...new Set([...tags, ...persons])], note, creator };
  });
  const count = (/** @type {string} */ tag) => passages.filter(({ tags }) => tags.includes(tag)).length;
  const has = (/** @type {string} */ id) => found.some((one) => one.id === id);
  return {
    ...bare,
    minutes: Math.max(1, Math.round(text.split(/\s+/).filter(Boolean).length / WORDS_PER_MINUTE)),
    facets: bare.facets.map((facet) => ({ ...facet, tags: facet.tags.map((tag) => ({ ...tag, count: count(tag.id) })) })),
    paragraphs: paragraphs.map((paragraph, at) => segments(paragraph, starts[at], found)),
    passages,
    relations: sealed.relations.filter(({ from, to }) => has(from) && has(to)),
    faults: placed.flatMap(({ id, state, text: words, reason }) => (state === "exact" ? [] : [`${id}, ${state}: ${state === "lost" ? reason : `“${words}”`}`])),
  };
}

/** What became of the passages, in a sentence. @param {Attached} attached */
export function told({ passages, leftOut }) {
  const [exact, changed, lost] = ["exact", "changed", "lost"].map((state) => passages.filter((one) => one.state === state).length);
  const counts = exact === passages.length ? `All ${exact} passages are attached exactly.`
    : `Of ${passages.length} passages ${exact} are attached exactly, ${changed} after a small change, ${lost} lost: “About this text” names those.`;
  const outside = leftOut.length ? ` Left out before and after the text: ${leftOut.length} ${leftOut.length === 1 ? "paragraph" : "paragraphs"}.` : "";
  return `${counts}${outside} The text stays in this browser.`;
}

/** Let the reader open a copy in the form that the page shows, and start the page on it. */
function offer({ sealed, states, start, attach }) {
  const form = /** @type {HTMLElement} */ (document.querySelector(".essay-explorer-copy"));
  const [file, pasted, button, status] = /** @type {any[]} */ (["input", "textarea", "button", "[role=status]"].map((name) => form.querySelector(name)));

  async function open() {
    const paragraphs = await given(pasted.value, file.files[0]);
    const attached = attach(paragraphs, sealed);
    if (attached.passages.every(({ state }) => state === "lost")) throw new Error("This is another text: none of the marked passages stand in it. Check that it is the whole text, and the right one.");
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "Open another copy";
    again.addEventListener("click", () => location.reload());
    const report = Object.assign(document.createElement("p"), { textContent: told(attached), tabIndex: -1 });
    report.setAttribute("role", "status");
    form.classList.add("opened");
    form.replaceChildren(report, again);
    const { state } = states.Lens;
    await start({ ...states, Lens: { ...states.Lens, state: { ...state, content: contentOf(state.content, sealed, attached) } } });
    if (!location.hash) report.focus();
  }
  button.addEventListener("click", async () => {
    button.disabled = true;
    status.textContent = "Opening …";
    await new Promise((done) => setTimeout(done, 30)); // so that it is seen
    try {
      await open();
    } catch (error) {
      status.textContent = error.message;
    }
    button.disabled = false;
  });
  button.disabled = false;
}

export default { offer };
