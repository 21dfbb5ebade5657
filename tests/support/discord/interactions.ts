/** Commands, buttons and forms that people use in the loopback Discord. */
import { randomBytes } from "node:crypto";
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
} from "discord.js";
import type { Cdn } from "./cdn.ts";
import type { Gateway } from "./gateway.ts";
import { flat } from "./message-rules.ts";
import type { Upload } from "./messages.ts";
import { apiChannel, apiMessage, memberOf, permissionsIn } from "./payloads.ts";
import {
  APPLICATION_ID,
  EVERYTHING_NEEDED,
  type Person,
  type StoredAttachment,
  type StoredInteraction,
  type World,
} from "./world.ts";

export interface UsedOptions {
  readonly user?: Person;
  readonly locale?: string;
  /** Brought along by the person, not installed on the server. */
  readonly userInstall?: boolean;
  readonly permissions?: bigint;
  readonly roles?: readonly string[];
}

type OptionValue =
  | string
  | number
  | boolean
  | (Upload & { readonly size?: number; readonly type?: string | null });

/** `alice` uses them unless somebody else is named. */
export function createInteractions(world: World, gateway: Gateway, cdn: Cdn, alice: Person) {
  /** Sends an interaction and remembers its token. */
  function interact(
    channelId: string,
    type: InteractionType,
    data: object,
    more: { readonly message?: { readonly id: string } },
    used: UsedOptions,
  ): StoredInteraction {
    const { user = alice, locale = "en-US", userInstall = false, permissions = 0n, roles = [] } = used;
    const channel = world.channels.get(channelId)!;
    const { guildId } = channel;
    const interaction: StoredInteraction = {
      id: world.snowflake(),
      token: randomBytes(32).toString("base64url"),
      channel: channelId,
      user,
      bornAt: Date.now(),
      source: more.message?.id ?? null,
      userInstall,
      state: "new",
      hidden: false,
      original: null,
      form: null,
      followUps: 0,
    };
    world.interactions.set(interaction.token, interaction);
    // Where the bot is not, what the person may let it do.
    const granted = String(permissionsIn(channel, world) || EVERYTHING_NEEDED);
    const payload = {
      id: interaction.id,
      application_id: APPLICATION_ID,
      type,
      token: interaction.token,
      version: 1,
      data,
      channel_id: channelId,
      channel: { ...apiChannel(channel), permissions: granted },
      locale,
      app_permissions: granted,
      entitlements: [],
      attachment_size_limit: 10 * 2 ** 20,
      authorizing_integration_owners: userInstall
        ? { 1: user.id }
        : guildId === null
          ? { 0: "0", 1: user.id }
          : { 0: guildId },
      context: guildId === null ? (channel.recipient === null ? 2 : 1) : 0,
      ...(guildId === null
        ? { user }
        : {
            guild_id: guildId,
            guild: { id: guildId, locale: world.guilds.get(guildId)?.locale ?? "en-US", features: [] },
            guild_locale: world.guilds.get(guildId)?.locale ?? "en-US",
            member: { ...memberOf(roles), user, permissions: String(permissions) },
          }),
      ...more,
    };
    gateway.dispatch("INTERACTION_CREATE", payload, {
      guildId: world.guilds.get(guildId ?? "")?.joined ? guildId : null,
    });
    return interaction;
  }

  /** `/name option: value`, with files as attachments; `name` may hold a subcommand. */
  function command(
    channelId: string,
    name: string,
    values: Record<string, OptionValue> = {},
    used: UsedOptions = {},
  ) {
    const [commandName, subcommand] = name.split(" ");
    const attachments: Record<string, StoredAttachment> = {};
    const resolved: Record<string, Record<string, object>> = { attachments };
    const options = Object.entries(values).map(([option, value]) => {
      if (typeof value === "object") {
        const kept = cdn.keep(channelId, value, value);
        attachments[kept.id] = kept;
        return { name: option, type: ApplicationCommandOptionType.Attachment, value: kept.id };
      }
      if (option === "channel") {
        resolved.channels = {
          [String(value)]: { ...apiChannel(world.channels.get(String(value))!), permissions: "0" },
        };
        return { name: option, type: ApplicationCommandOptionType.Channel, value };
      }
      if (option === "role") {
        resolved.roles = {
          [String(value)]: {
            id: String(value),
            name: "role",
            permissions: "0",
            position: 1,
            color: 0,
            flags: 0,
          },
        };
        return { name: option, type: ApplicationCommandOptionType.Role, value };
      }
      const type = { string: 3, number: 4, boolean: 5 }[typeof value as "string"];
      return { name: option, type, value };
    });
    const data = {
      id: world.snowflake(),
      name: commandName,
      type: ApplicationCommandType.ChatInput,
      resolved,
      options: subcommand === undefined ? options : [{ name: subcommand, type: 1, options }],
    };
    return interact(channelId, InteractionType.ApplicationCommand, data, {}, used);
  }

  /** Apps → a command, on somebody's message, which comes with its content. */
  function messageCommand(messageId: string, name: string, used: UsedOptions = {}): StoredInteraction {
    const message = world.messages.get(messageId)!;
    const data = {
      id: world.snowflake(),
      name,
      type: ApplicationCommandType.Message,
      target_id: messageId,
      resolved: { messages: { [messageId]: apiMessage(message, world) } },
    };
    return interact(message.channel_id, InteractionType.ApplicationCommand, data, {}, used);
  }

  /** Presses the button of a message whose custom id begins with `action`. */
  function press(messageId: string, action: string, used: UsedOptions = {}): StoredInteraction {
    const message = world.messages.get(messageId)!;
    const button = flat(message.components).find(({ custom_id }) => custom_id?.startsWith(action));
    if (button === undefined) throw new Error(`the message has no button ${action}`);
    const data = { custom_id: button.custom_id, component_type: ComponentType.Button };
    const more = { message: apiMessage(message, world) };
    return interact(message.channel_id, InteractionType.MessageComponent, data, more, used);
  }

  /** Sends a form that a command or button has opened; what is not filled in stays empty. */
  function submit(
    opened: StoredInteraction,
    values: Record<string, string | Upload>,
    used: UsedOptions = {},
  ) {
    if (opened.form === null) throw new Error("no form was opened");
    const attachments: Record<string, StoredAttachment> = {};
    const components = opened.form.components.map(({ type, component }) => {
      const value = values[component!.custom_id!];
      const base = { type: component!.type, id: 1, custom_id: component!.custom_id };
      if (typeof value === "object") {
        const kept = cdn.keep(opened.channel, value);
        attachments[kept.id] = kept;
        return { type, id: 1, component: { ...base, values: [kept.id] } };
      }
      const several = [ComponentType.StringSelect, ComponentType.FileUpload].includes(component!.type);
      const filled = several
        ? { values: value === undefined ? [] : [value] }
        : { value: value ?? (component!.type === ComponentType.RadioGroup ? null : "") };
      return { type, id: 1, component: { ...base, ...filled } };
    });
    const data = { custom_id: opened.form.custom_id, components, resolved: { attachments } };
    return interact(opened.channel, InteractionType.ModalSubmit, data, {}, { user: opened.user, ...used });
  }
  return { command, messageCommand, press, submit };
}
