/** Forms and home tabs on their way to Slack, checked against its limits. */
import type { Logger } from "../../src/log.ts";
import { viewFaults } from "./limits.ts";
import type { Home, Modal } from "./slack.ts";
import type { Workspace } from "./workspace.ts";

function check(view: Modal | Home, log: Logger): void {
  const faults = viewFaults(view);
  if (faults.length > 0) log.error({ faults }, "a view breaks Slack's limits");
}

/** `trigger` lasts three seconds. Resolves to the view's id. */
export async function openView(
  trigger: string,
  view: Modal,
  { client }: Workspace,
  log: Logger,
): Promise<string> {
  check(view, log);
  return (await client.views.open({ trigger_id: trigger, view })).view!.id!;
}

export async function updateView(id: string, view: Modal, { client }: Workspace, log: Logger): Promise<void> {
  check(view, log);
  await client.views.update({ view_id: id, view });
}

export async function publishHome(
  user: string,
  view: Home,
  { client }: Workspace,
  log: Logger,
): Promise<void> {
  check(view, log);
  await client.views.publish({ user_id: user, view });
}
