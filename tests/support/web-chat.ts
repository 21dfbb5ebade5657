/** The web chat as the browser tests open it. A test of another server passes its own factory. */

import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { createWebServer } from "../../bots/web/main.ts";
import { scriptedWeb } from "./scripted-web.ts";

export interface OpenServer {
  readonly url: string;
  stop(): Promise<void>;
}

export type OpenServerFactory = () => Promise<OpenServer>;

/** The page over the scripted assistant, slow enough that progress can be seen. */
export const openScriptedServer: OpenServerFactory = async () => {
  const server = createWebServer(scriptedWeb({ pause: 30 }).options);
  const { url } = await server.start();
  return { url, stop: () => server.stop() };
};

/** A page that fails the test when it logs an error or tries to reach another server. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    // Refusals are logged by the browser itself; the page shows them.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      faults.push(message.text());
  });
  page.on("request", (request) => {
    const foreign = !request.url().startsWith(url) && !request.url().startsWith("blob:");
    if (foreign) faults.push(`foreign request: ${request.url()}`);
  });
  await page.goto(url, { waitUntil: "networkidle" });
  return { page, faults };
}

/** Violations of WCAG 2.2 A and AA found by axe, as `rule: element`. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  // The page's policy forbids added script tags, evaluate does not add one. Fading would be judged half way.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finish())).catch(() => {}),
  );
  const source = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  const { readFile } = await import("node:fs/promises");
  await page.evaluate(await readFile(source, "utf8"));
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
