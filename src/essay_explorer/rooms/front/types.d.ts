// biome-ignore-all lint/suspicious/noExplicitAny: what a room answers is checked where it is made
import type { Reply, RoomShown, Said, Share, Tag, TheClass } from "../../widgets/types.d.ts";

/** What the pages that lead a lesson know, and what their parts share. */

export type { Reply, Share, Tag, TheClass };
export type Phase = RoomShown["phase"];
export type Task = RoomShown["task"];
export type OnWall = NonNullable<RoomShown["wall"]>;
export type Room = RoomShown & { class_shown: boolean };

export interface Sentence {
  number: number;
  text: string;
  paragraph: number;
}

/**
 * What a page knows: at once what is no secret, and with its key the tags and the text. `themes`: ids of those that say
 * what a passage is about. `members`: whether phones have to sign in, as members of the room's course.
 */
export interface Shown {
  code: string;
  title: string;
  credit: string;
  language: string;
  phones: string;
  qr: string;
  members: boolean;
  tags: Tag[];
  themes: string[];
  sentences: Sentence[];
}

/** What the page knows that starts a class. */
export interface Startable {
  readings: { name: string; title: string; language: string }[];
  remarks: string[];
}

export interface Move {
  sentence: number;
  tag: string;
  before: number;
  after: number;
  kept: number;
  dropped: number;
  came: number;
}

/** What the projector knows. */
export interface WallState {
  room: Room;
  tags: Tag[];
  here: number;
  handed_in: number;
  class?: TheClass;
  moves?: Move[];
  agreement?: { tag: string; finding: string }[];
}

export interface Person {
  number: number;
  name: string;
  paper: boolean;
  sheet: string;
  group: number | null;
  return_code: string;
  state: "marking" | "idle" | "handed in";
  marks: number;
  moved: boolean;
}

export interface Findings extends TheClass {
  agreement: { tag: string; words: string; finding: string; alpha: number | null }[];
  digest: { split: Share[]; reasons: Omit<Said, "tags" | "hands">[]; tags: string[] };
  moves?: Move[];
}

/** A reason or a reply, as the teacher's queue has it. */
export interface Word extends Said {
  kind: "reason" | "reply";
  view?: "" | "yes" | "no";
  by: string;
  seen: "unseen" | "shown" | "hidden";
  reports: number;
}

/** What the teacher's page knows: who is here, and once it is wanted what was found and written. */
export interface Desk {
  room: Room;
  wall_key: string;
  teacher_shown: boolean;
  here: number;
  full: boolean;
  handed_in: number;
  marks: number;
  people: Person[];
  findings: Findings | null;
  words: Word[];
}

export interface Link {
  headers: Record<string, string>;
  now: () => number;
  get: (address: string) => Promise<any>;
  send: (address: string, value?: object) => Promise<any>;
  file: (address: string) => Promise<Blob>;
}

/** What the parts of the teacher's page share: `act` does something and says so, or why not. */
export interface Lead {
  shown: Shown;
  link: Link;
  desk: () => Desk;
  act: (address: string, value: object, said?: string) => Promise<any>;
  goTo: (step: { phase: Phase; shows: boolean | null } | undefined) => Promise<void>;
  say: (words: string, undo?: { label: string; act: () => void }) => void;
  draw: () => Promise<void>;
}

export interface Panel {
  element: HTMLElement;
  draw: (desk: Desk) => void;
}

export interface News {
  listen: (address: string, heard: (piece: { kind: string; data: any }) => void, headers?: object) => void;
}

declare global {
  // link.js to text.js, for teacher.js, projector.js and their parts
  const takeKey: typeof import("./link.js").takeKey;
  const createLink: typeof import("./link.js").createLink;
  const createLooking: typeof import("./link.js").createLooking;
  const isCutOff: typeof import("./link.js").isCutOff;
  const LENGTHS: typeof import("./clock.js").LENGTHS;
  const secondsLeft: typeof import("./clock.js").secondsLeft;
  const timeInWords: typeof import("./clock.js").timeInWords;
  const shareBar: typeof import("./shares.js").shareBar;
  const teachersMark: typeof import("./shares.js").teachersMark;
  const tallyInWords: typeof import("./shares.js").tallyInWords;
  const shareOf: typeof import("./shares.js").shareOf;
  const tagSign: typeof import("./shares.js").tagSign;
  const votesInWords: typeof import("./shares.js").votesInWords;
  const quoted: typeof import("./text.js").quoted;
  const sentenceOf: typeof import("./text.js").sentenceOf;
  const surroundingsOf: typeof import("./text.js").surroundingsOf;
  const taskTags: typeof import("./text.js").taskTags;
  // flows.js and wall.js, for projector.js; flows.js for the teacher's page, too
  const flowsView: typeof import("./flows.js").flowsView;
  const drawWall: typeof import("./wall.js").drawWall;
  // steps.js to closing.js, for teacher.js
  const askedFirst: typeof import("./asked.js").askedFirst;
  const createDoorPanel: typeof import("./joining.js").createDoorPanel;
  const createEndPanel: typeof import("./closing.js").createEndPanel;
  const createFoundPanel: typeof import("./found.js").createFoundPanel;
  const createGoing: typeof import("./steps.js").createGoing;
  const createMovedPanel: typeof import("./moved.js").createMovedPanel;
  const createPaperEntry: typeof import("./paper_entry.js").createPaperEntry;
  const createPeopleList: typeof import("./people.js").createPeopleList;
  const createPhaseStrip: typeof import("./steps.js").createPhaseStrip;
  const createTaskForm: typeof import("./settings.js").createTaskForm;
  const createWordsPanel: typeof import("./words.js").createWordsPanel;
  const fillList: typeof import("./asked.js").fillList;
  const pressed: typeof import("./asked.js").pressed;
  const printed: typeof import("./joining.js").printed;
  const stepFrom: typeof import("./steps.js").stepFrom;
}
