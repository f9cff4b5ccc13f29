// Builds ../static/vendor/editor.js, and beside it the licences of everything that went into it.
import { build } from "esbuild";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const OUT = "../static/vendor/editor.js";
const made = await build({
  entryPoints: ["editor.js"], bundle: true, minify: true, format: "iife", globalName: "assayEditor", target: "es2022",
  outfile: OUT, metafile: true, legalComments: "none", logLevel: "info",
});
const packages = new Set(
  Object.keys(made.metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean),
);
const texts = [...packages].sort().map((name) => {
  const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  const file = ["LICENSE", "LICENSE.md", "LICENSE.txt"].map((one) => `node_modules/${name}/${one}`).find(existsSync);
  return `${name} ${version} (${license})\n\n${file ? readFileSync(file, "utf8").trim() : "see its package"}\n`;
});
writeFileSync(OUT.replace(".js", ".LICENSES.txt"), `What editor.js was made of, by esbuild.\n\n${texts.join("\n---\n\n")}`);
