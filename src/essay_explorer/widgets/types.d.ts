/**
 * What the modules of the front end tell each other. No browser reads this file: it is for `tsc` and for people.
 * Offsets are half-open, `[start, end)`, in UTF-16 units of one paragraph's text, as JavaScript counts.
 */

export type Tag = {
  id: string;
  label: string;
  /** The label inside a sentence. */
  phrase: string;
  definition: string;
  code: string;
  /** The style of its line, and perhaps its weight: "dashed", "solid-thick". */
  line: string;
  /** On light and on dark paper. */
  colour: [string, string] | null;
  questions: string[];
  count: number;
};
export type Facet = {
  id: string;
  label: string;
  definition: string;
  role: "theme" | "move" | "person" | "other";
  tags: Tag[];
};
export type TagInFacet = Tag & { facet: Facet };

/** A label, and where it lies. */
export type Span<Label = string> = [label: Label, start: number, end: number];
export type Paragraph = {
  text: string;
  /** Spans of "em" and "strong". */
  emphasis?: Span[];
  /** Spans of passages, by their ids. */
  passages?: Span[];
  /** What it is, where it is no plain paragraph. */
  shape?: Shape;
  /** The number of its first sentence in the essay, and where each starts. */
  sentences?: { first: number; starts: number[] };
};
/**
 * What holds blocks. `value`: the number of an item, `figures`: how it is written, `marker`: what stands before it
 * where that is more than both. `rtl`: whether it is written from right to left.
 */
export type Frame = {
  kind: "quotation" | "ordered list" | "list" | "item" | "table";
  id: number;
  value?: number;
  figures?: "a" | "A" | "i" | "I";
  marker?: string;
  rtl?: boolean;
};
/**
 * What a block is; widgets/shapes.py makes it. `above`, and `below` the last paragraph: what stands there without text.
 */
export type Shape = {
  kind?: "heading" | "quotation" | "list item" | "verse" | "row" | "code" | "rule" | "picture" | "note";
  level?: number;
  indents?: number[];
  gaps?: number[];
  columns?: string[];
  header?: boolean;
  pictures?: { source: string; caption: string }[];
  frames?: Frame[];
  above?: Shape[];
  below?: Shape[];
};
/** `layer`: the id of the layer that it belongs to; none for the reading's own. */
export type Passage = {
  id: string;
  paragraph: number;
  tags: string[];
  note: string;
  creator: string;
  layer?: string;
};
export type Relation = { from: string; kind: string; to: string; note: string };
/** Text of which some is emphasised. */
export type Run = { text: string; em?: string[] };

/**
 * A piece of a paragraph over which the same spans lie. `sentence`: the number of the one that starts here.
 * `piece`: of its line or its cell, from 0.
 */
export type Segment = {
  text: string;
  start: number;
  em: string[];
  marks: string[];
  sentence?: number;
  piece?: number;
};
/** An annotation made in the browser; `spans`: the numbers of its paragraphs, from 1, and where it lies in them. */
export type Annotation = {
  id: string;
  tags: string[];
  note?: string;
  creator?: string;
  spans: [paragraph: number, start: number, end: number][];
};
/** Annotations of one origin: "mine", or whatever else was opened. Their notes are reasons. */
export type Layer = { id: string; label: string; annotations: Annotation[] };
export type Hit = { paragraph: number; start: number; end: number };

