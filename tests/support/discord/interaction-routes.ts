/** Answering interactions: in time, once, and with a token that dies. */
import { InteractionResponseType, MessageFlags } from "discord.js";
import { refusals } from "./api-error.ts";
import { refusedForm } from "./message-rules.ts";
import { createMessage, editMessage, type Sending } from "./messages.ts";
import { apiMessage } from "./payloads.ts";
import type { RestContext, RestRequest, Route } from "./route.ts";
import { APPLICATION_ID, type StoredInteraction, type World } from "./world.ts";

/** Follow-ups that an interaction of a person's own installation may have. */
const MOST_FOLLOW_UPS = 5;

export const INTERACTION_ROUTES: readonly Route[] = [
  {
    method: "POST",
    pattern: /^\/interactions\/(\d+)\/([\w-]+)\/callback$/,
    answer: ([, token], request, context) => respond(interactionOf(token!, context.world), request, context),
  },
  {
    method: "PATCH",
    pattern: /^\/webhooks\/\d+\/([\w-]+)\/messages\/([^/]+)$/,
    answer: ([token, id], request, { world, keep }) => {
      const interaction = alive(token!, world);
      const original = decodeURIComponent(id!) === "@original" ? interaction.original : id!;
      if (original === null) throw refusals.unknownMessage();
      interaction.state = "answered";
      return apiMessage(editMessage(world, keep, original, request), world);
    },
  },
  {
    method: "DELETE",
    pattern: /^\/webhooks\/\d+\/([\w-]+)\/messages\/([^/]+)$/,
    answer: ([token, id], _, { world }) => {
      const interaction = alive(token!, world);
      const original = decodeURIComponent(id!) === "@original" ? interaction.original : id!;
      if (original === null || !world.messages.delete(original)) throw refusals.unknownMessage();
      return undefined;
    },
  },
  {
    method: "POST",
    pattern: /^\/webhooks\/\d+\/([\w-]+)$/,
    answer: ([token], request, { world, keep }) => {
      const interaction = alive(token!, world);
      if (interaction.state === "new") throw refusals.unknownWebhook();
      if (interaction.userInstall && ++interaction.followUps > MOST_FOLLOW_UPS)
        throw refusals.tooManyFollowUps();
      const hidden = ((request.body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
      const more = { webhook_id: APPLICATION_ID, ...(hidden ? { hiddenFor: interaction.user.id } : {}) };
      return apiMessage(createMessage(world, keep, interaction.channel, request, more), world);
    },
  },
];

function interactionOf(token: string, world: World): StoredInteraction {
  const interaction = world.interactions.get(token);
  if (interaction === undefined) throw refusals.unknownInteraction();
  return interaction;
}

function alive(token: string, world: World): StoredInteraction {
  const interaction = world.interactions.get(token);
  if (interaction === undefined) throw refusals.unknownWebhook();
  if (Date.now() - interaction.bornAt > world.patience.token) throw refusals.deadToken();
  return interaction;
}

/** The first answer to an interaction, which must come in time and once. */
function respond(
  interaction: StoredInteraction,
  { body, files, query }: RestRequest,
  { world, keep }: RestContext,
) {
  const { type, data } = body as unknown as { type: number; data?: never };
  if (interaction.state !== "new") throw refusals.alreadyAcknowledged();
  if (Date.now() - interaction.bornAt > world.patience.first) throw refusals.unknownInteraction();
  if (type === InteractionResponseType.Modal) {
    const wrong = refusedForm(data!);
    if (wrong.length > 0) throw refusals.invalidBody(wrong);
    interaction.form = data!;
    interaction.state = "form";
    return undefined;
  }
  if (type === InteractionResponseType.DeferredMessageUpdate) {
    if (interaction.source === null) throw refusals.invalidBody(["type: there is no message to update"]);
    Object.assign(interaction, { state: "deferred", original: interaction.source });
    return undefined;
  }
  const given = (data ?? {}) as Sending["body"];
  const hidden = ((given.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const more = { webhook_id: APPLICATION_ID, ...(hidden ? { hiddenFor: interaction.user.id } : {}) };
  const deferred = type === InteractionResponseType.DeferredChannelMessageWithSource;
  if (!deferred && type !== InteractionResponseType.ChannelMessageWithSource)
    throw new Error(`a response of type ${type}`);
  const loading = { content: "is thinking…", flags: given.flags ?? 0, allowed_mentions: { parse: [] } };
  const message = createMessage(
    world,
    keep,
    interaction.channel,
    { body: deferred ? loading : given, files },
    more,
  );
  if (deferred) message.content = "";
  Object.assign(interaction, { state: deferred ? "deferred" : "answered", hidden, original: message.id });
  if (query.get("with_response") !== "true") return undefined;
  return {
    interaction: { id: interaction.id, type: 2, response_message_id: message.id },
    resource: { type, message: apiMessage(message, world) },
  };
}
