import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `npm run dev` talks to a running server; MILLRACE_URL names another one than the default.
const server = process.env.MILLRACE_URL ?? "http://localhost:8080";

const everywhere = [
  /node_modules\/(react|react-dom|scheduler|use-sync-external-store|i18next|react-i18next|clsx)\//,
  /node_modules\/@tanstack\/(react-query|query-core|react-router|router-core|history|react-store|store)\//,
  /node_modules\/@mantine\/hooks\/esm\/(use-(id|uncontrolled|merged-ref|isomorphic|did-update|color-scheme|media-query|disclosure|hotkeys|document-title|callback-ref|debounced|reduced-motion)|utils)/,
  /node_modules\/@mantine\/core\/esm\/core\//,
  /node_modules\/@mantine\/core\/esm\/components\/(ActionIcon|Alert|Anchor|Badge|Button|Card|Center|Group|Kbd|Loader|Paper|SimpleGrid|Skeleton|Stack|Text|Title|UnstyledButton|Transition|CloseButton)\//,
  /src\/(api\/(http|session|queries|types)|shell\/(PageState|notify|pages)|text\/(i18n|Time|CopyButton|copyText)|pages\/Page)\b/,
];

function isOnEveryPage(id: string): boolean {
  return !id.endsWith(".css") && everywhere.some((part) => part.test(id));
}

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2023",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    manifest: true,
    // What every page needs as one file: a hundred small ones take longer and pack worse.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "base", test: isOnEveryPage }] } } },
  },
  server: { proxy: { "/api": { target: server, ws: true }, "/health": server } },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing.ts"],
    restoreMocks: true,
  },
});