/** A mark as it is kept and as it travels. `created`, `changed`: moments in UTC, "2026-11-26T08:30:00.123Z". */
export type Mark = {
  id: string;
  quote: string;
  prefix: string;
  suffix: string;
  tags: string[];
  reason: string;
  creator: string;
  created: string;
  changed: string;
};
/** A mark, or what tells that one was removed. */
export type Entry = Mark | { id: string; removed: true; changed: string };
/** What a reader did in one act: each mark before and after it, null where there was none. */
export type Step = {
  id: string;
  time: number;
  changes: { id: string; before: Mark | null; after: Mark | null }[];
  undone: boolean;
  /** Whether typing goes on in it. */
  typing?: boolean;
};
/** News of marks: what changed, the steps of it, and the ids of steps that cannot be taken again. */
export type Kept = { entries: Entry[]; steps?: Step[]; dropped?: string[] };
export type DeviceNews = Kept & { forgotten?: boolean };
/** The text of which marks are. `key`: by what it is kept; `name`: by what another edition of it is known again. */
export type KeptText = { key: string; name: string; scope: string };
/** What keeps the marks of one text. */
export type Keeper = {
  load(): Promise<{ entries: Entry[]; steps: Step[] }>;
  put(news: Kept): Promise<void>;
  watch(listener: (news: DeviceNews) => void): void;
  forget(): Promise<void>;
  earlier(): Promise<Entry[]>;
};
/** What a keeper elsewhere tells: marks that it has from another device, and whether it can be reached. */
export type FarNews = { entries?: Entry[]; connected?: boolean };
/**
 * What keeps marks elsewhere too, such as the server of a room. `put` is done when they are kept for good, gets at most
 * fifty, and may get what it has already; what it will not keep it tells in a sentence, as `refused`. A promise that
 * fails means that it cannot be reached: it is asked again.
 */
export type FarKeeper = {
  load(): Promise<Entry[]>;
  put(entries: Entry[]): Promise<{ refused?: string } | undefined>;
  watch(listener: (news: FarNews) => void): void;
};
/**
 * Where marks are kept elsewhere. `scope`: by what they are kept apart on the device from marks on the same text;
 * `keeper`: makes the keeper of a text, which lasts until the signal.
 */
export type FarPlace = { scope: string; keeper: (text: KeptText, signal: AbortSignal) => FarKeeper };
/** How far marks have come elsewhere. `refusal`: what it will not keep, in a sentence. */
export type FarState = { sent: boolean; connected: boolean; refusal: string };
/** Where marks are kept, how many are not yet, what is wrong, and how far they have come elsewhere. */
export type KeptState = {
  where: "device" | "file" | "nowhere";
  name: string;
  waiting: number;
  fault: string;
  far: FarState | null;
};
/** What a file of marks holds. `unreadable`: how many of them were none. */
export type OpenedFile = { essay: string; title: string; person: string; marks: Mark[]; unreadable: number };
/** Somebody else's marks, opened beside one's own. */
export type OthersLayer = { id: string; label: string; marks: Mark[] };
export type MarksTraits = {
  lens: string;
  marks: Mark[];
  removed: Record<string, string>;
  others: OthersLayer[];
  file: string;
  creator: string;
  task: Task;
};
/** What a class is asked to mark; {} where nobody asks. */
export type Task = {
  tags?: string[];
  marks?: number;
  reasons?: number;
  due?: string;
  title?: string;
  blind?: boolean;
  /** Which pass of the class it is, from 1. */
  pass?: number;
  /** With what the name of the file begins that is handed in. */
  file?: string;
};
/** What a room tells everybody in it. Moments are the server's, in ISO 8601. */
export type RoomShown = {
  code: string;
  title: string;
  essay: string;
  phase: "join" | "read" | "mark" | "reveal" | "discuss" | "revise" | "end";
  since: string;
  now: string;
  until: string;
  version: number;
  locked: boolean;
  revealed: boolean;
  task: {
    tags: string[];
    marks: number;
    most: number;
    reasons: number;
    minutes: number;
    read_minutes: number;
    revise_minutes: number;
    blind: boolean;
    talk_first: boolean;
    reasons_seen: boolean;
  };
  /** The task in a sentence. */
  words: string;
  sentences: number;
  wall: { sentence: number; tag: string } | null;
};
/** What a room tells one pupil: itself, their seat, their own marks. */
export type Own = {
  room: RoomShown;
  you: {
    name: string;
    return_code: string;
    group: number | null;
    /** When each pass was, by its number. */
    handed_in: Record<string, string>;
    pass: number;
    may_mark: boolean;
    why: string;
    sees_class: boolean;
    /** The refs of what they agree with. */
    hands: string[];
  };
  marks: Entry[];
  /** The marks of the first pass, in the second. */
  first?: Entry[];
};
/** How many gave a tag to a sentence; `count` is null where they are few. */
export type Share = { sentence: number; tag: string; count: number | null; few: boolean };
/** A reason that others may read. */
export type Said = {
  ref: string;
  sentences: [first: number, last: number];
  tags: string[];
  text: string;
  /** How many agree. */
  hands: number;
};
export type Reply = {
  ref: string;
  sentence: number;
  tag: string;
  view: "" | "yes" | "no";
  text: string;
  hands: number;
};
/** What those are told who see the class. `teacher`: the reading's own annotations, once they are shown. */
export type TheClass = {
  pass: number;
  readers: number;
  shares: Share[];
  agreed: Share[];
  split: Share[];
  untouched: number[];
  reasons: Said[];
  replies: Reply[];
  moved?: string;
  /** The numbers of the pupil's own group, where there are groups. */
  group?: { group: number; readers: number; shares: Share[] };
  teacher?: {
    id: string;
    quote: string;
    prefix: string;
    suffix: string;
    tags: string[];
    note: string;
    sentences: number[];
  }[];
};
/** A piece of news of a room. */
export type Piece = { kind: string; data: unknown };
export type SeatTraits = { lens: string; marks: string; code: string; until: string };

