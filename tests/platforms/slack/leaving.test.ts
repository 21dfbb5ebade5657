import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createPgvectorIndex } from "../../../src/adapters/pgvector/pgvector-index.ts";
import { createKnowledgeStore } from "../../../src/adapters/prisma/knowledge-store.ts";
import { createSettingsStore } from "../../../src/adapters/prisma/settings-store.ts";
import type { Assistant } from "../../../src/ports.ts";
import { eraseTenant } from "../../../src/tenant-erasure.ts";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";
import { answerIn, openScene, patient, picture, type Scene } from "../../support/slack/scene.ts";
import type { SlackOverrides } from "../../support/slack/scripted.ts";

let host: ScriptedHost;
let scene: Scene;
beforeAll(async () => {
  host = await openScriptedHost();
});
afterAll(() => host.close());
afterEach(async () => {
  host.pace.milliseconds = 0;
  await scene?.close();
});

async function openErasing(overrides: SlackOverrides = {}): Promise<Scene> {
  const { client, sql } = host.database;
  const stores = {
    ledger: host.ledger,
    store: createKnowledgeStore(client),
    index: createPgvectorIndex(sql),
    settings: createSettingsStore(client),
  };
  scene = await openScene(host, { eraseTenant: (tenant) => eraseTenant(tenant, stores), ...overrides });
  return scene;
}

/** Rows of every table that names the tenant, and workspaces still being left. */
async function rowsOf(tenant: string): Promise<number> {
  const { client } = host.database;
  const where = { tenant };
  const counts = await Promise.all([
    client.interaction.count({ where }),
    client.keptImage.count({ where }),
    client.conversation.count({ where }),
    client.chatPost.count({ where }),
    client.feedback.count({ where }),
    client.knowledgeSnapshot.count({ where }),
    client.installation.count(),
  ]);
  return counts.reduce((sum, count) => sum + count, 0);
}

describe("a workspace that removes the app", () => {
  it("takes along all that was asked there", async () => {
    const { slack, channel } = await openErasing();
    const tenant = `slack:${slack.team.id}`;
    slack.mention(channel, "Which money?", { files: [await picture()] });
    await slack.press(await answerIn(scene, channel), "feedback", "positive");
    await expect.poll(() => host.database.client.feedback.count({ where: { tenant } })).toBe(1);
    await slack.uninstall(slack.team.id);
    await expect.poll(() => rowsOf(tenant), patient).toBe(0);
  });

  it("in the middle of a question gets no answer, and nothing of it is kept", async () => {
    const reasons: unknown[] = [];
    const assistant: Assistant = {
      ask(question, options) {
        options.signal.addEventListener("abort", () => reasons.push(options.signal.reason));
        return host.keeping.ask(question, options);
      },
    };
    const { slack, channel } = await openErasing({ assistant });
    const tenant = `slack:${slack.team.id}`;
    host.pace.milliseconds = 60_000;
    slack.mention(channel, "Which money?", { files: [await picture()] });
    const { client } = host.database;
    await expect.poll(() => client.interaction.count({ where: { tenant } }), patient).toBe(1);
    await slack.uninstall(slack.team.id);
    await expect.poll(() => rowsOf(tenant), patient).toBe(0);
    expect(String(reasons)).toContain("removed from this workspace");
  });
});
