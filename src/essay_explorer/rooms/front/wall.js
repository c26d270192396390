// @ts-check
/** What stands on the wall in each phase: four lines of meaning at most, to be read from eight metres. */
/** @import { Phase, Share, Shown, Tag, TheClass, WallState } from "./types.d.ts" */

const LAST = 60; // seconds at the end of a phase that are announced
const REASONS = 2; // that stand beside a sentence
const MOVES = 2; // that are drawn
const TAGS = 4; // of a sentence, those with the most readers
const MOST_NAMED = 3; // sentences alike that are named at the end

/** @param {string} name @param {...(Node | string)} children */
const line = (name, ...children) => h("p", { className: name }, ...children);

/** The time of a phase, and a word for its end. @param {number | null} left seconds */
function timeLine(left) {
  if (left === null) return line("time", "");
  if (left < 0) return line("time over", say("Time is up"));
  return line("time", left <= LAST ? say("Last minute: {time}", { time: timeInWords(left) }) : timeInWords(left));
}

/** An address that breaks after its slashes alone. @param {string} address */
const breakable = (address) =>
  address
    .split(/(?<=\/)/)
    .map((part) => h("span", { className: "whole" }, part))
    .flatMap((part) => [part, h("wbr")]);

/** @param {Shown} shown @param {WallState} state */
function joining(shown, { room, here }) {
  const place = shown.phones.replace(/^https?:\/\/|\/$/g, "");
  const door = room.locked ? say("The room is locked") : say("{count} here", { count: here });
  const code = h("img", {
    className: "qr",
    src: shown.qr,
    alt: say("QR code of {address}", { address: shown.phones }),
  });
  const words = h(
    "div",
    { className: "words" },
    line("how", say("Scan this, or open")),
    line("place", ...breakable(place)),
  );
  words.append(line("code", say("Room {code}", { code: shown.code })), line("count", door));
  return [h("div", { className: "join" }, code, words)];
}

/** @param {Shown} shown @param {WallState} _ @param {number | null} left */
const reading = (shown, _, left) => [
  h("p", { className: "title", lang: shown.language, dir: "auto" }, shown.title),
  line("task", say("Read. Mark nothing yet.")),
  timeLine(left),
];

/** @param {Shown} _ @param {WallState} state @param {number | null} left */
const marking = (_, { room, here, handed_in: done }, left) => [
  line("task large", room.words),
  line("count", say("{done} of {count} handed in", { done, count: here })),
  timeLine(left),
];

/** @param {Shown} _ @param {WallState} state */
const talking = (_, { here, handed_in: done }) => [
  line("task large", say("Talk first.")),
  line("task", say("Show your neighbour one sentence that you marked. Say why.")),
  line("count", say("{done} of {count} handed in", { done, count: here })),
];

/** @param {Shown} shown @param {WallState} state @param {TheClass} found @param {{sentence: number, tag: string}} at */
function revealed(shown, state, found, at) {
  const [before, here, after] = surroundingsOf(shown, at.sentence);
  const all = found.shares.filter((share) => share.sentence === at.sentence);
  const rows = taskTags(shown, state.room.task.tags)
    .map((tag) => ({ tag, share: all.find((one) => one.tag === tag.id) }))
    .sort((one, other) => (other.share?.count ?? -1) - (one.share?.count ?? -1))
    .slice(0, TAGS)
    .map(({ tag, share }) => {
      const bar = shareBar(tag, share, found.readers);
      if (teachersMark(found, at.sentence, tag.id))
        bar.append(h("span", { className: "teachers" }, say("and the teacher")));
      return h("li", {}, tagSign(tag), h("span", { className: "label" }, tag.label), bar);
    });
  const agreed = (state.agreement ?? []).map(({ tag, finding }) => `${taskTags(shown, [tag])[0]?.label}: ${finding}`);
  const text = h("p", { className: "passage", lang: shown.language, dir: "auto" });
  text.append(h("span", { className: "beside" }, before && `${short(before, 90)} `), h("strong", {}, here));
  text.append(h("span", { className: "beside" }, after && ` ${short(after, 90)}`));
  const name = line(
    "where",
    say("Sentence {number}", { number: at.sentence }),
    ...(agreed.length ? [h("span", {}, agreed.join(" · "))] : []),
  );
  return [name, text, h("ul", { className: "shares" }, ...rows)];
}

