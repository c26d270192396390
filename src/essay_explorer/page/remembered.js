// What the device remembers of the page, before its first word is drawn: widgets/comforts.js, essay_head.js.
try {
  const root = document.documentElement;
  if (localStorage.getItem("essay-explorer-begun")) root.classList.add("essay-explorer-begun");
  const comforts = Object.entries(JSON.parse(localStorage.getItem("essay-explorer-comforts") ?? "{}"));
  for (const [name, value] of comforts) root.setAttribute(`data-essay-${name}`, String(value));
} catch {}
