/** What tests of the bot in the loopback Discord share: one host for a file, and scenes that close after each test. */
import { afterAll, afterEach, beforeAll } from "vitest";
import { openScene, type Scene, type SceneOptions } from "./scene.ts";
import { openScriptedHost, type ScriptedHost } from "./scripted.ts";

export interface Stage {
  readonly host: ScriptedHost;
  open(options?: SceneOptions): Promise<Scene>;
  /** The bot of the scene stops, and another one takes its place. */
  restart(scene: Scene): Promise<void>;
}

export function useStage(): Stage {
  let host: ScriptedHost;
  const closing: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    host = await openScriptedHost();
  });
  afterAll(() => host.close());
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  return {
    get host() {
      return host;
    },
    async open(options = {}) {
      const scene = await openScene(host, options);
      closing.push(() => scene.close());
      return scene;
    },
    async restart(scene) {
      await scene.bot.stop();
      const next = host.bot(scene.discord);
      await next.start();
      closing.push(() => next.stop());
    },
  };
}
