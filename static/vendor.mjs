/* `make vendor`: copies what the browser gets from node_modules into static/vendor, and what only tests run in it into
   tests/browser/vendor, with licences, and records hashes. A new asset is a line in FOLDERS and in package.json. */
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const FOLDERS = {
  "static/vendor": {
    echarts: { "dist/echarts.min.js": "echarts/echarts.js", LICENSE: "echarts/LICENSE", NOTICE: "echarts/NOTICE" },
    "htmx.org": { "dist/htmx.min.js": "htmx/htmx.js", LICENSE: "htmx/LICENSE" },
  },
  "tests/browser/vendor": {
    "axe-core": { "axe.min.js": "axe/axe.js", LICENSE: "axe/LICENSE" },
  },
};

function copy(packageName, source, path) {
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(join(ROOT, "node_modules", packageName, source), path);
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

function vendor(folder, packageName, files) {
  const told = JSON.parse(readFileSync(join(ROOT, "node_modules", packageName, "package.json"), "utf-8"));
  const hashes = Object.entries(files).map(([source, target]) => [target, copy(packageName, source, join(folder, target))]);
  return { version: told.version, license: told.license, sha256: Object.fromEntries(hashes) };
}

for (const [name, packages] of Object.entries(FOLDERS)) {
  const folder = join(ROOT, name);
  rmSync(folder, { recursive: true, force: true });
  const manifest = Object.entries(packages).map(([packageName, files]) => [packageName, vendor(folder, packageName, files)]);
  writeFileSync(join(folder, "manifest.json"), `${JSON.stringify(Object.fromEntries(manifest), null, 2)}\n`);
}
