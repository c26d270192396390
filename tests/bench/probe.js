// Runs in every page that is measured, before its own scripts. Times are performance.now() of that page.
(() => {
  if (window.top !== window) return;
  const app = __APP__;
  const all = (css, tag) => document.querySelectorAll(css.replaceAll("{tag}", tag));
  const visible = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const shown = (css, tag) => [...all(css, tag)].some(visible);
  const applied = (tag) => app.applied.every((css) => shown(css, tag));
  const seen = { painted: null, paragraph: null, filter: null, linked: app.linked ? null : 0 };
  const bench = (window.__bench = { seen, took: null, applied });

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
    if (seen.linked === null && all(app.linked).length) seen.linked = performance.now();
    if (Object.values(seen).includes(null)) requestAnimationFrame(look);
  }
  requestAnimationFrame(look);

  /** From the next press of the pointer to the frame after the theme's passages are laid out. */
  bench.arm = (tag) => {
    let pressed = null;
    bench.took = null;
    addEventListener("pointerdown", (event) => (pressed = event.timeStamp), { capture: true, once: true });
    const wait = () => {
      if (pressed !== null && applied(tag)) requestAnimationFrame((now) => (bench.took = now - pressed));
      else requestAnimationFrame(wait);
    };
    requestAnimationFrame(wait);
  };
})();
