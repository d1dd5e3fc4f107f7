// The size gate, gzipped: what the first pages load, each lazy chunk, and the whole.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";

const firstPageMax = 200_000;
const chunkMax = 350_000;
const totalMax = 3_000_000;

const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const sizes = new Map(readdirSync("dist/assets").filter(isServed).map(sized));
const failures = [];

check("sign-in page", loaded("index.html", "src/pages/sign-in/SignInPage.tsx"), firstPageMax);
check("home page", loaded("index.html", "src/shell/Shell.tsx", "src/pages/home/HomePage.tsx"), firstPageMax);
// Fonts come after the first page is drawn (src/shell/Shell.tsx); one of them, for most languages.
for (const [path, size] of sizes)
  if (/inter-latin-wght/.test(path)) console.log(`ui: font after it ${(size / 1000).toFixed(0)} kB`);
for (const [path, size] of sizes) if (size > chunkMax) check(path, size, chunkMax);
check("all of the UI", sum([...sizes.keys()]), totalMax);
for (const failure of failures) console.error(failure);
process.exit(failures.length > 0 ? 1 : 0);

// Scripts and styles of these entries and of all that they import at once; a lazy import() is not followed.
function loaded(...entries) {
  const chunks = new Set();
  const queue = [...entries];
  for (let name = queue.pop(); name; name = queue.pop()) {
    if (chunks.has(name)) continue;
    if (!manifest[name]) throw new Error(`ui: ${name} is not in the build; correct scripts/size.mjs`);
    chunks.add(name);
    queue.push(...(manifest[name].imports ?? []));
  }
  const files = [...chunks].flatMap((name) => [manifest[name].file, ...(manifest[name].css ?? [])]);
  return sum([...new Set(files)]);
}

function check(name, size, max) {
  console.log(`ui: ${name} ${(size / 1000).toFixed(0)} kB gzipped (at most ${max / 1000} kB)`);
  if (size > max)
    failures.push(
      `ui: ${name} is ${size} bytes gzipped, over ${max}; load a part of it lazily with import() or drop a dependency.`,
    );
}

function sum(paths) {
  return paths.reduce((total, path) => total + (sizes.get(path) ?? 0), 0);
}

function isServed(name) {
  return /\.(m?js|css|woff2|svg|json)$/.test(name);
}

function sized(name) {
  const path = `assets/${name}`;
  const isPacked = name.endsWith(".woff2");
  return [path, isPacked ? statSync(`dist/${path}`).size : gzipSync(readFileSync(`dist/${path}`)).length];
}
