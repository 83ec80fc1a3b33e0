// @ts-check
/*
 * The search. Its form stands in the page (templates/search.html); the index and the program that reads it (Pagefind)
 * are loaded with the first question. The address holds what was asked, so that a result can be passed on and "back"
 * leads to the question before. Nothing is stored.
 *
 * An engine is the index of one language, in folders that are searched together. The engine of the page's language
 * comes first; what it holds is not shown a second time in another language.
 */

/** @typedef {{ title: string, kind: string, states: string[], year: string, language: string, versions: string[] }} Facts */
/** @typedef {{ facts: Facts, shard: string, words: number[], data: () => Promise<Page> }} Hit */
/** @typedef {{ content: string, raw_url: string, meta: Record<string, string> }} Page */
/** @typedef {{ language: string, ask: (query: string) => Promise<Hit[]> }} Engine */
/** @typedef {{ text: string, hit: boolean }} Piece */

const PAGE = 10;
/** How many words an excerpt has. */
const WINDOW = 32;
/** Letters at the end of a word that its other forms may lack: "Beteiligungen" is found in "beteiligt". */
const ENDING = 5;
const FACETS = ["kind", "state", "year"];

const form = document.querySelector(".search");
if (form instanceof HTMLFormElement) start(form);

/** @param {HTMLFormElement} form */
function start(form) {
  const field = find(document, "#s-query", HTMLInputElement);
  const status = find(document, "#s-status", HTMLElement);
  const list = made("ol", "rows rows--text");
  const more = find(document, "#s-more", HTMLElement);
  const facets = find(form, "#s-facets", HTMLElement);
  const selects = FACETS.map((name) => form.querySelector(`[name=${name}]`)).filter(isSelect);
  /** @type {Promise<Engine[]> | undefined} */
  let engines;
  /** @type {{ query: string, hits: Hit[] }} */
  let found = { query: "", hits: [] };
  /** @type {Hit[]} */
  let waiting = [];
  let turn = 0;

  status.after(list);
  find(document, "#s-found", HTMLElement).hidden = false;
  offer("");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });
  form.addEventListener("change", (event) => {
    if (isSelect(event.target)) go();
  });
  more.addEventListener("click", async () => {
    const first = list.children.length;
    await showMore(turn);
    const link = list.children[first]?.querySelector("a");
    if (link) link.focus();
  });
  addEventListener("popstate", () => void read());
  void read();

  /** Put what is asked for into the address, and answer it. */
  function go() {
    const asked = new URLSearchParams();
    if (field.value.trim()) asked.set("q", field.value.trim());
    for (const select of selects) if (select.value) asked.set(select.name, select.value);
    const address = asked.size ? `?${asked}` : location.pathname;
    if (address !== location.search) history.pushState(null, "", address);
    void read();
  }

  /** Answer what the address asks for. */
  async function read() {
    const asked = new URLSearchParams(location.search);
    const query = (asked.get("q") || "").normalize("NFC").replace(/\u00ad/g, "").trim();
    const mine = ++turn;
    if (field.value.trim() !== query) field.value = query;
    for (const select of selects) select.value = asked.get(select.name) || "";
    list.replaceChildren();
    list.hidden = true;
    waiting = [];
    more.hidden = true;
    offer("");
    if (!query) {
      facets.hidden = true;
      status.textContent = "";
      return;
    }
    status.textContent = form.dataset.busy || "";
    try {
      if (found.query !== query) {
        engines ??= load(form, query);
        const all = await Promise.all((await engines).map((engine) => engine.ask(query)));
        if (mine !== turn) return;
        found = { query, hits: all.flat() };
      }
      await show(query, mine);
    } catch (error) {
      if (mine !== turn) return;
      engines = undefined;
      console.error(error);
      facets.hidden = true;
      status.textContent = form.dataset.failed || "";
      offer("failed");
    }
  }

  /**
   * @param {string} query
   * @param {number} mine
   */
  async function show(query, mine) {
    const chosen = selects.filter((select) => select.value);
    waiting = found.hits.filter((hit) => chosen.every((select) => fits(hit, select.name, select.value)));
    facets.hidden = !found.hits.length;
    for (const select of selects) count(select, found.hits.filter((hit) => chosen.every((other) => other === select || fits(hit, other.name, other.value))));
    const words = [form.dataset.none, form.dataset.one][waiting.length] || form.dataset.many || "";
    const number = new Intl.NumberFormat(document.documentElement.lang).format(waiting.length);
    const narrowed = chosen.length ? ` ${form.dataset.narrowed}` : "";
    const told = words.replace("{count}", number).replace("{query}", () => query) + narrowed;
    if (!waiting.length) offer("none");
    await showMore(mine);
    if (mine === turn) status.textContent = told;
  }

  /** @param {number} mine */
  async function showMore(mine) {
    const next = waiting.slice(0, PAGE);
    const items = await Promise.all(next.map((hit) => item(form, selects, hit)));
    if (mine !== turn) return;
    waiting = waiting.slice(PAGE);
    list.append(...items);
    list.hidden = !list.children.length;
    more.hidden = !waiting.length;
  }
}

