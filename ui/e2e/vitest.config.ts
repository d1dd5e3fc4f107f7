import { defineConfig } from "vitest/config";

// The tests walk through one browser in order: a person does not do two things at once either.
export default defineConfig({
  test: {
    include: ["e2e/**/*.e2e.ts"],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    setupFiles: ["e2e/failed.ts"],
  },
});
