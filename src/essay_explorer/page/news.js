// @ts-check
/**
 * News from the server: what has changed while the page is open. A stream of server-sent events, while somebody
 * looks at the page; where a proxy keeps the stream back, the page asks now and then. A server that is gone is
 * waited for, and told which news was the last, so that nothing is missed.
 *
 * @typedef {{kind: string, data: any}} Piece
 * @typedef {{get: (key: string) => any, set: (key: string, value: any) => void, receive: (message: any) => void,
 *   on: (event: string, listener: (message: any) => void) => void}} Model
 */

const FIRST = 8_000; // ms until the first word of a stream; where it does not come, something keeps it back
const SILENCE = 25_000; // ms without the sign of life that the server sends every 10 s
const ASK = 10_000; // ms between two questions where no stream comes through
const AGAIN = [500, 1_000, 2_000, 4_000, 8_000]; // ms until a server that does not answer is tried again
const BACK = ["online", "essay-explorer-back"]; // on the window: network or server are there again, says who asked it

const wait = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Until `ready`, asked at each event of that name.
 * @param {EventTarget} target @param {string} name @param {() => boolean} ready
 */
const once = (target, name, ready) =>
  new Promise((done) => {
    const look = () => {
      if (!ready()) return;
      target.removeEventListener(name, look);
      done(null);
    };
    target.addEventListener(name, look);
    look();
  });

/**
 * Call `end` where a stream is not to go on: nobody looks at the page, and a browser has six streams for a server and
 * as many tabs; or network or server had been away, and a stream looks alive long after it is dead.
 * @param {() => void} end @returns {() => void} stops that
 */
function untilStale(end) {
  const ending = new AbortController();
  const { signal } = ending;
  document.addEventListener("visibilitychange", () => document.hidden && end(), { signal });
  for (const name of BACK) addEventListener(name, end, { signal });
  return () => ending.abort();
}

/**
 * Hear of news for as long as the stream lasts; whether there was any.
 * @param {string} address @param {(piece: Piece, id: string) => void} heard
 */
function stream(address, heard) {
  return new Promise((/** @type {(any: boolean) => void} */ done) => {
    const source = new EventSource(address);
    let any = false;
    const end = () => {
      clearTimeout(patience);
      stop();
      source.close();
      done(any);
    };
    const stop = untilStale(end);
    let patience = setTimeout(end, FIRST);
    source.addEventListener("message", ({ data, lastEventId }) => {
      any = true;
      clearTimeout(patience);
      patience = setTimeout(end, SILENCE);
      heard(JSON.parse(data), lastEventId);
    });
    source.addEventListener("error", end);
  });
}

/**
 * The same where the news is only for who shows a key, which an EventSource cannot.
 * @param {string} address @param {(piece: Piece, id: string) => void} heard @param {Record<string, string>} headers
 */
async function streamFor(address, heard, headers) {
  const ending = new AbortController();
  const end = () => ending.abort();
  const stop = untilStale(end);
  let patience = setTimeout(end, FIRST);
  let [any, rest] = [false, ""];
  try {
    const wanted = { ...headers, Accept: "text/event-stream" };
    const answer = await fetch(address, { cache: "no-store", headers: wanted, signal: ending.signal });
    const reader = answer.ok && answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    while (reader) {
      const { value, done } = await reader.read();
      if (done) break;
      const events = `${rest}${value}`.split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) {
        any = true;
        clearTimeout(patience);
        patience = setTimeout(end, SILENCE);
        const [, id = "", data = "null"] = /^id: (.*)\ndata: (.*)$/.exec(event) ?? [];
        heard(JSON.parse(data), id);
      }
    }
  } catch {} // it has ended, or been ended
  clearTimeout(patience);
  stop();
  return any;
}

/**
 * Call `heard` with all news at an address, for as long as the page is there.
 * @param {string} address @param {(piece: Piece) => void} heard
 * @param {Record<string, string>} [headers] with the key of who asks, where one is needed
 */
async function listen(address, heard, headers) {
  const mark = document.documentElement.dataset;
  let last = "";
  let silent = 0; // streams without a word, one after the other
  let failed = 0; // questions without an answer
  const at = () => `${address}?after=${encodeURIComponent(last)}`;
  await once(window, "load", () => document.readyState === "complete");
  await wait(0); // a stream that begins before the page has loaded keeps the browser's sign of loading up
  for (;;) {
    await once(document, "visibilitychange", () => !document.hidden);
    if (silent < 2) {
      const hear = (/** @type {Piece} */ event, /** @type {string} */ id) => {
        last = id || last;
        mark.news = "live";
        heard(event);
      };
      const any = await (headers ? streamFor(at(), hear, headers) : stream(at(), hear));
      silent = any ? 0 : silent + 1;
      await wait(AGAIN[any ? 0 : silent]);
    }
    if (silent < 2 || document.hidden) continue;
    try {
      const answer = await fetch(at(), { cache: "no-store", headers });
      const { last: id, events } = await answer.json();
      if (failed) silent = 0; // the server was away: a stream may come through again
      [last, failed] = [id, 0];
      mark.news = "asked";
      events.forEach(heard);
      if (silent) await wait(ASK);
    } catch {
      mark.news = "away";
      await wait(AGAIN[Math.min(failed, AGAIN.length - 1)] * (0.5 + Math.random()));
      failed += 1;
    }
  }
}

/**
 * Keep a page's models as the reading is: when one of its files has changed, every view draws itself anew, and what
 * the reader chose stays.
 * @param {Record<string, Model>} models @param {string} folder  that of the page's parts
 */
function follow(models, folder) {
  let renewing = /** @type {Promise<unknown>} */ (Promise.resolve());
  let revealed = false;
  /** Take over the traits of models that an answer brings. @param {Response} answer */
  const take = async (answer) => {
    const states = /** @type {Record<string, Record<string, any>>} */ (await answer.json());
    for (const [name, state] of Object.entries(states)) {
      for (const [key, value] of Object.entries(state)) models[name]?.set(key, value);
    }
    return states;
  };
  /** @returns {Promise<unknown>} */
  const renew = async (/** @type {string} */ version) => {
    if (models.Lens.get("content").fingerprint === version) return;
    if (revealed) return reveal();
    const answer = await fetch(`${folder}/content.json`, { cache: "no-cache" });
    if (!answer.ok) return;
    const states = await take(answer);
    document.title = states.Lens.content.title.map((/** @type {{text: string}} */ run) => run.text).join("");
  };
  /** A blind page asks for what it is without. */
  const reveal = async () => {
    const answer = await fetch(`${folder}/reading.json`, { method: "POST", cache: "no-store" });
    if (answer.ok) await take(answer);
    revealed ||= answer.ok;
    return answer.ok;
  };
  models.Lens.on("send", async (/** @type {any} */ message) => {
    if (message?.asked !== "reading") return;
    models.Lens.receive({ revealed: await reveal().catch(() => false) });
  });
  const tellNext = async () => {
    await once(window, "load", () => document.readyState === "complete");
    const answer = await fetch(`${folder}/next.json`, { cache: "no-cache" });
    if (answer.ok) models.Lens.set("next", await answer.json());
  };
  tellNext().catch(() => {}); // the ending does without
  const renewTo = (/** @type {string} */ version) => {
    renewing = renewing.then(() => renew(version)).catch(() => {});
  };
  models.Editor?.on("change:version", () => renewTo(models.Editor.get("version"))); // sooner than the news of it
  return listen(`${folder}/news`, ({ kind, data }) => {
    if (kind === "reading") renewTo(data.version);
  });
}

export default { follow, listen };
