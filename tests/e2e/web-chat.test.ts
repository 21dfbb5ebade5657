import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { hasChromium, launchBrowser } from "../support/browser.ts";
import {
  accessibilityViolations,
  type OpenServer,
  openPage,
  openScriptedServer,
} from "../support/web-chat.ts";

const scene = fileURLToPath(new URL("../../bots/web/page/examples/portugal.jpg", import.meta.url));

describe.skipIf(!hasChromium)("the web chat in a browser (needs chromium)", () => {
  let browser: Browser;
  let server: OpenServer;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), openScriptedServer()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  afterEach(async () => {
    await page.context().close();
    expect(faults).toEqual([]);
  });

  async function open(options: Parameters<typeof openPage>[2] = {}) {
    ({ page, faults } = await openPage(browser, server.url, options));
  }
  async function put(question: string) {
    await page.getByLabel("Your question").fill(question);
    await page.keyboard.press("Enter");
  }
  const answer = () => page.locator(".answer .words").last();

  it("answers about an example scene, with a card, its marked sentence and how sure it is", async () => {
    await open();
    await page.getByRole("button", { name: /green at the pole/ }).click();
    await page.getByRole("button", { name: "Which money do people pay with there?" }).click();
    await page.locator(".look-alikes li").first().waitFor();
    await answer().waitFor();
    expect(await answer().textContent()).toBe("People in Chad pay with the Central African CFA franc[1].");
    expect(await page.locator(".card mark").first().textContent()).toContain("Central African CFA franc");
    expect(await page.locator(".sureness").textContent()).toBe(
      "Fairly sure, 82%. Also considered: Romania 41%, Andorra 6%",
    );

    await page.getByRole("link", { name: "Source 1" }).click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
      "Source 1: Chad",
    );
  });

  it("takes a picture by drop, by paste and by file, and shows it", async () => {
    await open();
    for (const way of ["drop", "paste"] as const) {
      await page.evaluate(async (kind) => {
        const blob = await (await fetch("/examples/portugal.jpg")).blob();
        const data = new DataTransfer();
        data.items.add(new File([blob], `${kind}.jpg`, { type: "image/jpeg" }));
        document.body.dispatchEvent(
          kind === "drop"
            ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
            : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
        );
      }, way);
      await page.getByText(`${way}.jpg`).waitFor();
      await page.getByRole("button", { name: "New picture" }).click();
    }
    await page.locator("#file").setInputFiles(scene);
    await page.getByRole("img", { name: "Your picture" }).waitFor();
  });

  it("asks on in the same conversation without sending the picture again", async () => {
    await open();
    // The browser does not show what a form with a file holds once it is sent.
    await page.evaluate(() => {
      const send = window.fetch;
      const posts: string[][] = [];
      window.fetch = (path, options) => {
        if (options?.body instanceof FormData) posts.push([...options.body.keys()].sort());
        return send(path, options);
      };
      Object.assign(window, { posts });
    });
    await page.locator("#file").setInputFiles(scene);
    await put("Which money?");
    await answer().waitFor();
    await put("And its neighbours?");
    await expect.poll(() => page.locator(".answer").count()).toBe(2);
    expect(await page.evaluate(() => (window as unknown as { posts: string[][] }).posts)).toEqual([
      ["image", "question"],
      ["conversation", "question"],
    ]);

    await page.getByRole("button", { name: "New picture" }).click();
    expect(await page.locator(".turn").count()).toBe(0);
  });

  it("lays the relevance map exactly over the photo, and takes it off", async () => {
    await open();
    await page.locator("#file").setInputFiles(scene);
    await put("Which money?");
    const toggle = page.getByRole("button", { name: "Where it looked" });
    await toggle.click();
    const map = page.getByRole("img", { name: /Relevance map/ });
    await map.waitFor();
    const [photo, overlay] = [await page.getByAltText("Your picture").boundingBox(), await map.boundingBox()];
    for (const side of ["x", "y", "width", "height"] as const)
      expect(overlay![side]).toBeCloseTo(photo![side], 0);
    expect(await toggle.getAttribute("aria-pressed")).toBe("true");
    await toggle.click();
    expect(await map.count()).toBe(0);
  });

  it("keeps a thumb and what was wrong, found by looking it up", async () => {
    await open();
    await put("Which money?");
    await page.getByRole("button", { name: "Helpful" }).click();
    await page.getByText("Thank you. That is kept.").waitFor();

    await page.getByRole("button", { name: "Not right" }).click();
    await page.getByLabel("That is something else").check();
    await page.getByLabel("Or look it up").fill("mold");
    await page.locator(".field + .entity-options").getByText("Moldova").click();
    await page.getByLabel("The right answer, if you know it").fill("the leu");
    const post = page.waitForRequest(/feedback$/);
    await page.getByRole("button", { name: "Send" }).click();
    expect((await post).postDataJSON()).toEqual({
      verdict: "unhelpful",
      reason: "wrong-entity",
      correctEntityId: "country:md",
      correctedAnswer: "the leu",
    });
    await page.getByText("and helps to do better").waitFor();
    expect(await page.getByRole("button", { name: "Not right" }).getAttribute("aria-pressed")).toBe("true");
  });

  it("stops, says what went wrong in plain words, and tries again", async () => {
    await open();
    await put("slow");
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped.").waitFor();

    await put("busy");
    await page.getByText("Many people are asking right now.").waitFor();
    await put("break");
    await page.getByText("Something went wrong on our side.").waitFor();

    await page.route("**/api/ask", (route) => route.abort(), { times: 1 });
    await put("Which money?");
    await page.getByText("Rora cannot be reached.").waitFor();
    await page.locator(".turn").last().getByRole("button", { name: "Try again" }).click();
    await answer().waitFor();
  });

  it("says in words that it rather does not answer", async () => {
    await open();
    await put("abstain");
    await page.getByText("Rather no answer than a wrong one").waitFor();
  });

  it("asks for a question before it sends one", async () => {
    await open();
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await page.getByText("Please write a question first.").waitFor();
  });

  it("never lets what was retrieved or generated become markup", async () => {
    await open();
    const evil = '<img src=x onerror="window.hurt=1"><b>bold</b>';
    await page.route("**/api/ask", async (route) => {
      const response = await route.fetch();
      const swap = (await response.text())
        .replaceAll("People in Chad", JSON.stringify(evil).slice(1, -1))
        .replaceAll('"title":"Chad"', `"title":${JSON.stringify(evil)}`)
        .replaceAll("https://en.wikipedia.org/wiki/Chad", "javascript:window.hurt=1");
      await route.fulfill({ response, body: swap });
    });
    await put("Which money?");
    await answer().waitFor();
    expect(await answer().textContent()).toContain("<b>bold</b>");
    expect(await page.locator("b, img[src=x], a[href^='javascript']").count()).toBe(0);
    expect(await page.evaluate(() => "hurt" in window)).toBe(false);
  });

  it("shows what is kept, and erases it", async () => {
    await open();
    await put("Which money?");
    await answer().waitFor();
    await page.getByRole("button", { name: "See what is kept of me" }).click();
    expect(await page.getByRole("dialog").textContent()).toContain("Which money?");
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Erase it" }).click();
    await page.getByRole("button", { name: "Erase everything" }).click();
    await page.getByText("1 question with pictures and feedback went").waitFor();
    expect(await page.locator(".turn").count()).toBe(0);
  });

  it("can be used with the keyboard alone", async () => {
    await open();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Which money?");
    await page.keyboard.press("Enter");
    await answer().waitFor();
    for (let count = 0; count < 30; count++) {
      await page.keyboard.press("Shift+Tab");
      if (await page.evaluate(() => document.activeElement?.textContent === "Helpful")) break;
    }
    await page.keyboard.press("Enter");
    await page.getByText("Thank you. That is kept.").waitFor();
  });

  it("tells people who listen what happens, and the answer once", async () => {
    await open();
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      new MutationObserver(() => heard.push(document.querySelector("#live")!.textContent!)).observe(
        document.querySelector("#live")!,
        { childList: true, characterData: true, subtree: true },
      );
    });
    await page.locator("#file").setInputFiles(scene);
    await put("Which money?");
    await answer().waitFor();
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    expect(heard).toEqual([
      "Picture ready. Ask your question.",
      "Picture read, 1200 × 800",
      "Found Chad, Romania and Andorra",
      "Chose 3 passages about Chad, Romania and Andorra",
      "People in Chad pay with the Central African CFA franc. Fairly sure, 82%.",
    ]);
  });

  it.each([
    ["light", "light", 1280],
    ["dark", "dark", 1280],
    ["phone", "light", 360],
    ["dark phone", "dark", 360],
  ] as const)(
    "passes the accessibility checks and does not scroll sideways: %s",
    async (_, colorScheme, width) => {
      await open({ colorScheme, viewport: { width, height: 740 }, reducedMotion: "reduce" });
      const check = async () => {
        expect(await accessibilityViolations(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      };
      await check();
      await page.locator("#file").setInputFiles(scene);
      await put("Which money?");
      await answer().waitFor();
      await page.getByRole("button", { name: "Where it looked" }).click();
      await page.getByText("more passages were read").click();
      await page.getByRole("button", { name: "Not right" }).click();
      await page.getByLabel("That is something else").check();
      await check();
      await put("break");
      await page.locator(".failure").waitFor();
      await check();
    },
  );
});
