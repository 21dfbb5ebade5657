/** Commands, shortcuts, buttons and modals that people use in the loopback Slack. */
import { randomUUID } from "node:crypto";
import { elementsOf, type SentView } from "./blocks.ts";
import type { Parcel } from "./delivery.ts";
import { chosen, type Filled, state } from "./fields.ts";
import { apiFile, type Upload } from "./files.ts";
import { apiMessage } from "./message-parts.ts";
import type { Stage } from "./people.ts";
import { adminOf } from "./places.ts";
import { apiView, checkedView, modalsOf, pushModal, updateModal } from "./view-methods.ts";
import { APP_ID, type Person, type StoredMessage, type StoredView } from "./world.ts";

interface Response {
  readonly response_action?: "errors" | "update" | "push" | "clear";
  readonly errors?: Readonly<Record<string, string>>;
  readonly view?: SentView;
}

export function createInteractions({ world, delivery, files, faults, responseUrls }: Stage) {
  const send = (kind: Parcel["kind"], payload: object) => delivery.send({ kind, payload });

  /** Who acts, and what that lets the app do. */
  function acting(person: Person) {
    const team = world.teams.get(person.team)!;
    const trigger = `${Date.now()}.${randomUUID()}`;
    world.triggers.set(trigger, { person, bornAt: Date.now(), used: false });
    return {
      user: { id: person.id, username: person.name, name: person.name, team_id: person.team },
      team: { id: team.id, domain: team.name },
      enterprise: null,
      is_enterprise_install: false,
      api_app_id: APP_ID,
      token: "verification-token-of-old",
      trigger_id: trigger,
    };
  }

  /** `/name words`, in a conversation. */
  function command(
    channelId: string,
    name: string,
    text = "",
    person = adminOf(world, world.channels.get(channelId)!.team),
  ) {
    const { trigger_id, team } = acting(person);
    return send("slash_commands", {
      token: "verification-token-of-old",
      team_id: team.id,
      team_domain: team.domain,
      channel_id: channelId,
      channel_name: world.channels.get(channelId)!.name,
      user_id: person.id,
      user_name: person.name,
      command: name,
      text,
      api_app_id: APP_ID,
      is_enterprise_install: "false",
      response_url: responseUrls.make(channelId, person, null),
      trigger_id,
    });
  }

  function messageShortcut(message: StoredMessage, callback: string, person = adminOf(world, message.team)) {
    const { id, name } = world.channels.get(message.channel)!;
    return send("interactive", {
      ...acting(person),
      type: "message_action",
      callback_id: callback,
      action_ts: world.ts(),
      message_ts: message.ts,
      message: apiMessage(message),
      channel: { id, name },
      response_url: responseUrls.make(id, person, null),
    });
  }

  function globalShortcut(callback: string, person = adminOf(world)) {
    const more = { type: "shortcut", callback_id: callback, action_ts: world.ts() };
    return send("interactive", { ...acting(person), ...more });
  }

  /** Uses the element of a message whose action id begins so; feedback buttons take `positive` or `negative`. */
  function press(
    message: StoredMessage,
    action: string,
    value?: string,
    person = adminOf(world, message.team),
  ) {
    const { id, name } = world.channels.get(message.channel)!;
    const container = {
      type: "message",
      message_ts: message.ts,
      channel_id: id,
      is_ephemeral: message.onlyFor !== null,
      ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    };
    return send("interactive", {
      ...acting(person),
      type: "block_actions",
      container,
      channel: { id, name },
      ...(message.onlyFor === null ? { message: apiMessage(message) } : {}),
      state: { values: {} },
      response_url: responseUrls.make(id, person, message),
      actions: [used(message.blocks, action, value)],
    });
  }

  /** Uses an element of a modal or of the home tab. */
  function pressInView(stored: StoredView, action: string, value?: string) {
    return send("interactive", {
      ...acting(world.people.get(stored.user)!),
      type: "block_actions",
      container: { type: "view", view_id: stored.id },
      view: apiView(stored),
      actions: [used(stored.view.blocks, action, value)],
    });
  }

  function used(blocks: StoredMessage["blocks"], action: string, value?: string) {
    const found = blocks.flatMap((block) =>
      elementsOf(block)
        .filter(({ action_id }) => action_id?.startsWith(action))
        .map((element) => ({ block, element })),
    )[0];
    if (found === undefined) throw new Error(`there is nothing to press that is ${action}`);
    const { block, element } = found;
    const base = { type: element.type, action_id: element.action_id, block_id: block.block_id ?? "b1" };
    return { ...base, action_ts: world.ts(), ...chosen(element, value) };
  }

  /** Sends a modal, filled in by action id; what is wrong with it comes back. */
  async function submit(stored: StoredView, filled: Readonly<Record<string, Filled>>): Promise<Response> {
    const person = world.people.get(stored.user)!;
    const values = stateOf(stored, filled, person);
    const answer = (await send("interactive", {
      ...acting(person),
      type: "view_submission",
      view: apiView(stored, values),
      response_urls: [],
    })) as Response | null;
    if (answer !== null) follow(stored, answer);
    return answer ?? {};
  }

  function stateOf(stored: StoredView, filled: Readonly<Record<string, Filled>>, person: Person) {
    const team = world.teams.get(person.team)!;
    const values: Record<string, Record<string, object>> = {};
    for (const [index, { type, element, block_id = `b${index}` }] of stored.view.blocks.entries()) {
      if (type !== "input") continue;
      const given = filled[element!.action_id!] ?? filled[block_id];
      const kept = (uploads: readonly Upload[]) =>
        uploads.map((upload) => apiFile(files.keep(team, person.id, upload), true));
      values[block_id] = { [element!.action_id!]: { type: element!.type, ...state(element!, given, kept) } };
    }
    return values;
  }

  /** What the app answered to a submission happens to the modals. */
  function follow(stored: StoredView, { response_action, errors = {}, view }: Response): void {
    const blocks = new Set(stored.view.blocks.map(({ block_id }) => block_id));
    for (const block of Object.keys(errors))
      if (!blocks.has(block)) faults.push(`an error for no block: ${block}`);
    if (response_action === "errors") return;
    if (response_action === "clear") for (const open of modalsOf(world, stored.user)) open.open = false;
    const next = view === undefined ? null : checkedView(view, "modal", world, stored.team);
    if (response_action === "update") updateModal(stored, next!);
    else if (response_action === "push") pushModal(world, stored.team, stored.user, next!);
    else stored.open = false;
  }

  return { command, messageShortcut, globalShortcut, press, pressInView, submit };
}
