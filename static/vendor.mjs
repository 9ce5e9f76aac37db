/* `make vendor`: copies what the browser gets from node_modules into static/vendor, with licences, and records hashes.
   A new asset is a line in ASSETS and in package.json. */
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ASSETS = {
  "htmx.org": { "dist/htmx.min.js": "htmx/htmx.js", LICENSE: "htmx/LICENSE" },
};
const VENDOR = join(import.meta.dirname, "vendor");
const MODULES = join(import.meta.dirname, "..", "node_modules");

function copy(packageName, source, target) {
  const path = join(VENDOR, target);
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(join(MODULES, packageName, source), path);
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

function vendor([packageName, files]) {
  const { version, license } = JSON.parse(readFileSync(join(MODULES, packageName, "package.json"), "utf-8"));
  const hashes = Object.entries(files).map(([source, target]) => [target, copy(packageName, source, target)]);
  return [packageName, { version, license, sha256: Object.fromEntries(hashes) }];
}

rmSync(VENDOR, { recursive: true, force: true });
const manifest = Object.fromEntries(Object.entries(ASSETS).map(vendor));
writeFileSync(join(VENDOR, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
