// @ts-check
/*
 * Applies what the reader has asked this device to remember. A plain script that the browser waits for: a module
 * would run after the first paint, and a page that was to be dark would flash. display.js writes what is read here.
 */
try {
  const kept = JSON.parse(localStorage.getItem("darstellung") || "null");
  if (kept) {
    document.documentElement.dataset.textSize = kept.textSize;
    document.documentElement.dataset.scheme = kept.scheme;
  }
} catch (_) {
  // Storage is switched off, or something else wrote to it: the page stays as the browser is set.
}
