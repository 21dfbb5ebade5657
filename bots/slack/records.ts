/** Answers that buttons and forms are about, of the workspace they are pressed in and no other. */
import type { Post } from "../../src/domain/post.ts";
import type { InteractionRecord } from "../../src/ports.ts";
import type { Bot } from "./bot.ts";
import type { Workspace } from "./workspace.ts";

/** Null where it is no longer kept, or was never asked in this workspace. */
export async function postOf(id: string, { tenant }: Workspace, { options }: Bot): Promise<Post | null> {
  const post = await options.posts.byInteraction(id);
  return post?.tenant === tenant ? post : null;
}

export async function recordOf(
  id: string,
  workspace: Workspace,
  bot: Bot,
): Promise<InteractionRecord | null> {
  const post = await postOf(id, workspace, bot);
  return post === null ? null : bot.options.ledger.interaction(id, post.tenant);
}
