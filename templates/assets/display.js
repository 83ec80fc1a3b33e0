// @ts-check
/*
 * The panel "Darstellung": text size and colours, on top of what the reader's browser is set to. Its markup waits in
 * a <template> (templates/parts/display.html), and site.css says what each size and each choice of colours means.
 * Nothing outlives the page unless the reader ticks the box; display-early.js then applies it before the first paint.
 */

/** In per cent of the browser's own size. */
const SIZES = [90, 100, 115, 130, 160, 200];
const USUAL = 100;
/** The same word as in display-early.js. */
const KEY = "darstellung";

const root = document.documentElement;
const place = document.querySelector(".display-place");
const template = document.querySelector("#s-display-template");
if (place instanceof HTMLElement && template instanceof HTMLTemplateElement) {
  start(place, template);
}

/**
 * @param {HTMLElement} place where the button goes
 * @param {HTMLTemplateElement} template the panel
 */
function start(place, template) {
  const panel = find(document.importNode(template.content, true), ".display", HTMLDialogElement);
  const remember = find(panel, "[name=remember]", HTMLInputElement);
  const refused = find(panel, "[data-refused]", HTMLElement);

  remember.checked = isKept();
  showSize(panel);
  for (const choice of panel.querySelectorAll("[name=scheme]")) {
    if (choice instanceof HTMLInputElement && choice.value === root.dataset.scheme) choice.checked = true;
  }

  panel.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest("[data-step]") : null;
    if (pressed instanceof HTMLElement) {
      setSize(nextSize(Number(pressed.dataset.step)));
      showSize(panel);
      if (remember.checked) keep();
    }
  });
  panel.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement)) return;
    if (input.name === "scheme") root.dataset.scheme = input.value;
    if (remember.checked) {
      remember.checked = keep();
      refused.textContent = remember.checked ? "" : refused.dataset.refused || "";
    } else if (input === remember) {
      forget();
    }
  });

  place.append(opener(place.dataset.label || "", panel));
  place.after(panel);
}

/**
 * The button that opens the panel. A modal dialog: Escape closes it, and the focus comes back here, by the browser's
 * own doing; a press beside it closes it too. It stays where it is and as large as it is while the page changes, so
 * that "larger" can be pressed again without looking for it.
 *
 * @param {string} label
 * @param {HTMLDialogElement} panel
 */
function opener(label, panel) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "choice";
  button.textContent = label;
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("click", () => panel.showModal());
  find(panel, ".display__close", HTMLElement).addEventListener("click", () => panel.close());
  panel.addEventListener("click", (event) => {
    const box = panel.getBoundingClientRect();
    const beside = event.clientX < box.left || event.clientX > box.right || event.clientY > box.bottom;
    if (event.target === panel && beside) panel.close();
  });
  return button;
}

function currentSize() {
  const size = Number(root.dataset.textSize);
  return SIZES.includes(size) ? size : USUAL;
}

/** @param {number} step -1 for smaller, 1 for larger, 0 for the browser's own size */
function nextSize(step) {
  return step === 0 ? USUAL : SIZES[SIZES.indexOf(currentSize()) + step] || currentSize();
}

/** @param {number} size */
function setSize(size) {
  root.dataset.textSize = String(size);
}

/**
 * Say how large the text is, and which way there is no further. A button at its end stays in the order of focus:
 * a reader who has just pressed it must not lose the place.
 *
 * @param {HTMLElement} panel
 */
function showSize(panel) {
  const size = currentSize();
  const words = new Intl.NumberFormat(root.lang, { style: "percent" }).format(size / 100);
  find(panel, "output", HTMLElement).textContent = words;
  for (const step of [-1, 1]) {
    const atTheEnd = nextSize(step) === size;
    find(panel, `[data-step="${step}"]`, HTMLElement).setAttribute("aria-disabled", String(atTheEnd));
  }
}

/** Tell whether the reader has asked this device to remember. */
function isKept() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch (_) {
    return false;
  }
}

/** Remember the present choice; false where the browser does not allow it. */
function keep() {
  const choice = { textSize: String(currentSize()), scheme: root.dataset.scheme || "" };
  try {
    localStorage.setItem(KEY, JSON.stringify(choice));
    return true;
  } catch (_) {
    return false;
  }
}

function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch (_) {
    // What can't be written was never kept.
  }
}

/**
 * @template {Element} Kind
 * @param {ParentNode} inside
 * @param {string} selector
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
function find(inside, selector, kind) {
  const found = inside.querySelector(selector);
  if (!(found instanceof kind)) throw new TypeError(`no ${selector} in the panel`);
  return found;
}
