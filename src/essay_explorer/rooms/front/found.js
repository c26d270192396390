// @ts-check
/** What the class has marked: the digest, and a table of shares in three orders; a click puts one on the wall. */
/** @import { Desk, Findings, Lead, Panel, Share, Shown } from "./types.d.ts" */

/** @typedef {"split" | "agreed" | "text" | "untouched"} Order */
/** @type {[Order, string][]} */
const ORDERS = [
  ["split", say("Most split")],
  ["agreed", say("Most agreed")],
  ["text", say("As in the text")],
  ["untouched", say("Untouched")],
];

const HEADS = [say("Sentence"), say("Text"), say("Theme"), say("How many")];

/**
 * The rows of a table: a sentence with a tag and its share, or a sentence alone.
 * @param {Findings} found @param {Order} order @param {Shown} shown
 * @returns {{sentence: number, tag: string, count: number | null, few: boolean}[]}
 */
export function rowsOf(found, order, { sentences }) {
  const bare = (/** @type {number} */ sentence) => ({ sentence, tag: "", count: null, few: false });
  if (order === "split" || order === "agreed") return found[order];
  if (order === "untouched") return found.untouched.map(bare);
  return sentences.flatMap(({ number }) => {
    const shares = found.shares.filter(({ sentence }) => sentence === number);
    return shares.length ? shares : [bare(number)];
  });
}

/**
 * The one after or before the one on the wall, in an order.
 * @param {Desk} desk @param {Order} order @param {number} by @param {Shown} shown
 */
export function nextOnWall({ findings, room }, order, by, shown) {
  const rows = (findings ? rowsOf(findings, order, shown) : []).filter(({ tag }) => tag);
  const at = rows.findIndex((row) => row.sentence === room.wall?.sentence && row.tag === room.wall?.tag);
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length;
  return rows[next] && { sentence: rows[next].sentence, tag: rows[next].tag };
}

/** What a teacher needs in the minute before they speak. @param {Lead} lead */
function createDigest(lead) {
  const words = h("ul", { className: "agreement" });
  const split = h("ol", { className: "quotes" });
  const reasons = h("ul", { className: "quotes" });
  const element = h("div", { className: "digest" });
  element.append(
    h("h3", {}, say("How far you agree")),
    words,
    h("h3", {}, say("Most split")),
    split,
    h("h3", {}, say("Worth showing")),
    reasons,
  );
  return {
    element,
    /** @param {Findings} found */
    draw(found) {
      fillList(
        words,
        found.agreement,
        ({ tag }) => tag,
        (one) => h("li", { title: one.words }, `${taskTags(lead.shown, [one.tag])[0]?.label}: ${one.finding}`),
      );
      fillList(
        split,
        found.digest.split,
        (one) => `${one.sentence}${one.tag}`,
        (one) => {
          const text = short(sentenceOf(lead.shown, one.sentence), 90);
          const votes = `${taskTags(lead.shown, [one.tag])[0]?.label}, ${votesInWords(one, found.readers)}`;
          return h(
            "li",
            {},
            h("b", {}, `${one.sentence} `),
            quoted(lead.shown, text),
            h("span", { className: "soft" }, ` ${votes}`),
          );
        },
      );
      fillList(
        reasons,
        found.digest.reasons,
        ({ ref }) => ref,
        (one) => {
          const show = pressed(say("Show"), "quiet", () =>
            lead.act("desk/words", { ref: one.ref, seen: "shown" }, say("Shown.")),
          );
          return h("li", {}, h("b", {}, `${one.sentences[0]} `), h("span", { dir: "auto" }, one.text), " ", show);
        },
      );
      const none = [words, split, reasons].map((list) => list.children.length === 0);
      for (const [at, list] of [words, split, reasons].entries()) {
        list.hidden = none[at];
        /** @type {HTMLElement} */ (list.previousElementSibling).hidden = none[at];
      }
    },
  };
}

/** The buttons of the reveal. @param {Lead} lead @returns {Panel} */
function createRevealButtons(lead) {
  const show = (/** @type {object} */ value, /** @type {string} */ said) => lead.act("desk/show", value, said);
  const talk = pressed(say("Talk first"), "quiet toggle", () =>
    show({ class_shown: false }, say("The class is hidden. They talk.")),
  );
  const all = pressed(say("Reveal the class"), "quiet toggle", () =>
    show({ class_shown: true }, say("Everybody who handed in sees the class.")),
  );
  const own = pressed("", "quiet toggle", () => {
    const seen = lead.desk().teacher_shown;
    return show(
      { teacher_shown: !seen },
      seen ? say("Your own is hidden.") : say("They see your own reading beside theirs."),
    );
  });
  const element = h("div", { className: "row", role: "group", "aria-label": say("What is shown") }, talk, all, own);
  return {
    element,
    draw({ room, teacher_shown: seen }) {
      element.hidden = room.phase !== "reveal" && room.phase !== "discuss";
      talk.hidden = !room.task.blind;
      talk.setAttribute("aria-pressed", String(!room.revealed));
      all.setAttribute("aria-pressed", String(room.revealed));
      own.disabled = !room.revealed;
      own.setAttribute("aria-pressed", String(seen));
      setText(own, seen ? say("Hide the teacher’s") : say("Reveal the teacher’s"));
    },
  };
}

