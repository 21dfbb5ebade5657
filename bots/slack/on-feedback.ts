/** The buttons that say whether an answer helped. */

import { askerOf } from "../chat/asker.ts";
import type { Bot } from "./bot.ts";
import { readVerdict } from "./buttons.ts";
import type { Workspace } from "./workspace.ts";

export async function onFeedback(
  body: any,
  action: any,
  { tenant }: Workspace,
  { options }: Bot,
): Promise<void> {
  const { verdict, id } = readVerdict(action.value);
  await options.ledger.recordFeedback(id, askerOf(tenant, body.user.id, options.pseudonymKey), { verdict });
}
