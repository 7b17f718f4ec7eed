// Builds what the pages load. Called by script/assets.py: node build.mjs FOLDER
// Sass to one stylesheet, scripts to files of their own, icons to one sprite, fonts and pictures that the
// stylesheet names, and the notices of all that went in. No source maps: they would name files of ours
// that are not there.

import { build } from "esbuild";
import * as sass from "sass";
import { gzipSync } from "node:zlib";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2]);
const modules = path.join(here, "node_modules");
const uswds = path.join(modules, "@uswds", "uswds");

const put = (name, content) => {
  const file = path.join(out, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
};
const read = (...parts) => fs.readFileSync(path.join(...parts), "utf8");
const withoutMap = (text) => text.replace(/\n?\/\/[#@] sourceMappingURL=.*\s*$/, "\n");

// ---- the stylesheet, with the fonts and pictures that it names
const { css } = sass.compile(path.join(here, "styles", "office.scss"), {
  style: "compressed",
  loadPaths: [path.join(uswds, "packages")],
  quietDeps: true,
});
put("office.css", css);
for (const [, name] of css.matchAll(/url\("?((?:img|fonts)\/[^")]+)"?\)/g)) {
  const [kind, ...rest] = name.split("/");
  const from = kind === "fonts" ? ["dist", "fonts", "public-sans"] : ["dist", "img"];
  put(name, fs.readFileSync(path.join(uswds, ...from, ...rest)));
}

// ---- the scripts
const common = { bundle: true, minify: true, format: "iife", target: "es2020", legalComments: "none" };
const script = async (name) => {
  const made = await build({
    ...common,
    entryPoints: [path.join(here, "scripts", name)],
    absWorkingDir: here,
    logLevel: "warning",
    metafile: true,
    write: false,
  });
  put(name, made.outputFiles[0].text);
  return Object.keys(made.metafile.inputs);
};
const inputs = [];
for (const name of ["office.js", "charts.js", "counter.js"]) inputs.push(...(await script(name)));
put("htmx.js", withoutMap(read(modules, "htmx.org", "dist", "htmx.min.js")));

// ---- the icons
const icons = read(here, "icons.txt").split("\n").filter((line) => line && !line.startsWith("#"));
const symbol = (id, svg) => {
  const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)[1].trim();
  const box = /viewBox="([^"]+)"/.exec(svg)[1];
  return `<symbol id="${id}" viewBox="${box}">${inner}</symbol>`;
};
const symbols = icons.map((id) => symbol(id, read(uswds, "dist", "img", "usa-icons", `${id}.svg`)));
for (const file of fs.readdirSync(path.join(here, "marks")).sort()) {
  symbols.push(symbol(path.basename(file, ".svg"), read(here, "marks", file)));
}
put("icon.svg", read(here, "icon.svg")); // of the browser's tab
put("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);

// ---- the notices: each licence once, above it the packages that carry it
// Not seen by the bundler: copied whole, or inside the built file of another (d3-delaunay).
const unseen = ["@uswds/uswds", "htmx.org", "delaunator", "robust-predicates"];
const folders = new Set(unseen.map((name) => `node_modules/${name}`));
for (const input of inputs) {
  const found = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
  if (found) folders.add(found[0]);
}
const notices = new Map();
for (const folder of [...folders].sort()) {
  const about = JSON.parse(read(here, folder, "package.json"));
  const file = fs.readdirSync(path.join(here, folder)).find((one) => /^(licen[cs]e|copying)/i.test(one));
  const text = file ? read(here, folder, file).trim() : `Licence: ${about.license}`;
  notices.set(text, [...(notices.get(text) ?? []), `${about.name} ${about.version}`]);
}
const rule = "=".repeat(80);
put(
  "NOTICES.txt",
  "The pages of Fullfile contain parts of these packages, each under its own licence.\n" +
    [...notices].map(([text, names]) => `\n${rule}\n${names.join("\n")}\n${rule}\n\n${text}\n`).join(""),
);

// ---- what was built, with sizes
const files = {};
for (const name of fs.readdirSync(out, { recursive: true }).map(String).sort()) {
  const file = path.join(out, name);
  if (!fs.statSync(file).isFile()) continue;
  const content = fs.readFileSync(file);
  files[name.split(path.sep).join("/")] = { bytes: content.length, gzip: gzipSync(content).length };
}
console.log(JSON.stringify({ files }));