/** What the marks give to the views. */
export type Marks = ReturnType<typeof import("./marks.js").createMarks>;
/** What the text needs to let somebody choose in it: marks have it, and what an author chooses with. */
export type Chooser = Pick<
  Marks,
  | "choice"
  | "choose"
  | "explainNow"
  | "go"
  | "isChoosing"
  | "measure"
  | "observe"
  | "offerSelection"
  | "leadBack"
  | "removeChosen"
  | "sentences"
  | "spansOf"
  | "start"
  | "step"
  | "take"
  | "tap"
  | "text"
  | "toggle"
>;
/** What choosing gives to the views of an author. */
export type Choosing = ReturnType<typeof import("./choosing.js").createChoosing>;

/** A reading as the page shows it; widgets/content.py makes it. */
export type Content = {
  /** How many paragraphs of the whole text come before an excerpt; absent where it is all of it. */
  before?: number;
  /** What it is called in the library. */
  name: string;
  fingerprint: string;
  /** The fingerprint of its text alone, to which marks belong. */
  essay: string;
  language: string;
  title: Run[];
  subtitle: Run[];
  after: Run[];
  about: Run[];
  /** What the chart "Where" says, "" where nothing is marked. */
  finding: string;
  author: string;
  subject: string;
  license: string;
  /** Where the text, or the work that it retells, can be had. */
  url: string;
  minutes: number;
  facets: Facet[];
  /** Of a long text: the number of each heading, and how deep it is, from 0. */
  contents?: [number: number, depth: number][];
  paragraphs: Paragraph[];
  passages: Passage[];
  relations: Relation[];
  /** The stops of the tour, each at a passage. */
  tour: { at: string; title: string; text: string }[];
  faults: string[];
  /** Whether the page is without the reading's own layer until its reader has marked something. */
  blind?: boolean;
  /** Whether the page is somebody's homework. */
  homework?: boolean;
  /** Where one's own copy of the original is opened. */
  copy?: string;
  /** Where the reading opens in a JupyterLab of the reader's own. */
  lab?: string;
};

/** What a reader changes. */
export type State = {
  chosen: string[];
  excluded: string[];
  match: "any" | "all";
  show: "mark" | "dim" | "only";
  query: string;
  within: number[];
  at: string;
  chart: string;
  /** The number of the stop on the tour, from 1; 0 at rest. */
  tour: number;
  /** The ids of the layers that are off. */
  hidden: string[];
  /** The id of the layer that mine is compared with; "" for none. */
  differ: string;
};

