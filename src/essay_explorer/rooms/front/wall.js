// @ts-check
/** What stands on the wall in each phase: four lines of meaning at most, to be read from eight metres. */
/** @import { Phase, Shown, TheClass, WallState } from "./types.d.ts" */

const LAST = 60; // seconds at the end of a phase that are announced
const REASONS = 2; // that stand beside a sentence
const MOVES = 2; // that are drawn
const TAGS = 4; // of a sentence, those with the most readers

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
 * On which sentences a class agreed most and least; never on the same one, and most on none that split it most.
 * @param {Pick<TheClass, "agreed" | "split">} found
 */
export function agreedInWords({ agreed: [first], split }) {
  const [worst] = split;
  const isSplit = first && worst && first.sentence === worst.sentence && first.tag === worst.tag;
  const most = isSplit ? undefined : first?.sentence;
  const least = split.find(({ sentence }) => sentence !== most)?.sentence;
  if (most && least) return say("You agreed most on sentence {most}, least on {least}.", { most, least });
  if (most) return say("You agreed most on sentence {most}.", { most });
  return least ? say("You agreed least on sentence {least}.", { least }) : "";
}

/** @param {Shown} _ @param {WallState} state */
function ending(_, { class: found }) {
  const agreed = found && agreedInWords(found);
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
  return shares.length ? say("You chose different sentences.") : say("Nobody has marked a sentence.");
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
