/** Files of a message as Slack tells of them → what is asked about. */
import { RoraError } from "../../src/errors.ts";
import { type AttachmentLike, MOST_PICTURES } from "../chat/receive.ts";
import { type Client, refusalOf } from "./slack.ts";
import type { Texts } from "./texts/english.ts";

/** A file in a message or a form; of one from another workspace, or by id alone, the rest must be asked for. */
export interface SlackFile {
  readonly id: string;
  readonly name?: string | null;
  readonly mimetype?: string;
  readonly url_private?: string;
  readonly size?: number;
  /** `tombstone` for what was deleted, `hidden_by_limit` for what the workspace's plan no longer shows. */
  readonly mode?: string;
  /** `check_file_info` for a stub: https://docs.slack.dev/reference/objects/file-object#slack_connect_files */
  readonly file_access?: string;
}

/** A thread may hang on files of any kind; what a stub stands for is not known before it is asked for. */
export function mayBePicture({ mimetype }: SlackFile): boolean {
  return mimetype === undefined || mimetype.startsWith("image/");
}

/** Throws RoraError `image-unreadable` for files that are gone, or that the bot may not see. */
export async function resolveFiles(
  files: readonly SlackFile[],
  client: Client,
  texts: Texts,
): Promise<AttachmentLike[]> {
  // One more than are looked at, so that it can be said that there are more.
  const some = files.slice(0, MOST_PICTURES * 3 + 1);
  return Promise.all(some.map(async (file) => attachmentOf(await resolved(file, client, texts), texts)));
}

async function resolved(file: SlackFile, client: Client, texts: Texts): Promise<SlackFile> {
  const gone = file.mode === "tombstone" || file.mode === "hidden_by_limit";
  if (gone || (file.url_private !== undefined && file.file_access !== "check_file_info")) return file;
  try {
    return ((await client.files.info({ file: file.id })).file ?? file) as SlackFile;
  } catch (cause) {
    const refusal = refusalOf(cause);
    if (refusal === null) throw new RoraError("unavailable", texts.unreachable, { cause });
    const scope = refusal === "missing_scope";
    throw new RoraError("image-unreadable", scope ? texts.missingFileScope : texts.unseenFile);
  }
}

function attachmentOf({ name, mimetype, url_private, size }: SlackFile, texts: Texts): AttachmentLike {
  if (url_private === undefined) throw new RoraError("image-unreadable", texts.expired);
  return {
    name: name ?? "file",
    url: url_private,
    size: size ?? 0,
    contentType: mimetype ?? null,
    spoiler: false,
  };
}
