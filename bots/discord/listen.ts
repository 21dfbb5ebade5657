/** Which event goes to which handler. */
import { type Client, Events, type Interaction } from "discord.js";
import type { Bot } from "./bot.ts";
import { loggable } from "./loggable.ts";
import { onButton } from "./on-button.ts";
import { onCommand, onMessageCommand } from "./on-command.ts";
import { onForm } from "./on-form.ts";
import { onMessage } from "./on-message.ts";
import { onReaction } from "./on-reaction.ts";

/** `track` gets the work on each event, so that stopping can wait for it. */
export function listen(client: Client, bot: Bot, track: (work: Promise<void>) => void): void {
  const { log } = bot.options;
  /** A handler's fault is logged; it must not end the process. */
  function on<Args extends unknown[]>(what: string, handle: (...given: Args) => Promise<void>) {
    return (...given: Args) =>
      track(
        handle(...given).catch((error: unknown) =>
          log.error({ err: loggable(error) }, `${what} could not be handled`),
        ),
      );
  }

  client.on(
    Events.MessageCreate,
    on("a message", (message) => onMessage(message, bot)),
  );
  client.on(
    Events.InteractionCreate,
    on("an interaction", (interaction) => onInteraction(interaction, bot)),
  );
  client.on(
    Events.MessageReactionAdd,
    on("a reaction", (reaction, user) => onReaction("added", reaction, user, bot)),
  );
  client.on(
    Events.MessageReactionRemove,
    on("a reaction", (reaction, user) => onReaction("removed", reaction, user, bot)),
  );
  client.on(Events.Error, (error) => log.error({ err: loggable(error) }, "Discord: connection"));
  client.on(Events.ShardError, (error, shard) =>
    log.warn({ err: loggable(error), shard }, "Discord: connection of a shard"),
  );
  client.on(Events.ShardReconnecting, (shard) => log.warn({ shard }, "Discord: connecting again"));
  client.on(Events.ShardResume, (shard, events) => log.info({ shard, events }, "Discord: resumed"));
  client.rest.on("rateLimited", ({ route, timeToReset }) =>
    log.warn({ route, timeToReset }, "Discord: waiting"),
  );
  client.rest.on("invalidRequestWarning", ({ count }) =>
    log.error({ count }, "Discord: many refused requests"),
  );
}

async function onInteraction(interaction: Interaction, bot: Bot): Promise<void> {
  if (interaction.isChatInputCommand()) await onCommand(interaction, bot);
  else if (interaction.isMessageContextMenuCommand()) await onMessageCommand(interaction, bot);
  else if (interaction.isButton()) await onButton(interaction, bot);
  else if (interaction.isModalSubmit()) await onForm(interaction, bot);
}
