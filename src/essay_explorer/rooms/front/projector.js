// @ts-check
/** The projector's page: it follows the room, and changes nothing. Arrows step through the sentences most split. */
/** @import { News, OnWall, Shown, WallState } from "./types.d.ts" */

const LARGEST = 92; // px of a text that may shrink
const SMALLEST = 40; // px: read from eight metres
const STRAY = say("Open this page from the teacher’s page: it needs the key at the end of its address.");
const AWAY = say("Not connected. This page waits for the room.");

/** Let the text of the wall be as large as there is room for. @param {HTMLElement} wall */
function fitWall(wall) {
  let [low, high] = [SMALLEST, LARGEST];
  const fits = (/** @type {number} */ size) => {
    wall.style.setProperty("--size", `${size}px`);
    return wall.scrollHeight <= wall.clientHeight && wall.scrollWidth <= wall.clientWidth;
  };
  if (fits(high)) return;
  while (high - low > 2) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  fits(low);
}

/** Which sentence is looked at: what the teacher has put there, or where the arrows have led since. */
function createPlace() {
  let wall = "";
  let step = -1;
  return {
    /** @param {WallState} state @returns {OnWall | null} */
    now({ room, class: found }) {
      const given = JSON.stringify(room.wall);
      if (given !== wall) [wall, step] = [given, -1];
      const split = found?.split.length ? found.split : (found?.agreed ?? []);
      if (room.wall && step < 0) return room.wall;
      return split[Math.max(0, step) % Math.max(1, split.length)] ?? null;
    },
    /** @param {WallState} state @param {number} by */
    go({ class: found }, by) {
      const length = found?.split.length || found?.agreed.length || 1;
      step = (Math.max(step, by > 0 && wall !== "null" ? -1 : 0) + by + length) % length;
    },
  };
}

/** @param {News} news @param {Shown} shown */
function start(news, shown) {
  const key = takeKey(`essay-explorer-wall-${shown.code}`);
  const wall = h("div", { className: "wall" });
  const says = h("p", { className: "away", role: "status", hidden: true });
  const heading = h(
    "h1",
    { className: "heard" },
    say("Room {code}: {title}", { code: shown.code, title: shown.title }),
  );
  document.body.append(h("main", {}, heading, wall), says);
  addEventListener("hashchange", () => location.reload());
  if (!key) return wall.append(h("p", { className: "task" }, STRAY));
  const link = createLink(key);
  const place = createPlace();
  let state = /** @type {WallState | null} */ (null);
  let before = "";
  const draw = () => {
    if (!state) return;
    const at = place.now(state);
    const left = secondsLeft(state.room, link.now());
    const nodes = drawWall(shown, state, at, left);
    const now = nodes.map((node) => /** @type {HTMLElement} */ (node).outerHTML).join("");
    if (now === before) return;
    before = now;
    document.body.dataset.phase = state.room.phase;
    wall.replaceChildren(...nodes);
    fitWall(wall);
  };
  const look = async () => {
    const now = /** @type {WallState} */ (await link.get("wall"));
    shown.tags = now.tags;
    shown.sentences ??= (await link.get("wall/text")).sentences;
    state = now;
    draw();
  };
  const lookAgain = createLooking(look, (error) => {
    says.hidden = !error;
    says.textContent = error ? (error.status ? error.message : AWAY) : "";
  });
  lookAgain();
  news.listen("wall/news", lookAgain, link.headers);
  setInterval(() => {
    draw();
    if (says.hidden && isCutOff()) lookAgain();
  }, 1_000);
  addEventListener("resize", () => fitWall(wall));
  document.addEventListener("keydown", ({ key: pressed, ctrlKey, metaKey, altKey }) => {
    const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[pressed];
    if (!by || !state?.class || ctrlKey || metaKey || altKey) return;
    place.go(state, by);
    draw();
  });
}

export default { start };
