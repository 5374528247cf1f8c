// Bundles every .js and .css file of this folder into the static folder of the web room; called by scripts/install.
// What they import lives in pages/ and styles/.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "../src/diancai/interfaces/web/static/built");

rmSync(built, { recursive: true, force: true });
await build({
  entryPoints: readdirSync(here).filter((name) => /\.(js|css)$/.test(name)).map((name) => join(here, name)),
  outdir: built,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020", // the phones and office browsers of the countryside are old
  loader: { ".woff2": "file" },
  assetNames: "[name]",
  legalComments: "eof",
  logLevel: "warning",
});

// A phone on 2G waits for every kilobyte; the server sends these siblings to whoever can read them.
for (const path of readdirSync(built, { recursive: true }).map((name) => join(built, name))) {
  if (!/\.(js|css)$/.test(path)) continue;
  const content = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(content));
}
