/** The commands as Discord registers them, in every language. Pure. */
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  ApplicationCommandOptionType as Kind,
  PermissionFlagsBits,
  type RESTPutAPIApplicationCommandsJSONBody,
} from "discord.js";
import { MOST_PICTURES } from "../chat/receive.ts";
import { COMMAND_TEXTS, type CommandText, localised } from "./command-texts.ts";
import { LANGUAGES } from "./languages.ts";

/** Installed on a server or by a person; on servers, in the direct conversation with it, and in others. */
const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};

const ON_SERVERS = {
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
};

/** Names by which the handlers know them. */
export const ASK_ABOUT = "Ask about this image";

const named = (text: CommandText) => localised(text);
const option = (type: Kind, text: CommandText, required = true) => ({
  type,
  required,
  ...named(text),
});
const subcommand = (text: CommandText, options: readonly object[]) => ({
  type: Kind.Subcommand,
  ...named(text),
  options,
});

/** Most questions an hour that can be set. */
const MOST_PER_HOUR = 1000;

export function commandDefinitions(questionCharacters: number): RESTPutAPIApplicationCommandsJSONBody {
  const texts = COMMAND_TEXTS;
  const pictures = Array.from({ length: MOST_PICTURES }, (_, index) => {
    const name = index === 0 ? "image" : `image${index + 1}`;
    return { ...option(Kind.Attachment, texts.image, false), name, name_localizations: null };
  });
  const question = { ...option(Kind.String, texts.question), max_length: Math.min(6000, questionCharacters) };
  const allowed = option(Kind.Boolean, texts.allowed);
  return [
    {
      type: ApplicationCommandType.ChatInput,
      ...EVERYWHERE,
      ...named(texts.ask),
      options: [question, ...pictures],
    },
    {
      type: ApplicationCommandType.ChatInput,
      ...EVERYWHERE,
      ...named(texts.lookup),
      options: [{ ...option(Kind.String, texts.name), max_length: 100 }],
    },
    { type: ApplicationCommandType.ChatInput, ...EVERYWHERE, ...named(texts.help) },
    { type: ApplicationCommandType.ChatInput, ...EVERYWHERE, ...named(texts.about) },
    {
      type: ApplicationCommandType.Message,
      ...EVERYWHERE,
      name: ASK_ABOUT,
      name_localizations: localised(texts.askAbout).description_localizations,
    },
    {
      type: ApplicationCommandType.ChatInput,
      ...ON_SERVERS,
      ...named(texts.rora),
      options: [
        subcommand(texts.show, []),
        subcommand(texts.channel, [
          {
            ...option(Kind.Channel, texts.channelOption),
            channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum],
          },
          allowed,
        ]),
        subcommand(texts.role, [option(Kind.Role, texts.roleOption), allowed]),
        subcommand(texts.answers, [
          option(Kind.Boolean, texts.privateOption, false),
          option(Kind.Boolean, texts.threadOption, false),
        ]),
        subcommand(texts.limit, [
          { ...option(Kind.Integer, texts.perHour), min_value: 0, max_value: MOST_PER_HOUR },
        ]),
        subcommand(texts.language, [
          {
            ...option(Kind.String, texts.languageOption, false),
            choices: Object.keys(LANGUAGES).map((language) => ({ name: language, value: language })),
          },
        ]),
        subcommand(texts.training, [allowed]),
      ],
    },
  ] as RESTPutAPIApplicationCommandsJSONBody;
}