/** A chart of the reading, or one of the author's own, as the panel shows it. */
export type Chart = {
  name: string;
  label: string;
  /** What the button says that shows it, where it is another way to draw the chart before it. */
  variant?: string;
  title: string;
  summary: string;
  /** The first sentence of it, and where the numbers come from: they stand on a saved picture. */
  how: string;
  source: string;
  columns: [field: string, heading: string][];
  rows: Datum[];
  /** By field what a reader is told in place of some of its values. */
  values?: Record<string, Record<string, string>>;
  spec: ChartSpec;
};
/** What a mark of a chart, or a row of its table, stands for. */
export type Datum = {
  passage?: string;
  from?: string;
  tag?: string;
  tags?: string[];
  paragraph?: number;
  [field: string]: unknown;
};
/** Vega as far as it is read here; one's own charts are Vega-Lite, of which only the title and the description are. */
export type ChartSpec = {
  title?: string | { text: string | string[] };
  description?: string;
  data?: { name: string; values?: Datum[] }[] | { name: string };
  scales?: { name: string; domain?: unknown }[];
  usermeta?: { drag?: "words" | "paragraphs"; paragraphs?: [first: number, last: number][] };
};
/** Vega's view, as far as it is used here. */
export type VegaView = {
  finalize(): void;
  getState(): { signals: Record<string, unknown> };
  signal(name: string): unknown;
  signal(name: string, value: unknown): VegaView;
  data(name: string, values: Datum[]): VegaView;
  runAsync(): Promise<VegaView>;
  toSVG(): Promise<string>;
  toCanvas(scale: number): Promise<HTMLCanvasElement>;
  addEventListener(type: "click", listener: (event: Event, item?: { datum?: Datum }) => void): void;
};
export type Embed = (
  element: HTMLElement,
  spec: object,
  options: object,
) => Promise<{ view: VegaView; finalize(): void }>;

/** A widget's model: anywidget's contract, which host.js follows too. */
export type Model<Traits> = {
  get<Name extends keyof Traits>(name: Name): Traits[Name];
  set<Name extends keyof Traits>(name: Name, value: Traits[Name]): void;
  save_changes(): void;
  send(content: unknown): void;
  // biome-ignore lint/suspicious/noExplicitAny: an event brings what it brings
  on(event: string, listener: (...news: any[]) => void): void;
  // biome-ignore lint/suspicious/noExplicitAny: the same
  off(event: string, listener: (...news: any[]) => void): void;
};
/** How a view finds the widgets that it refers to. */
export type Host = {
  getModel<Traits>(reference: string): Promise<Model<Traits>>;
  getWidget<Exports>(reference: string): Promise<{
    exports: Exports;
    render(where: { el: HTMLElement; signal?: AbortSignal }): Promise<void>;
  }>;
};
export type View<Traits> = { model: Model<Traits>; el: HTMLElement; signal: AbortSignal; host: Host };

/**
 * What a reader has opened: a passage or a paragraph, a chart, a stop, a comparison, the sheet of controls, the text on
 * the wall, marking.
 */
export type Opened = {
  at: string;
  chart: string;
  tour: number;
  differ?: string;
  unfolded: boolean;
  menu?: string;
  presenting: boolean;
  marking?: boolean;
};
/** A reading on the shelf beside this one. */
export type Neighbour = { address: string; title: Run[] };
export type LensTraits = State & { content: Content; address: string; file: string; next?: Neighbour };
/** Traits of a view that a host may ask for: its style sheet, and what its lens sees. */
export type Dressed = Model<{ _css: string; seen: State }>;
export type Tell = (model: Dressed, signal: AbortSignal) => void;
export type Dress = <Traits>(model: Model<Traits>, el: HTMLElement, signal: AbortSignal) => boolean;
export type LensView = { lens: string };
export type MarkingView = { lens: string; marks: string | null };
/** What the lens gives to its views. */
export type Lens = ReturnType<typeof import("./lens.js").createLens>;

