// Installs what package-lock.json pins, unless that very lock file is already installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const marker = "node_modules/.millrace-lock";

export function install() {
  requireNode(20, 19);
  const hash = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === hash) return;
  console.log("ui: installing the packages of package-lock.json");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(marker, hash);
}

export function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) {
    console.error(`ui: "${command} ${args.join(" ")}" failed (exit ${status}).`);
    process.exit(status ?? 1);
  }
}

function requireNode(major, minor) {
  const [have, haveMinor] = process.versions.node.split(".").map(Number);
  if (have > major || (have === major && haveMinor >= minor)) return;
  console.error(
    `ui: Node ${process.versions.node} is too old for the build; install Node ${major}.${minor} or newer,` +
      " or build without the web UI: -Dui.skip",
  );
  process.exit(1);
}
