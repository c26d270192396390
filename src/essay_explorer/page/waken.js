// @ts-check
/**
 * Run the page's modules once the text that is there is on the screen: a browser reads a script when it comes to it,
 * and would keep the first word waiting for that long. A page in the background paints nothing, and some browser
 * may not tell of it: PATIENCE is for these.
 */
(() => {
  const PATIENCE = 1_000; // ms: longer than a slow phone takes to paint
  const waken = () => {
    watching.disconnect();
    clearTimeout(late);
    const script = document.createElement("script");
    script.type = "module";
    script.textContent = document.getElementById("essay-explorer-modules")?.textContent ?? "";
    document.body.append(script);
  };
  const watching = new PerformanceObserver((paints) => {
    if (paints.getEntriesByName("first-contentful-paint").length) waken();
  });
  const late = setTimeout(waken, document.hidden ? 0 : PATIENCE);
  watching.observe({ type: "paint", buffered: true });
})();
