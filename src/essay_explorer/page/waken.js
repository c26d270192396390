// @ts-check
/**
 * Run the page's modules once the text that is there has its frame: a browser reads a script when it comes to it, and
 * would keep the first word waiting for that long. A page in the background has no frame to wait for.
 */
(() => {
  const waken = () => {
    const script = document.createElement("script");
    script.type = "module";
    script.textContent = document.getElementById("essay-explorer-modules")?.textContent ?? "";
    document.body.append(script);
  };
  if (document.hidden) waken();
  else requestAnimationFrame(() => setTimeout(waken));
})();