/**
 * Offer other ways where there is nothing to show.
 *
 * @param {"" | "none" | "failed"} when
 */
function offer(when) {
  const ways = find(document, "#s-ways", HTMLElement);
  ways.dataset.when = when;
  ways.hidden = !when;
  for (const words of ways.querySelectorAll("[data-for]")) {
    if (words instanceof HTMLElement) words.hidden = words.dataset.for !== when;
  }
}

/**
 * Load the engines. Each has a copy of Pagefind to itself, since a copy knows the endings of one language only.
 *
 * @param {HTMLFormElement} form
 * @param {string} query
 * @returns {Promise<Engine[]>}
 */
function load(form, query) {
  const all = (form.dataset.engines || "").split("; ").map((engine) => engine.split(" "));
  return Promise.all(all.map(([language, ...folders], place) => engine(language, folders, place ? document.documentElement.lang : "", query)));
}

/**
 * @param {string} language
 * @param {string[]} folders
 * @param {string} but the language whose pages another engine knows, "" for none
 * @param {string} query what will be asked first
 * @returns {Promise<Engine>}
 */
async function engine(language, folders, but, query) {
  const options = { metaCacheTag: "1" }; // a folder's name changes with its content, so that it may be kept
  const told = Promise.all(folders.map(facts));
  const { createInstance } = await import(new URL(`${folders[0]}pagefind.js`, location.href).href);
  const index = createInstance({ basePath: folders[0], noWorker: true, ...options });
  await index.preload(query); // fails where the index can't be read, for which `mergeIndex` would wait for ever
  await Promise.all(folders.slice(1).map((folder) => index.mergeIndex(folder, options)));
  const known = new Map((await told).flat());
  return {
    language,
    async ask(query) {
      const { results } = await index.search(query);
      /** @type {Hit[]} */
      const hits = [];
      for (const { id, words, data } of results) {
        const one = known.get(id);
        if (one && !one.facts.versions.includes(but)) hits.push({ ...one, words, data });
      }
      // Who asks by name means the page of that name.
      const named = (/** @type {Hit} */ hit) => Number(folded(hit.facts.title) === folded(query));
      return meant(hits.sort((one, other) => named(other) - named(one)), query);
    },
  };
}

/**
 * @param {string} folder
 * @returns {Promise<[string, { facts: Facts, shard: string }][]>}
 */
async function facts(folder) {
  const response = await fetch(`${folder}facts.json`);
  if (!response.ok) throw new Error(`${folder}: ${response.status}`);
  return Object.entries(await response.json()).map(([id, [title, kind, states, year, language, versions]]) => [
    id,
    { facts: { title, kind, states, year, language, versions }, shard: folder },
  ]);
}

/**
 * Drop what was not meant. Where a shard has no word that begins as asked, Pagefind takes the longest that the question
 * begins with ("Xylophon": "x"). It does so for all of a shard or for nothing, so the first page of each tells.
 *
 * @param {Hit[]} hits
 * @param {string} query
 */
