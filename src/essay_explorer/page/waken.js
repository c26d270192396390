// @ts-check
/**
 * Run the page's script once the text that is there has its frame: a browser reads a script when it comes to it, and
 * would keep the first word waiting for that long. A page in the background has no frame to wait for. Where the script
 * is a file that does not come, it is asked for again; the reader has the text meanwhile.
 */
(() => {
  const AGAIN = 1_000; // ms, and longer each time
  const LONGEST = 16_000;
  const place = document.getElementById("essay-explorer-modules");
  const waken = (/** @type {number} */ pause) => {
    const script = document.createElement("script");
    const address = place?.dataset.src;
    if (address) {
      script.src = address;
      script.onerror = () => {
        script.remove();
        setTimeout(waken, pause, Math.min(2 * pause, LONGEST));
      };
    } else {
      script.type = "module";
      script.textContent = place?.textContent ?? "";
    }
    document.body.append(script);
  };
  if (document.hidden) waken(AGAIN);
  else requestAnimationFrame(() => setTimeout(waken, 0, AGAIN));
})();