/** @param {Shown} shown @param {TheClass} found @param {{sentence: number, tag: string}} at */
function discussing(shown, found, at) {
  const tag = taskTags(shown, [at.tag])[0];
  const share = shareOf(found.shares, at.sentence, at.tag);
  const near = (/** @type {number} */ first, last = first) => first <= at.sentence && at.sentence <= last;
  const words = [
    ...found.reasons.filter((one) => near(...one.sentences)),
    ...found.replies.filter((one) => near(one.sentence) && one.text),
  ].map(({ text, hands }) => [say("“{quote}”", { quote: text }), hands ? h("b", {}, ` +${hands}`) : ""]);
  const asked = `${tag ? say("Is this about {theme}?", { theme: tag.label }) : say("What do you say?")} `;
  const votes = tag ? votesInWords(share, found.readers) : "";
  const teachers = { true: ` · ${say("The teacher: yes")}`, false: ` · ${say("The teacher: no")}`, null: "" };
  return [
    line("where", say("Sentence {number}", { number: at.sentence })),
    h(
      "p",
      { className: "passage large", lang: shown.language, dir: "auto" },
      h("strong", {}, sentenceOf(shown, at.sentence)),
    ),
    line("votes", asked, h("b", {}, votes), teachers[`${teachersMark(found, at.sentence, at.tag)}`]),
    h("ul", { className: "reasons" }, ...words.slice(-REASONS).map((said) => h("li", { dir: "auto" }, ...said))),
  ];
}

/** @param {Shown} shown @param {WallState} state @param {number | null} left */
const revising = (shown, { moves = [], class: found }, left) => [
  line("task", say("Keep, move or drop one mark. Say why.")),
  timeLine(left),
  moves.length ? flowsView(shown, moves.slice(0, MOVES)) : line("soft", found?.moved ?? ""),
];

/**
 * The sentences that come first by a rank, each with its share, or how many they are; "" for none.
 * @param {Share[]} shares @param {(share: Share) => number} rank @param {(share: Share) => string} name
 */
function firstInWords(shares, rank, name) {
  const best = Math.max(...shares.map(rank));
  const first = shares.filter((share) => rank(share) === best);
  const count = new Set(first.map(({ sentence }) => sentence)).size;
  if (first.length > MOST_NAMED) return sayN("on {count} sentence", "on {count} sentences", count);
  const numbers = first.map(name).join(", ");
  return numbers && sayN("on sentence {numbers}", "on sentences {numbers}", count, { numbers });
}

/**
 * On which sentences a class agreed most, two thirds of it at least, and on which least: those nearest to half and
 * half, if more than a third of it marked them and less than two thirds did.
 * @param {Pick<TheClass, "shares" | "readers">} found @param {Tag[]} tags of the task
 */
export function agreedInWords({ shares, readers }, tags) {
  const count = (/** @type {Share} */ share) => share.count ?? 0; // few are not agreed on, and not split
  const name = (/** @type {Share} */ share) => {
    const label = tags.length > 1 && tags.find(({ id }) => id === share.tag)?.label;
    const told = say("{count} of {readers}", { count: count(share), readers }).replaceAll(" ", "\u00a0"); // in one line
    return `${share.sentence}\u00a0(${label ? `${label}, ${told}` : told})`;
  };
  const agreed = shares.filter((share) => count(share) && 3 * count(share) >= 2 * readers);
  const split = shares.filter((share) => 3 * count(share) > readers && 3 * count(share) < 2 * readers);
  const most = firstInWords(agreed, count, name);
  const least = firstInWords(split, (share) => -Math.abs(2 * count(share) - readers), name);
  if (most && least) return say("You agreed most {most}, least {least}.", { most, least });
  if (most) return say("You agreed most {most}.", { most });
  return least && say("You agreed least {least}.", { least });
}

/** @param {Shown} shown @param {WallState} state */
function ending(shown, { room, class: found }) {
  const agreed = found && agreedInWords(found, taskTags(shown, room.task.tags));
  return [
    line("task large", agreed || say("Thank you for reading together.")),
    line("soft", found?.moved ?? ""),
    line("task", say("What question do you take with you?")),
  ];
}

/** @type {Record<Phase, (shown: Shown, state: WallState, left: number | null) => Node[]>} */
const SCREENS = {
  join: joining,
  read: reading,
  mark: marking,
  reveal: talking,
  discuss: talking,
  revise: revising,
  end: ending,
};

/** Why there is no sentence to look at. @param {TheClass} found */
export function whyNoSentence({ readers, shares }) {
  if (!readers) return say("Nobody has handed in yet.");
  return shares.length
    ? say("No sentence was marked by more than a few of you.")
    : say("Nobody has marked a sentence.");
}

/**
 * The wall as it is to be. `at`: the sentence and the tag that are looked at, where there is one.
 * @param {Shown} shown @param {WallState} state @param {{sentence: number, tag: string} | null} at
 * @param {number | null} left seconds
 */
export function drawWall(shown, state, at, left) {
  const { phase, revealed: open } = state.room;
  if (open && state.class && phase === "reveal")
    return at ? revealed(shown, state, state.class, at) : [line("task large", whyNoSentence(state.class))];
  if (open && state.class && phase === "discuss" && at) return discussing(shown, state.class, at);
  return SCREENS[phase](shown, state, left);
}
