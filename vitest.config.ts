import { defineConfig } from "vitest/config";

/** Suites by what they need: nothing, real stores, the whole program, chat platforms on loopback, a browser, the package registry. */
const project = (name: string) => ({
  extends: true as const,
  test: { name, include: [`tests/${name}/**/*.test.ts`] },
});

export default defineConfig({
  test: {
    // Slow machines are no reason to fail: nothing here asserts how long a thing takes.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Vitest leaves a core free, which on two cores means one file at a time: 289 s instead of 208 s.
    maxWorkers: "100%",
    projects: [
      project("unit"),
      project("contract"),
      project("integration"),
      project("platforms"),
      project("e2e"),
      project("docker"),
    ],
  },
});