/** Files of one module, each built on those before it, share their names: module.py joins them. */
declare global {
  // say.js, for all
  const say: typeof import("./say.js").say;
  const LANGUAGE: typeof import("./say.js").LANGUAGE;
  const DATES: typeof import("./say.js").DATES;
  const sayN: typeof import("./say.js").sayN;
  const sayAround: typeof import("./say.js").sayAround;
  // content.js, for those below and for lens.js
  const AT_REST: typeof import("./content.js").AT_REST;
  const dropped: typeof import("./content.js").dropped;
  const grouped: typeof import("./content.js").grouped;
  const hasPlace: typeof import("./content.js").hasPlace;
  const inTextOrder: typeof import("./content.js").inTextOrder;
  const numberOf: typeof import("./content.js").numberOf;
  const focusPlaces: typeof import("./content.js").focusPlaces;
  const segmentsOf: typeof import("./content.js").segmentsOf;
  const tagsOf: typeof import("./content.js").tagsOf;
  const textsOf: typeof import("./content.js").textsOf;
  // finding.js, for lens.js
  const foldedBy: typeof import("./finding.js").foldedBy;
  const hitsIn: typeof import("./finding.js").hitsIn;
  const hitsOf: typeof import("./finding.js").hitsOf;
  const passagesOf: typeof import("./finding.js").passagesOf;
  const showing: typeof import("./finding.js").showing;
  // lens_words.js, for lens.js
  const sentence: typeof import("./lens_words.js").sentence;
  // lens_hash.js, for lens.js
  const fromHash: typeof import("./lens_hash.js").fromHash;
  const hashOf: typeof import("./lens_hash.js").hashOf;
  const placeAsked: typeof import("./lens_hash.js").placeAsked;
  // layers.js and contents.js, for lens.js
  const MINE: typeof import("./layers.js").MINE;
  const READING: typeof import("./layers.js").READING;
  const createContents: typeof import("./contents.js").createContents;
  const createLayering: typeof import("./layers.js").createLayering;
  const checkLayers: typeof import("./layers.js").checkLayers;
  const whoseOf: typeof import("./layers.js").whoseOf;
  const notebookCell: typeof import("./notebook_cell.js").notebookCell;
  // differences.js, for lens.js
  const SIGNS: typeof import("./differences.js").SIGNS;
  const compared: typeof import("./differences.js").compared;
  const findingOf: typeof import("./differences.js").findingOf;
  // differ_sentence.js, for differ.js
  const differenceBeside: typeof import("./differ_sentence.js").differenceBeside;
  const sentenceView: typeof import("./differ_sentence.js").sentenceView;
  const tableView: typeof import("./differ_sentence.js").tableView;
  const wordsOf: typeof import("./differ_sentence.js").wordsOf;
  // checklist.js, for homework.js and seat.js
  const drawChecks: typeof import("./checklist.js").drawChecks;
  const missingInWords: typeof import("./checklist.js").missingInWords;
  const partInWords: typeof import("./checklist.js").partInWords;
  const progress: typeof import("./checklist.js").progress;
  // seat_link.js to seat_task.js, for each other and for seat.js
  const Refusal: typeof import("./seat_link.js").Refusal;

  const createAgain: typeof import("./seat_link.js").createAgain;
  const createAsking: typeof import("./seat_link.js").createAsking;
  const createNewest: typeof import("./seat_link.js").createNewest;
  const makeToken: typeof import("./seat_link.js").makeToken;
  const createRoom: typeof import("./seat_room.js").createRoom;
  const placeOf: typeof import("./seat_keeper.js").placeOf;
  const clock: typeof import("./seat_words.js").clock;
  const closingInWords: typeof import("./seat_words.js").closingInWords;
  const handedIn: typeof import("./seat_words.js").handedIn;
  const nowInWords: typeof import("./seat_words.js").nowInWords;
  const reached: typeof import("./seat_words.js").reached;
  const createDoor: typeof import("./seat_door.js").createDoor;
  const createTask: typeof import("./seat_task.js").createTask;
  const createHandIn: typeof import("./seat_hand_in.js").createHandIn;
  const createWarning: typeof import("./seat_hand_in.js").createWarning;
  const sentInWords: typeof import("./seat_task.js").sentInWords;
  const besideInWords: typeof import("./seat_shares.js").besideInWords;
  const markedBy: typeof import("./seat_shares.js").markedBy;
  const classLayer: typeof import("./seat_shares.js").classLayer;
  const differingShares: typeof import("./seat_shares.js").differingShares;
  const ownShares: typeof import("./seat_shares.js").ownShares;
  const placesOf: typeof import("./seat_shares.js").placesOf;
  const shareInWords: typeof import("./seat_shares.js").shareInWords;
  const createClass: typeof import("./seat_class.js").createClass;
  const createNumbers: typeof import("./seat_numbers.js").createNumbers;
  const createTalk: typeof import("./seat_talk.js").createTalk;
  const createEnd: typeof import("./seat_revise.js").createEnd;
  const createRevise: typeof import("./seat_revise.js").createRevise;
  // dom.js, for lens.js
  const copyButton: typeof import("./dom.js").copyButton;
  const facetName: typeof import("./dom.js").facetName;
  const h: typeof import("./dom.js").h;
  const memory: typeof import("./dom.js").memory;
  const paint: typeof import("./dom.js").paint;
  const press: typeof import("./dom.js").press;
  // shadow.js, for lens.js
  const createDressing: typeof import("./shadow.js").createDressing;
  const focused: typeof import("./shadow.js").focused;
  const prose: typeof import("./dom.js").prose;
  const saveFile: typeof import("./dom.js").saveFile;
  const setText: typeof import("./dom.js").setText;
  const signButton: typeof import("./dom.js").signButton;
  const short: typeof import("./dom.js").short;
  // fingerprint.js to picture.js, for each other and for lens.js
  const arcsOf: typeof import("./fingerprint.js").arcsOf;
  const barsOf: typeof import("./fingerprint.js").barsOf;
  const lanesOf: typeof import("./fingerprint.js").lanesOf;
  const stretchesOf: typeof import("./fingerprint.js").stretchesOf;
  const drawLine: typeof import("./typesetting.js").drawLine;
  const evenLines: typeof import("./typesetting.js").evenLines;
  const isFromRight: typeof import("./typesetting.js").isFromRight;
  const linesOf: typeof import("./typesetting.js").linesOf;
  const EDGE: typeof import("./paper.js").EDGE;
  const INK: typeof import("./paper.js").INK;
  const ROOM: typeof import("./paper.js").ROOM;
  const SOFT: typeof import("./paper.js").SOFT;
  const TALL: typeof import("./paper.js").TALL;
  const WIDE: typeof import("./paper.js").WIDE;
  const createPaper: typeof import("./paper.js").createPaper;
  const drawColours: typeof import("./paper.js").drawColours;
  const fitting: typeof import("./paper.js").fitting;
  const drawFoot: typeof import("./paper.js").drawFoot;
  const setFace: typeof import("./paper.js").setFace;
  const drawEssay: typeof import("./essay_picture.js").drawEssay;
  const fingerprintOf: typeof import("./essay_picture.js").fingerprintOf;
  const drawPassage: typeof import("./passage_picture.js").drawPassage;
  const sentencesAround: typeof import("./passage_picture.js").sentencesAround;
  const sendPicture: typeof import("./picture.js").sendPicture;
  // block.js to essay_hits.js, for essay_text.js
  const arrange: typeof import("./block.js").arrange;
  const createBare: typeof import("./block.js").createBare;
  const createBlock: typeof import("./block.js").createBlock;
  const fillBlock: typeof import("./block.js").fillBlock;
  const framed: typeof import("./block.js").framed;
  const against: typeof import("./lines.js").against;
  const drawCodes: typeof import("./lines.js").drawCodes;
  const drawLines: typeof import("./lines.js").drawLines;
  const laned: typeof import("./lines.js").laned;
  const marking: typeof import("./lines.js").marking;
  const nameOf: typeof import("./lines.js").nameOf;
  const placeCodes: typeof import("./lines.js").placeCodes;
  const setProperty: typeof import("./lines.js").setProperty;
  const createArticle: typeof import("./article.js").createArticle;
  const createPassageNotes: typeof import("./margin_notes.js").createPassageNotes;
  const createParagraph: typeof import("./paragraph.js").createParagraph;
  const createHead: typeof import("./essay_head.js").createHead;
  const createLegend: typeof import("./essay_head.js").createLegend;
  const createFocus: typeof import("./essay_focus.js").createFocus;
  const createReach: typeof import("./essay_focus.js").createReach;
  const createHits: typeof import("./essay_hits.js").createHits;
  const createEnding: typeof import("./ending.js").createEnding;
  const createStops: typeof import("./stops.js").createStops;
  const tourButton: typeof import("./begin_tour.js").tourButton;
  const createDifferenceSigns: typeof import("./difference_signs.js").createDifferenceSigns;
  const createStrip: typeof import("./strip.js").createStrip;
  const drawParagraph: typeof import("./paragraph.js").drawParagraph;
  const isThere: typeof import("./article.js").isThere;
  const keyOf: typeof import("./paragraph.js").keyOf;
  const rangeOf: typeof import("./paragraph.js").rangeOf;
  const renumber: typeof import("./paragraph.js").renumber;
  const watchNearness: typeof import("./article.js").watchNearness;
  const createMarking: typeof import("./marking.js").createMarking;
  const createScroll: typeof import("./reading_place.js").createScroll;
  const frameOf: typeof import("./reading_place.js").frameOf;
  const inPlace: typeof import("./reading_place.js").inPlace;
  const addMarkingKeys: typeof import("./marking_keys.js").addMarkingKeys;
  const boxAround: typeof import("./text_places.js").boxAround;
  const rangesOver: typeof import("./text_places.js").rangesOver;
  const selectedIn: typeof import("./text_places.js").selectedIn;
  // bell.js to marking_acts.js, for each other and for marks.js
  const createBell: typeof import("./bell.js").createBell;
  const quoteAt: typeof import("./anchoring.js").quoteAt;
  const reanchored: typeof import("./anchoring.js").reanchored;
  const spansOf: typeof import("./anchoring.js").spansOf;
  const stretchOf: typeof import("./anchoring.js").stretchOf;
  const wholeText: typeof import("./anchoring.js").wholeText;
  const moved: typeof import("./stretches.js").moved;
  const sentenceAt: typeof import("./stretches.js").sentenceAt;
  const sentencesOf: typeof import("./stretches.js").sentencesOf;
  const trimmed: typeof import("./stretches.js").trimmed;
  const wholeLetters: typeof import("./stretches.js").wholeLetters;
  const choiceInWords: typeof import("./choice.js").choiceInWords;
  const stepped: typeof import("./choice.js").stepped;
  const tapped: typeof import("./choice.js").tapped;
  const createChosen: typeof import("./choice.js").createChosen;
  const createSteps: typeof import("./mark_steps.js").createSteps;
  const createStore: typeof import("./mark_store.js").createStore;
  const keptText: typeof import("./mark_editions.js").keptText;
  const createMarkSet: typeof import("./mark_set.js").createMarkSet;
  const entryIn: typeof import("./mark_set.js").entryIn;
  const isMark: typeof import("./mark_set.js").isMark;
  const makeId: typeof import("./mark_set.js").makeId;
  const fileOf: typeof import("./mark_file.js").fileOf;
  const plainTitle: typeof import("./mark_file.js").plainTitle;
  const readFile: typeof import("./mark_file.js").readFile;
  const checkNumber: typeof import("./mark_file.js").checkNumber;
  const marksIn: typeof import("./mark_file.js").marksIn;
  const readTable: typeof import("./mark_table.js").readTable;
  const tableOf: typeof import("./mark_table.js").tableOf;
  const createDevice: typeof import("./device.js").createDevice;
  const createKeeping: typeof import("./keeping.js").createKeeping;
  const createSending: typeof import("./sending.js").createSending;
  const createKeepers: typeof import("./keepers.js").createKeepers;
  const createEditions: typeof import("./mark_editions.js").createEditions;
  const marksInWords: typeof import("./keeping.js").marksInWords;
  const createPlaces: typeof import("./mark_places.js").createPlaces;
  const layersOf: typeof import("./mark_places.js").layersOf;
  const createChoosingActs: typeof import("./choosing_acts.js").createChoosingActs;
  const labelsOf: typeof import("./choosing_acts.js").labelsOf;
  const createMarkingActs: typeof import("./marking_acts.js").createMarkingActs;
  // mark_questions.js to mark_matches.js, for each other and for mark_sheet.js
  const createQuestions: typeof import("./mark_questions.js").createQuestions;
  const createTags: typeof import("./mark_tags.js").createTags;
  const createBar: typeof import("./mark_bar.js").createBar;
  const someMarks: typeof import("./mark_bar.js").someMarks;
  const createCopiesMenu: typeof import("./mark_copies.js").createCopiesMenu;
  const createNotices: typeof import("./mark_copies.js").createNotices;
  const createMatches: typeof import("./mark_matches.js").createMatches;
  // lens_acts.js, lens_address.js and openings.js, for lens.js
  const createActs: typeof import("./lens_acts.js").createActs;
  const without: typeof import("./lens_acts.js").without;
  const createAddress: typeof import("./lens_address.js").createAddress;
  const isPublic: typeof import("./lens_address.js").isPublic;
  const createOpenings: typeof import("./openings.js").createOpenings;
  // tag_definition.js to key_help.js, for theme_filter.js
  const createDefinition: typeof import("./tag_definition.js").createDefinition;
  const define: typeof import("./tag_definition.js").define;
  const createFacets: typeof import("./tag_chips.js").createFacets;
  const createConcordance: typeof import("./concordance.js").createConcordance;
  const createFinder: typeof import("./word_finder.js").createFinder;
  const createLayerSwitches: typeof import("./layer_switches.js").createLayerSwitches;
  const createKeyHelp: typeof import("./key_help.js").createKeyHelp;
  const createShareMenu: typeof import("./share_menu.js").createShareMenu;
  const createStatus: typeof import("./lens_status.js").createStatus;
  // passage_body.js, for passage_card.js
  const contentsOf: typeof import("./passage_body.js").contentsOf;
  // editor_sender.js to editor_text.js, for each other and for editor.js
  const createSender: typeof import("./editor_sender.js").createSender;
  const createBuilders: typeof import("./editor_forms.js").createBuilders;
  const createTeller: typeof import("./editor_forms.js").createTeller;
  const keepingFocus: typeof import("./editor_forms.js").keepingFocus;
  const linesIn: typeof import("./editor_forms.js").linesIn;
  const changesIn: typeof import("./editor_tag_form.js").changesIn;
  const createTagForm: typeof import("./editor_tag_form.js").createTagForm;
  const createThemes: typeof import("./editor_themes.js").createThemes;
  const createEdges: typeof import("./mark_edges.js").createEdges;
  const createAllLost: typeof import("./editor_lost.js").createAllLost;
  const createPassageTab: typeof import("./editor_passage.js").createPassageTab;
  const createRelations: typeof import("./editor_relations.js").createRelations;
  const createTourTab: typeof import("./editor_tour.js").createTourTab;
  const createFacts: typeof import("./editor_facts.js").createFacts;
  const createTextTab: typeof import("./editor_text.js").createTextTab;
  // comforts.js, whereabouts.js, bookmark.js and presenting.js, for explorer.js
  const createBookmark: typeof import("./bookmark.js").createBookmark;
  const createComforts: typeof import("./comforts.js").createComforts;
  const createPresenting: typeof import("./presenting.js").createPresenting;
  const createWhereabouts: typeof import("./whereabouts.js").createWhereabouts;
  // chart_data.js to chart_saving.js, for each other and for chart_panel.js
  const ROWS: typeof import("./chart_counts.js").ROWS;
  const countedIn: typeof import("./chart_counts.js").countedIn;
  const decimal: typeof import("./chart_counts.js").decimal;
  const saidIn: typeof import("./chart_counts.js").saidIn;
  const enumerated: typeof import("./chart_findings.js").enumerated;
  const rounded: typeof import("./chart_counts.js").rounded;
  const tagsOfRole: typeof import("./chart_counts.js").tagsOfRole;
  const wordsIn: typeof import("./chart_counts.js").wordsIn;
  const findingIn: typeof import("./chart_findings.js").findingIn;
  const createLayeredCharts: typeof import("./chart_layers.js").createLayeredCharts;
  const addDrag: typeof import("./chart_drawing.js").addDrag;
  const createPicture: typeof import("./chart_drawing.js").createPicture;
  const isDark: typeof import("./chart_drawing.js").isDark;
  const watchColours: typeof import("./chart_drawing.js").watchColours;
  const createButton: typeof import("./chart_controls.js").createButton;
  const createRange: typeof import("./chart_controls.js").createRange;
  const createTabs: typeof import("./chart_controls.js").createTabs;
  const createVariant: typeof import("./chart_controls.js").createVariant;
  const createSaves: typeof import("./chart_saving.js").createSaves;
  const createTable: typeof import("./chart_table.js").createTable;
  const changesFor: typeof import("./chart_data.js").changesFor;
  const createLoader: typeof import("./chart_data.js").createLoader;
  const csv: typeof import("./chart_data.js").csv;
  const ownChart: typeof import("./chart_data.js").ownChart;
  const paragraphsIn: typeof import("./chart_data.js").paragraphsIn;
  const readable: typeof import("./chart_data.js").readable;
}
