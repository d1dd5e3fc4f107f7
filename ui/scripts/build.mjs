// The Maven build's step: install, then build, each only when its inputs have changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { install, run } from "./install.mjs";

const inputs = [
  "index.html",
  "locales",
  "package.json",
  "package-lock.json",
  "public",
  "scripts",
  "src",
  "tsconfig.json",
  "vite.config.ts",
];
const marker = "target/build.sha256";

const hash = createHash("sha256");
for (const input of inputs) addToHash(input);
const digest = hash.digest("hex");
const isCurrent =
  existsSync("dist/index.html") && existsSync(marker) && readFileSync(marker, "utf8") === digest;
if (!isCurrent) {
  install();
  run("npm", ["run", "--silent", "build"]);
  mkdirSync("target", { recursive: true });
  writeFileSync(marker, digest);
}

function addToHash(path) {
  if (!existsSync(path)) return;
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) addToHash(`${path}/${name}`);
  } else {
    hash.update(path).update("\0").update(readFileSync(path));
  }
}