/**
 * A row of the table.
 * @param {Lead} lead
 * @param {Share & {isOn: boolean, isTeachers: boolean, readers: number, canShow: boolean}} row
 */
function createRow(lead, { isOn, isTeachers, readers, canShow, ...share }) {
  const { shown } = lead;
  const [tag] = taskTags(shown, [share.tag]);
  const put = () =>
    lead.act(
      "desk/show",
      { wall: { sentence: share.sentence, tag: share.tag } },
      say("Sentence {number} is on the wall.", { number: share.sentence }),
    );
  const number = canShow ? pressed(String(share.sentence), "quiet put", put) : h("span", {}, String(share.sentence));
  if (canShow) {
    number.setAttribute(
      "aria-label",
      say("Sentence {number}: put it on the wall", {
        number: tag ? `${share.sentence}, ${tag.label}` : share.sentence,
      }),
    );
    number.setAttribute("aria-pressed", String(isOn));
  }
  const theme = tag ? h("span", { className: "theme" }, tagSign(tag), tag.label) : "";
  const many = tag ? shareBar(tag, share, readers) : h("span", { className: "soft" }, say("nobody"));
  if (isTeachers) many.append(h("span", { className: "teachers" }, say("and the teacher")));
  const cells = [number, quoted(shown, sentenceOf(shown, share.sentence)), theme, many];
  return h("tr", { className: isOn ? "on" : "" }, ...cells.map((cell) => h("td", {}, cell)));
}

/** @param {Lead} lead */
export function createFoundPanel(lead) {
  const { shown } = lead;
  let order = /** @type {Order} */ ("split");
  const buttons = createRevealButtons(lead);
  const digest = createDigest(lead);
  const choice = h("div", { className: "row orders", role: "group", "aria-label": say("Order") });
  const orders = ORDERS.map(([name, label]) =>
    pressed(label, "quiet toggle", () => {
      order = name;
      lead.draw();
    }),
  );
  choice.append(...orders);
  const body = h("tbody", {});
  const heads = HEADS.map((one) => h("th", { scope: "col" }, one));
  const table = h("table", { className: "found" }, h("thead", {}, h("tr", {}, ...heads)), body);
  const none = h("p", { className: "soft" });
  const title = h("h2", {});
  const preview = h("summary", {}, say("Preview, for you alone"));
  const inner = h("div", { className: "inner" }, digest.element, choice, none, table);
  const folded = h("details", { className: "preview" }, preview);
  const open = h("div", {});
  const element = h("section", { className: "findings" }, title, buttons.element, folded, open);
  folded.addEventListener("toggle", () => folded.open && lead.draw());

  return {
    element,
    wants: (/** @type {Desk} */ { room }) =>
      !["join", "read"].includes(room.phase) && (room.phase !== "mark" || folded.open),
    step: (/** @type {number} */ by) => {
      const wall = nextOnWall(lead.desk(), order, by, shown);
      return (
        wall && lead.act("desk/show", { wall }, say("Sentence {number} is on the wall.", { number: wall.sentence }))
      );
    },
    /** @param {Desk} desk */
    draw(desk) {
      const { room, findings: found } = desk;
      const isMarking = room.phase === "mark";
      element.hidden = ["join", "read", "end"].includes(room.phase);
      folded.hidden = !isMarking;
      const home = isMarking ? folded : open;
      if (inner.parentElement !== home) home.append(inner);
      setText(title, room.phase === "discuss" ? say("What to talk about") : isMarking ? "" : say("The class"));
      title.hidden = isMarking;
      buttons.draw(desk);
      if (!found) return setText(none, say("One moment…"));
      digest.element.hidden = room.phase !== "reveal" && !isMarking;
      digest.draw(found);
      for (const [at, [name]] of ORDERS.entries()) orders[at].setAttribute("aria-pressed", String(name === order));
      const canShow = room.phase === "reveal" || room.phase === "discuss";
      const rows = rowsOf(found, order, shown).map((row) => {
        const isOn = row.sentence === room.wall?.sentence && row.tag === room.wall?.tag;
        const isTeachers = Boolean(teachersMark(found, row.sentence, row.tag));
        return { ...row, isOn, isTeachers, readers: found.readers, canShow };
      });
      fillList(
        body,
        rows,
        (row) => `${row.sentence} ${row.tag}`,
        (row) => createRow(lead, row),
      );
      table.hidden = rows.length === 0;
      setText(none, rows.length ? "" : emptyInWords(found, order));
    },
  };
}

/** Why a table has no rows. @param {Findings} found @param {Order} order */
function emptyInWords({ readers }, order) {
  if (!readers) return say("Nobody has handed in yet.");
  if (order === "split") return say("No sentence splits them: there are too few marks, or most of them agree.");
  return order === "agreed"
    ? say("More than half of them agree on no sentence.")
    : say("Every sentence was marked by somebody.");
}
