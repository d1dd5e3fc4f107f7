/// When a step fails, the pages as they stood then are kept beside the other pictures.
import { mkdirSync, writeFileSync } from "node:fs";
import { beforeEach } from "vitest";
import { opened } from "./browser";

const folder = "target/screenshots/failed";

beforeEach(({ task, onTestFailed }) => {
  onTestFailed(async () => {
    mkdirSync(folder, { recursive: true });
    const name = task.name.replaceAll(/[^a-z0-9]+/gi, "-").slice(0, 80);
    for (const [i, page] of opened.filter((each) => !each.isClosed()).entries()) {
      await page.screenshot({ path: `${folder}/${name}-${i}.png` });
      writeFileSync(`${folder}/${name}-${i}.html`, await page.content());
    }
  });
});
