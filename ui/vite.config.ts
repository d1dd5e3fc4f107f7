import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `npm run dev` talks to a running server; MILLRACE_URL names another one than the default.
const server = process.env.MILLRACE_URL ?? "http://localhost:8080";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2023",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    manifest: true,
  },
  server: { proxy: { "/api": { target: server, ws: true } } },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing.ts"],
    restoreMocks: true,
  },
});
