import { defineConfig } from "vitest/config";

const TESTS = "src/**/*.test.{ts,tsx}";
const STATS = "src/stats/**/*.test.ts";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  cacheDir: "../node_modules/.vite",
  test: {
    restoreMocks: true,
    projects: [
      { extends: true, test: { name: "stats", environment: "node", include: [STATS] } },
      { extends: true, test: { name: "page", environment: "jsdom", include: [TESTS], exclude: [STATS] } },
    ],
  },
});
