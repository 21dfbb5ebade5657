import { describe } from "vitest";
import { openDiscordUnderTest } from "../support/discord/under-test.ts";
import { openSlackUnderTest } from "../support/slack/under-test.ts";
import { openWebUnderTest } from "../support/web-under-test.ts";
import { botContract } from "./bot.contract.ts";

describe("the Discord bot", () => botContract(openDiscordUnderTest, { events: true }));
describe("the Slack bot", () => botContract(openSlackUnderTest, { events: true }));
describe("the web chat", () => botContract(openWebUnderTest, { events: false }));