async function meant(hits, query) {
  const asked = query.split(/[\s"]+/).map(folded).filter(Boolean);
  /** @type {Map<string, Promise<boolean>>} */
  const shards = new Map();
  for (const hit of hits) {
    if (!shards.has(hit.shard)) shards.set(hit.shard, hit.data().then((page) => says(page, asked)));
  }
  const kept = new Map(await Promise.all([...shards].map(async ([shard, said]) => /** @type {[string, boolean]} */ ([shard, await said]))));
  return hits.filter((hit) => kept.get(hit.shard));
}

/**
 * @param {Page} page
 * @param {string[]} asked
 */
function says(page, asked) {
  const text = Object.values(page.meta).join(" ") + " " + page.content;
  const words = text.split(/\s+/).flatMap((word) => [folded(word), ...word.split(/[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u).map(folded)]);
  return asked.every((one) => words.some((word) => shared(one, word) >= Math.min(one.length, Math.max(3, one.length - ENDING))));
}

/**
 * @param {string} one
 * @param {string} other
 */
function shared(one, other) {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

/**
 * A word without case, marks and signs, with the umlauts as their base letters however they are written.
 *
 * @param {string} word
 */
function folded(word) {
  const plain = word.toLowerCase().replace(/ß/g, "ss").normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "");
  return plain.replace(/([aou])e/g, "$1");
}

/**
 * @param {Hit} hit
 * @param {string} name
 * @param {string} value
 */
function fits({ facts }, name, value) {
  return name === "kind" ? facts.kind === value : name === "year" ? facts.year === value : facts.states.includes(value);
}

/**
 * Write behind every value how many results it leaves.
 *
 * @param {HTMLSelectElement} select
 * @param {Hit[]} hits those that fit every other choice
 */
function count(select, hits) {
  for (const option of select.options) {
    if (!option.value) continue;
    option.dataset.label ??= option.text;
    const number = hits.filter((hit) => fits(hit, select.name, option.value)).length;
    option.text = `${option.dataset.label} (${number})`;
    option.disabled = !number && !option.selected;
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLSelectElement[]} selects
 * @param {Hit} hit
 */
async function item(form, selects, hit) {
  const page = await hit.data();
  const { title, kind, states, language } = hit.facts;
  const link = document.createElement("a");
  const text = made("p", "card__text");
  const foreign = language !== document.documentElement.lang;
  link.href = (form.dataset.base || "/") + page.raw_url;
  link.textContent = title;
  if (foreign) {
    link.hreflang = language;
    for (const part of [link, text]) part.lang = language;
  }
  const told = [
    label(selects, "kind", kind),
    ...(states.length < 4 ? [states.map((state) => label(selects, "state", state)).join(", ")] : []),
    day(page.meta.date),
    foreign ? form.getAttribute(`data-in-${language}`) : "",
  ];
  const kicker = made("p", "card__kicker", told.filter(Boolean).join(" · "));
  for (const piece of excerpt(page.content, hit.words)) {
    text.append(piece.hit ? made("mark", "", piece.text) : piece.text);
  }
  return made("li", "", made("article", "card", kicker, made("h2", "card__title", link), text));
}

/**
 * @param {string} tag
 * @param {string} name the class
 * @param {(string | Node)[]} inside
 */
function made(tag, name, ...inside) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...inside);
  return element;
}

/**
 * @param {HTMLSelectElement[]} selects
 * @param {string} name
 * @param {string} value
 */
function label(selects, name, value) {
  const option = [...(selects.find((select) => select.name === name)?.options || [])].find((one) => one.value === value);
  return option ? option.dataset.label || option.text : "";
}

/**
 * Write a date as precisely as it is known.
 *
 * @param {string | undefined} iso
 */
function day(iso) {
  if (!iso) return "";
  const [year, month, date] = iso.split("-").map(Number);
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  /** @type {Intl.DateTimeFormatOptions} */
  const precision = { year: "numeric", ...(month && { month: "long" }), ...(date && { day: "numeric" }), timeZone: "UTC" };
  return new Intl.DateTimeFormat(language, precision).format(Date.UTC(year, (month || 1) - 1, date || 1));
}

/**
 * Cut the piece with the most hits out of a text, and take the marks out of its compounds (text/compounds.py).
 *
 * @param {string} content
 * @param {number[]} hits places of words
 * @returns {Piece[]}
 */
export function excerpt(content, hits) {
  const words = content.split(/\s+/);
  const within = (/** @type {number} */ from) => hits.filter((hit) => hit >= from && hit < from + WINDOW).length;
  const starts = hits.map((hit) => Math.max(0, Math.min(hit - 6, words.length - WINDOW)));
  const from = starts.reduce((best, start) => (within(start) > within(best) ? start : best), starts[0] || 0);
  const marked = new Set(hits);
  const pieces = words.slice(from, from + WINDOW).flatMap((word, place) => {
    const [, before, core, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/u.exec(unmarked(word)) || ["", "", word, ""];
    const hit = marked.has(from + place);
    return [
      { text: place ? ` ${before}` : before, hit: false },
      { text: core, hit },
      { text: after, hit: false },
    ].filter((piece) => piece.text);
  });
  if (from) pieces.unshift({ text: "… ", hit: false });
  if (from + WINDOW < words.length) pieces.push({ text: " …", hit: false });
  return pieces;
}

/**
 * @param {string} text
 * @returns {string}
 */
function unmarked(text) {
  return text.replace(/\|(\|?)/g, "$1");
}

/**
 * @param {unknown} element
 * @returns {element is HTMLSelectElement}
 */
function isSelect(element) {
  return element instanceof HTMLSelectElement;
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
  if (!(found instanceof kind)) throw new TypeError(`no ${selector} on the page`);
  return found;
}
