// Runs in every page that is measured, before its own scripts. Times are performance.now() of that page.
(() => {
  if (window.top !== window) return;
  const app = __APP__;
  const all = (css, tag = "") => document.querySelectorAll(css.replaceAll("{tag}", tag));
  const visible = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const shown = (css, tag = "") => [...all(css, tag)].some(visible);
  const applied = (tag) => app.applied.every((css) => shown(css, tag));
  const drawn = () => app.drawn.every((css) => shown(css));
  const faint = () => app.bars !== "" && [...all(app.bars)].some((bar) => Number(bar.getAttribute("opacity") ?? 1) < 0.5);
  const calm = (tag) => !applied(tag) && !faint();
  const seen = { painted: null, paragraph: null, filter: null, last: app.last ? null : 0 };
  const bench = (window.__bench = { seen, took: null, calm });

  // A frame is painted some time after its text was laid out; of the first one the browser tells when.
  new PerformanceObserver((paints) => {
    seen.painted = paints.getEntriesByName("first-contentful-paint")[0]?.startTime ?? seen.painted;
  }).observe({ type: "paint", buffered: true });

  // A control works when a click on it shows. So it is clicked as soon as it stands there, and again if
  // nothing came of it: its script may not have run yet.
  let tried = -Infinity;
  function tryFilter(now) {
    if (applied(app.first)) seen.filter = now;
    else if (now - tried > 50 && shown(app.control, app.first)) {
      tried = now;
      all(app.control, app.first)[0].click();
    }
  }
  function look() {
    if (seen.paragraph === null && shown(app.paragraph)) seen.paragraph = performance.now();
    if (seen.filter === null) tryFilter(performance.now());
    if (seen.last === null && all(app.last).length) seen.last = performance.now();
    if (Object.values(seen).includes(null)) requestAnimationFrame(look);
  }
  requestAnimationFrame(look);

  /** From the next press of the pointer to the frame after what it asks for is laid out: passages, a chart, or both. */
  const asked = { filter: applied, chart: drawn, both: (tag) => applied(tag) && faint() };
  bench.arm = (what, tag) => {
    let pressed = null;
    bench.took = null;
    addEventListener("pointerdown", (event) => (pressed = event.timeStamp), { capture: true, once: true });
    const wait = () => {
      if (pressed !== null && asked[what](tag)) requestAnimationFrame((now) => (bench.took = now - pressed));
      else requestAnimationFrame(wait);
    };
    requestAnimationFrame(wait);
  };

  /** Keep how long each frame takes from now on, in `bench.frames`. */
  bench.watch = () => {
    bench.frames = [];
    let before = null;
    const frame = (now) => {
      if (before !== null) bench.frames.push(now - before);
      before = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  };
})();
