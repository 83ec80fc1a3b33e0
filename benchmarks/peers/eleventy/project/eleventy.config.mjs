import { feedPlugin } from "@11ty/eleventy-plugin-rss";

const PER_PAGE = 12;

/** Splits a list into pages, with the address of each. */
function paged(items, base) {
  const pages = [];
  for (let start = 0; start === 0 || start < items.length; start += PER_PAGE) {
    pages.push({
      base,
      number: pages.length + 1,
      url: pages.length === 0 ? `${base}/` : `${base}/seite/${pages.length + 1}/`,
      items: items.slice(start, start + PER_PAGE),
    });
  }
  return pages.map((page) => ({ ...page, total: pages.length }));
}

/** Groups the articles by each value of a field, newest first. */
function grouped(articles, values) {
  const groups = new Map();
  for (const article of articles) {
    for (const value of values(article)) {
      if (!groups.has(value)) groups.set(value, []);
      groups.get(value).push(article);
    }
  }
  return groups;
}

/** Returns the folder of a place's or a topic's list. */
function folderOf(kind, name) {
  return `/${kind}/${name.toLowerCase().replaceAll(" ", "-")}`;
}

export default function (config) {
  const news = (api) => api.getFilteredByGlob("news/**/*.md").reverse();
  const year = (article) => [String(article.date.getUTCFullYear())];
  config.addPlugin(feedPlugin, {
    type: "atom",
    outputPath: "/feed.xml",
    collection: { name: "posts", limit: 20 },
    metadata: { language: "de", title: "Netz der Musterstädte", base: "https://netz.example.org/", author: { name: "Netz" } },
  });
  config.addCollection("posts", (api) => news(api).reverse());
  config.addCollection("newsPages", (api) => paged(news(api), "/news"));
  config.addCollection("yearPages", (api) =>
    [...grouped(news(api), year)].flatMap(([name, items]) => paged(items, `/news/${name}`)),
  );
  for (const kind of ["cities", "topics"]) {
    config.addCollection(kind, (api) =>
      [...grouped(news(api), (article) => article.data[kind] ?? [])]
        .map(([name, items]) => ({ name, url: `${folderOf(kind, name)}/`, items }))
        .sort((a, b) => a.name.localeCompare(b.name, "de")),
    );
    config.addCollection(`${kind}Pages`, (api) =>
      [...grouped(news(api), (article) => article.data[kind] ?? [])].flatMap(([name, items]) =>
        paged(items, folderOf(kind, name)).map((page) => ({ ...page, name })),
      ),
    );
  }
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("place", (name, kind) => `${folderOf(kind, name)}/`);
  return {
    dir: { includes: "_includes", output: "_site" },
    htmlTemplateEngine: "njk",
    markdownTemplateEngine: false,
  };
}
