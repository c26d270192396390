/**
 * What the modules that open a reader's own copy tell each other; no browser reads this file. Offsets are in UTF-16
 * units.
 */

import type { Content, Relation } from "../widgets/types.d.ts";

/** A stretch of the sealed text: where it starts among the words, and the keys of its runs. */
export type Part = { at: number; words: number; keys: string[] };
export type SealedPassage = {
  id: string;
  at: number;
  words: number;
  /** How many letters before its first word, and behind its last, belong to it. */
  head: number;
  tail: number;
  repeated: boolean;
  /** Fingerprints of all its words, and of each. */
  fingerprint: string;
  word_fingerprints: string;
  tags: string[];
  note: string;
  creator: string;
  created: string;
};
/** A sealed set, as own_copy.py writes it. */
export type Sealed = {
  name: string;
  /** Patterns of a word and of one without spaces around it; how many words, or letters of these, a minute has. */
  pace: { word: string; spaceless: string; words: number; letters: number };
  parts: Part[];
  annotations: SealedPassage[];
  relations: Relation[];
  /** Each alias of a tag with the tag, the longest first. */
  names: [alias: string, tag: string][];
};
/** The words of a text. */
export type Wording = {
  words: string[];
  spans: [start: number, end: number][];
  run(first: number, count: number): Uint8Array;
  digests(): Generator<Uint8Array>;
};
/** Where the words of a sealed passage stand in a copy. */
export type Place = {
  entry: SealedPassage;
  state: "exact" | "changed" | "lost";
  first: number;
  end: number;
  reason: string;
};
/** A sealed passage on the kept paragraphs of a copy, joined by blank lines. */
export type Attached = {
  id: string;
  state: Place["state"];
  reason: string;
  start: number;
  end: number;
  text: string;
};
/** What a copy and a sealed set make. */
export type Attachment = { paragraphs: string[]; passages: Attached[]; leftOut: string[] };
/** A model of a page, as snapshot.py describes it. */
export type Description<State = Record<string, unknown>> = {
  kind: string;
  state: State;
  shared: string[];
  layout: Record<string, string>;
};
/** The models of a page by name. */
export type States = { Lens: Description<{ content: Content } & Record<string, unknown>> } & Record<
  string,
  Description
>;

/** Files of one module, each built on those before it, share their names: own_copy.py joins them. */
declare global {
  const DRIFT: typeof import("./runs.js").DRIFT;
  const NEAR: typeof import("./runs.js").NEAR;
  const RUN: typeof import("./wording.js").RUN;
  const blake2b: typeof import("./blake2b.js").blake2b;
  const bisect: typeof import("./placing.js").bisect;
  const bytes: typeof import("./sha256.js").bytes;
  const contentOf: typeof import("./copy_content.js").contentOf;
  const findPlaces: typeof import("./placing.js").findPlaces;
  const fitted: typeof import("./fitting.js").fitted;
  const given: typeof import("./copy_text.js").given;
  const hex: typeof import("./sha256.js").hex;
  const hmac: typeof import("./sha256.js").hmac;
  const joined: typeof import("./sha256.js").joined;
  const sharedRuns: typeof import("./runs.js").sharedRuns;
  const sha256: typeof import("./sha256.js").sha256;
  const unhex: typeof import("./sha256.js").unhex;
  const wordingOf: typeof import("./wording.js").wordingOf;
}
