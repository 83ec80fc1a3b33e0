// @ts-check
// Bundles the form into dist/: German and English words only, and without what its configuration never uses.
import { build } from "esbuild";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";

const PACKAGE = "node_modules/@sveltia/cms";
// Colours for code in a hundred languages, maps, and the optimiser for drawings: none of our fields has them.
const UNUSED = /^(@shikijs\/(langs|themes)\/|leaflet|terra-draw|svgo)/;
// Its style sheet asks a distributor for the fonts that come with it.
const FOREIGN_FONT = /@font-face \{[^}]*https:\/\/cdn\.jsdelivr\.net[^}]*\}/g;
const LOCALE = /^\.\.\/locales\/.*\.json$/;

/** @type {import("esbuild").Plugin} */
const lean = {
  name: "lean",
  setup(build) {
    const nothing = () => ({ path: "nothing", namespace: "lean" });
    build.onResolve({ filter: UNUSED }, nothing);
    build.onResolve({ filter: LOCALE }, (asked) => (asked.path.endsWith("/de.json") ? undefined : nothing()));
    build.onLoad({ filter: /.*/, namespace: "lean" }, () => ({ contents: "export default {};" }));
    build.onLoad({ filter: /@sveltia\/cms\/npm\/index\.js$/ }, async ({ path }) => {
      const contents = (await readFile(path, "utf-8")).replace(FOREIGN_FONT, "");
      if (contents.includes("cdn.jsdelivr.net")) throw new Error("The form still loads fonts from elsewhere.");
      return { contents };
    });
  },
};

await rm("dist", { recursive: true, force: true });
await build({
  entryPoints: { cms: "start.mjs" },
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  // Together with the licence below: who wrote what.
  legalComments: "linked",
  chunkNames: "[name]-[hash]",
  outdir: "dist",
  plugins: [lean],
  logLevel: "warning",
});
await mkdir("dist/assets");
for (const font of ["source-sans-3", "noto-mono", "material-symbols-outlined"]) {
  await cp(`${PACKAGE}/npm/assets`, "dist/assets", {
    recursive: true,
    filter: (path) => path.endsWith("assets") || path.includes(`/${font}`),
  });
}
const licence = await readFile(`${PACKAGE}/LICENSE.txt`, "utf-8");
const { version } = JSON.parse(await readFile(`${PACKAGE}/package.json`, "utf-8"));
await writeFile("dist/licence.txt", `Sveltia CMS ${version}\n\n${licence}`);
