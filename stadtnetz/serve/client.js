// @ts-check
/**
 * The editor's side of the preview: says what this page shows, loads it anew or exchanges its style sheets when told to,
 * and lists the problems of the last build. It is put into pages on their way to the browser and is never in a built site.
 *
 * @typedef {{note: string, place: string, link: string}} Related
 * @typedef {{severity: string, label: string, code: string, place: string, link: string, message: string,
 *   excerpt: string, hint: string, related: Related[]}} Problem
 * @typedef {{key: string, severity: "error" | "warning" | "none", open: boolean, heading: string, note: string,
 *   problems: Problem[], close: string, editor: string, offline: string}} Notice
 */

const own = /** @type {HTMLScriptElement} */ (document.querySelector("script[data-preview]"));
const [madeFrom, atFirst] = (own.dataset.preview ?? "").split(" ");
let styledBy = atFirst;
let offline = "";
let shown = "";
let byItself = false;

/**
 * Make an element with a text in it.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} text
 * @param {string} [className]
 * @returns {HTMLElementTagNameMap[Name]}
 */
function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

/**
 * Make a place of its own in the page, a landmark: neither side's styles reach the other.
 * @param {string} name
 * @param {string} label
 * @returns {{root: ShadowRoot, styled: Promise<unknown>}}
 */
function apart(name, label) {
  const host = document.createElement(name);
  host.setAttribute("role", "region");
  host.setAttribute("aria-label", label);
  const root = host.attachShadow({ mode: "open" });
  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = new URL("notice.css", import.meta.url).href;
  const styled = new Promise((resolve) => {
    styles.addEventListener("load", resolve);
    styles.addEventListener("error", resolve);
  });
  root.append(styles);
  return { root, styled };
}

const { root, styled } = apart("stadtnetz-preview", own.dataset.name ?? "");
const badge = element("button", "", "badge");
badge.type = "button";
badge.hidden = true;
const state = element("p", "", "state");
state.setAttribute("role", "status");
const dialog = element("dialog", "");
dialog.setAttribute("aria-labelledby", "heading");
root.append(state, badge, dialog);
document.body.append(root.host);

badge.addEventListener("click", () => {
  dialog.showModal();
  byItself = false;
});
// Esc, the button and a click beside the dialog all end here; so does a mended error, which nobody closed.
dialog.addEventListener("cancel", () => closed());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) {
    dialog.close();
    closed();
  }
});

if (own.dataset.draft) {
  const mark = apart("stadtnetz-draft", own.dataset.draft).root;
  mark.append(element("p", own.dataset.draft, "draft"));
  document.body.prepend(mark.host);
}

/**
 * @param {string} text
 * @param {string} link
 * @returns {HTMLElement}
 */
function place(text, link) {
  const code = element("code", text);
  if (!link) return code;
  const anchor = element("a", "", "place");
  anchor.href = link;
  anchor.append(code);
  return anchor;
}

/**
 * @param {Problem} one
 * @param {Notice} notice
 * @returns {HTMLLIElement}
 */
function item(one, notice) {
  const found = element("li", "", one.severity);
  const heading = element("h3", "");
  heading.append(element("span", `${one.label}:`, "label"), " ", element("span", one.message));
  found.append(heading);
  if (one.excerpt) {
    const excerpt = element("pre", one.excerpt);
    excerpt.tabIndex = 0;
    excerpt.setAttribute("aria-label", one.place);
    excerpt.setAttribute("role", "group");
    found.append(excerpt);
  }
  if (one.hint) found.append(element("p", one.hint));
  for (const other of one.related) {
    const line = element("p", `${other.note}: `);
    line.append(place(other.place, other.link));
    found.append(line);
  }
  const where = element("p", "", "where");
  where.append(element("code", one.place));
  if (one.link) {
    const open = element("a", notice.editor);
    open.href = one.link;
    open.setAttribute("aria-label", `${notice.editor}: ${one.place}`);
    where.append(" ", open);
  }
  found.append(where);
  return found;
}

/** @param {Notice} notice */
function show(notice) {
  offline = notice.offline;
  state.textContent = "";
  badge.hidden = notice.severity === "none";
  badge.dataset.severity = notice.severity;
  badge.textContent = notice.heading;
  if (shown !== notice.key) {
    shown = notice.key;
    const close = element("button", notice.close);
    close.type = "button";
    close.addEventListener("click", () => {
      dialog.close();
      closed();
    });
    const heading = element("h2", notice.heading);
    heading.id = "heading";
    const list = element("ol", "");
    list.append(...notice.problems.map((one) => item(one, notice)));
    const bar = element("div", "", "bar");
    bar.append(heading, close);
    dialog.replaceChildren(bar, element("p", notice.note), list);
    dialog.lang = document.documentElement.lang;
  }
  // What opened by itself goes by itself when its errors are mended; what the editor opened stays.
  if (notice.severity === "none" || (byItself && !notice.open)) dialog.close();
  if (notice.open && !dialog.open) {
    dialog.showModal();
    byItself = true;
  }
}

/** Let the server know that what is listed was seen: it opens by itself only for something new. */
function closed() {
  if (socket.readyState === WebSocket.OPEN) say({ command: "closed", key: shown });
}

/**
 * Ask for the style sheets again and let go of the old ones when the new ones are there, so that nothing flickers.
 * @param {string} version
 */
function restyle(version) {
  styledBy = version;
  for (const old of document.querySelectorAll("link[rel=stylesheet]")) {
    if (!(old instanceof HTMLLinkElement) || new URL(old.href).origin !== location.origin) continue;
    const fresh = /** @type {HTMLLinkElement} */ (old.cloneNode());
    const address = new URL(old.href);
    address.searchParams.set("v", version);
    fresh.href = address.href;
    fresh.addEventListener("load", () => old.remove());
    fresh.addEventListener("error", () => fresh.remove());
    old.after(fresh);
  }
}

/** @type {WebSocket} */
let socket;

/** @param {object} message */
function say(message) {
  socket.send(JSON.stringify(message));
}

/** Keep a connection; when the preview is started again, the page finds it and asks what it missed. */
function connect() {
  socket = new WebSocket(`ws://${location.host}/livereload`);
  socket.addEventListener("open", () => {
    say({ command: "hello", protocols: ["http://livereload.com/protocols/official-7"] });
    say({ command: "info", url: location.href, madeFrom, styledBy });
  });
  socket.addEventListener("message", (event) => {
    const message = JSON.parse(event.data);
    if (message.command === "notice") styled.then(() => show(message));
    else if (message.command === "reload" && message.liveCSS) restyle(message.version);
    else if (message.command === "reload") location.reload();
  });
  socket.addEventListener("close", () => {
    state.textContent = offline;
    setTimeout(connect, 1000);
  });
}

connect();
