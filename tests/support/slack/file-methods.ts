/** Files: asking about them, and uploading them in three steps. */

import { threadOf } from "./chat-methods.ts";
import { apiFile } from "./files.ts";
import { newMessage, openChannel } from "./message-parts.ts";
import type { Call, Inside, Method } from "./method.ts";
import { Refusal } from "./refusal.ts";
import type { StoredFile } from "./world.ts";

export const FILE_METHODS: Readonly<Record<string, Method>> = {
  "files.info": {
    scopes: ["files:read"],
    tier: 4,
    answer({ team, values }, { world }) {
      const file = world.files.get(values.needed("file", "file_not_found"));
      if (file === undefined || file.team !== team.id) throw new Refusal("file_not_found");
      if (file.state !== "hosted") throw new Refusal("file_deleted");
      return { file: apiFile(file, true), comments: [] };
    },
  },
  "files.getUploadURLExternal": {
    scopes: ["files:write"],
    tier: 4,
    answer({ team, values }, { files }) {
      const length = Number(values.needed("length"));
      if (!(length > 0)) throw new Refusal("invalid_arguments");
      if (values.text("alt_txt").length > 1000) throw new Refusal("alt_txt_too_large");
      const { id, url } = files.begin(team, values.needed("filename"), length);
      return { file_id: id, upload_url: url };
    },
  },
  "files.completeUploadExternal": {
    scopes: ["files:write"],
    tier: 4,
    answer(call, inside) {
      const wanted = call.values.json<readonly { id: string; title?: string }[]>("files") ?? [];
      if (wanted.length === 0) throw new Refusal("invalid_arguments");
      const done = wanted.map(({ id }) => inside.files.complete(id, call.team));
      if (done.some((file) => file === null)) throw new Refusal("file_not_found");
      const files = done as StoredFile[];
      if (call.values.has("channel_id")) share(call, inside, files);
      return { files: files.map((file) => apiFile(file)) };
    },
  },
};

/** A message of the bot with the files. */
function share(call: Call, inside: Inside, files: StoredFile[]): void {
  const { team, values } = call;
  const channel = openChannel(call, inside, "channel_id");
  const message = newMessage(inside.world, {
    channel: channel.id,
    team: team.id,
    user: team.botUser,
    botId: team.botId,
    text: values.text("initial_comment"),
    threadTs: threadOf(call, inside, channel.id),
    files,
  });
  inside.echo(message, "new");
}
