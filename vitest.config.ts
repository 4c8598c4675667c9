import { defineConfig } from "vitest/config";

export default defineConfig({
  // no module holds state, so that test files can share what they import, and its compiled code
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/property-seed.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    isolate: false,
    maxWorkers: "100%",
  },
});
