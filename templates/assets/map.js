// @ts-check
/*
 * Narrows the map and its list in place, by state and by status together. The links lead to pages that show one state
 * or one status; here they lead to an address with both, so that a selection can be shared and "back" undoes it.
 */

/** @typedef {Record<string, string>} Wanted by field, "" for everything */

/** Names that site.css hides until their place is pointed at. */
const spare = document.querySelectorAll("[data-spare]");
const map = document.querySelector("#s-map");
const result = document.querySelector("[data-result]");
if (map instanceof HTMLElement && result instanceof HTMLElement) start(map, result);

/**
 * @param {HTMLElement} map
 * @param {HTMLElement} result where it says how many places there are
 */
function start(map, result) {
  const links = [...map.querySelectorAll("[data-field] a")].filter((one) => one instanceof HTMLAnchorElement);
  if (!("whole" in map.dataset)) {
    point(links, chosen(links), map.dataset.main || "");
    return;
  }
  const show = () => {
    const selection = asked(links);
    narrow(selection, result);
    mark(links, selection);
    point(links, selection, map.dataset.main || "");
  };
  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (link.href !== location.href) history.pushState(null, "", link.href);
      show();
    });
  }
  addEventListener("popstate", show);
  show();
}

/** @param {HTMLElement} link */
function fieldOf(link) {
  return link.closest("ul")?.dataset.field || "";
}

/**
 * What the address asks for, as far as there is a link for it.
 *
 * @param {HTMLAnchorElement[]} links
 */
function asked(links) {
  const query = new URLSearchParams(location.search);
  const known = links.filter((link) => link.dataset.value === query.get(fieldOf(link)));
  return Object.fromEntries(known.map((link) => [fieldOf(link), link.dataset.value || ""]));
}

/**
 * What the page shows that came.
 *
 * @param {HTMLAnchorElement[]} links
 */
function chosen(links) {
  const current = links.filter((link) => link.hasAttribute("aria-current"));
  return Object.fromEntries(current.map((link) => [fieldOf(link), link.dataset.value || ""]));
}

/**
 * Let each link lead to the selection that it would give.
 *
 * @param {HTMLAnchorElement[]} links
 * @param {Wanted} selection
 * @param {string} main
 */
function point(links, selection, main) {
  for (const link of links) {
    const wanted = { ...selection, [fieldOf(link)]: link.dataset.value || "" };
    const query = String(new URLSearchParams(Object.entries(wanted).filter(([, value]) => value).sort()));
    link.href = query ? `${main}?${query}` : main;
  }
}

/**
 * @param {HTMLAnchorElement[]} links
 * @param {Wanted} selection
 */
function mark(links, selection) {
  for (const link of links) {
    if (link.dataset.value === (selection[fieldOf(link)] || "")) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

/**
 * @param {Wanted} selection
 * @param {HTMLElement} result
 */
function narrow(selection, result) {
  const wanted = Object.entries(selection).filter(([, value]) => value);
  const outside = (/** @type {Element} */ one) =>
    wanted.some(([field, value]) => one.getAttribute(`data-${field}`) !== value);
  let number = 0;
  for (const row of document.querySelectorAll("tr[data-land]")) {
    row.toggleAttribute("hidden", outside(row));
    if (!outside(row)) number += 1;
  }
  for (const place of document.querySelectorAll(".map a")) place.toggleAttribute("hidden", outside(place));
  for (const arc of document.querySelectorAll("[data-ends]")) {
    const ends = (arc.getAttribute("data-ends") || "").split(" ");
    const missing = ends.some((id) => document.getElementById(`s-place-${id}`)?.hasAttribute("hidden"));
    arc.toggleAttribute("hidden", missing);
  }
  showNames(wanted.length > 0);
  const words = [result.dataset.none, result.dataset.one][number] || result.dataset.many || "";
  result.textContent = words.replace("#", String(number));
}

/**
 * Names that had no room among all the others may have some now.
 *
 * @param {boolean} narrowed
 */
function showNames(narrowed) {
  const room = [...document.querySelectorAll(".map a:not([hidden])")];
  for (const text of spare) text.setAttribute("data-spare", "");
  if (!narrowed) return;
  const boxes = room.flatMap((place) => [...place.querySelectorAll(".map__wide:not([data-spare]), use")]).map(box);
  for (const text of spare) {
    const place = text.closest("a");
    const own = box(text);
    if (!own.width || !place || place.hasAttribute("hidden")) continue;
    const mark = place.querySelector("use");
    const others = boxes.filter((one) => !mark || one.x !== box(mark).x || one.y !== box(mark).y);
    if (others.some((one) => meet(one, own))) continue;
    text.removeAttribute("data-spare");
    boxes.push(own);
  }
}

/** @param {Element} one */
function box(one) {
  return one.getBoundingClientRect();
}

/**
 * @param {DOMRect} a
 * @param {DOMRect} b
 */
function meet(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
