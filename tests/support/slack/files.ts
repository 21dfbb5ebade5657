/** Files as Slack keeps them: behind addresses that want the bot's token, and uploaded in three steps. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { uploadOf } from "./request.ts";
import type { StoredFile, StoredTeam, World } from "./world.ts";

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** As Slack says it; that of the bytes unless it is told. */
  readonly size?: number;
  /** As Slack says it; by the name unless it is told. */
  readonly type?: string;
  /** From a workspace elsewhere: comes without an address, until `files.info` is asked. */
  readonly stub?: boolean;
  readonly state?: StoredFile["state"];
}

export interface Files {
  keep(team: StoredTeam, user: string, upload: Upload, channel?: string): StoredFile;
  /** Address to send bytes to, for a file that `complete` then makes. */
  begin(team: StoredTeam, name: string, length: number): { id: string; url: string };
  /** Null where nothing, or not as much as was said, has arrived. */
  complete(id: string, team: StoredTeam): StoredFile | null;
  serve(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void>;
  /** The next so many downloads go another way. */
  turnAside(how: "login" | "elsewhere" | "break", times: number): void;
  /** Paths that were asked for with a good token. */
  readonly served: string[];
}

const TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  txt: "text/plain",
  mp4: "video/mp4",
};

/** `origin`: where files are; `login`: Slack's own pages; `elsewhere`: somebody else's host. */
export function createFiles(
  world: World,
  places: () => { readonly origin: string; readonly login: string; readonly elsewhere: string },
): Files {
  const begun = new Map<string, { team: string; name: string; length: number; bytes: Uint8Array | null }>();
  const served: string[] = [];
  const aside: string[] = [];

  const keep: Files["keep"] = (team, user, upload, channel) => {
    const id = world.id("F");
    const file: StoredFile = {
      id,
      team: team.id,
      user,
      name: upload.name,
      mimetype:
        upload.type ?? TYPES[upload.name.split(".").at(-1)!.toLowerCase()] ?? "application/octet-stream",
      bytes: upload.bytes,
      size: upload.size ?? upload.bytes.length,
      url: `${places().origin}/files-pri/${team.id}-${id}/${encodeURIComponent(upload.name.toLowerCase())}`,
      stub: upload.stub ?? false,
      bornAt: Date.now(),
      channels: new Set(channel === undefined ? [] : [channel]),
      state: upload.state ?? "hosted",
    };
    world.files.set(id, file);
    return file;
  };

  return {
    served,
    keep,
    begin(team, name, length) {
      const id = world.id("F");
      begun.set(id, { team: team.id, name, length, bytes: null });
      return { id, url: `${places().origin}/upload/v1/${id}` };
    },
    complete(id, team) {
      const upload = begun.get(id);
      if (upload === undefined || upload.team !== team.id || upload.bytes?.length !== upload.length)
        return null;
      begun.delete(id);
      const file = { ...keep(team, team.botUser, { name: upload.name, bytes: upload.bytes }), id };
      world.files.set(id, file);
      return file;
    },
    turnAside: (how, times) => void aside.push(...Array<string>(times).fill(how)),
    async serve(request, url, response): Promise<void> {
      const upload = begun.get(url.pathname.split("/").at(-1)!);
      if (request.method === "POST" && upload !== undefined) {
        upload.bytes = await uploadOf(request);
        response.writeHead(200).end(`OK - ${upload.bytes.length}`);
        return;
      }
      const file = [...world.files.values()].find((known) => new URL(known.url).pathname === url.pathname);
      const how = mayRead(request, file, world) ? aside.shift() : "login";
      const { login, elsewhere } = places();
      // Without a token that may read files, Slack shows whoever asks the way to its login page.
      if (how === "login" || file === undefined) return redirect(response, `${login}/?redir=${url.pathname}`);
      if (how === "elsewhere") return redirect(response, `${elsewhere}${url.pathname}`);
      served.push(url.pathname);
      if (file.state !== "hosted") return void response.writeHead(404).end();
      response.writeHead(200, { "content-type": file.mimetype, "content-length": file.bytes.length });
      if (how !== "break") response.end(file.bytes);
      else response.write(file.bytes.subarray(0, file.bytes.length / 2), () => response.destroy());
    },
  };
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}

function mayRead({ headers }: IncomingMessage, file: StoredFile | undefined, { teams }: World): boolean {
  const token = headers.authorization?.replace(/^Bearer /, "");
  const team = [...teams.values()].find((known) => known.token === token);
  return team?.id === file?.team && team?.installed === true && team.scopes.has("files:read");
}

/** A file as it stands in messages; `files.info` resolves what a message has only a stub of. */
export function apiFile(file: StoredFile, resolved = false): object {
  const base = {
    id: file.id,
    created: 1_700_000_000,
    timestamp: 1_700_000_000,
    user: file.user,
    user_team: file.team,
  };
  if (file.state === "deleted") return { id: file.id, mode: "tombstone" };
  if (file.state === "hidden") return { id: file.id, mode: "hidden_by_limit" };
  if (file.stub && !resolved) return { ...base, mode: "file_access", file_access: "check_file_info" };
  const filetype = file.name.split(".").at(-1)!.toLowerCase();
  return {
    ...base,
    name: file.name,
    title: file.name,
    mimetype: file.mimetype,
    filetype,
    pretty_type: filetype.toUpperCase(),
    editable: false,
    size: file.size,
    mode: "hosted",
    is_external: false,
    external_type: "",
    is_public: true,
    public_url_shared: false,
    display_as_bot: false,
    username: "",
    url_private: file.url,
    url_private_download: `${file.url}?download=1`,
    permalink: `https://loopback.slack.com/files/${file.user}/${file.id}/${file.name}`,
    permalink_public: `https://slack-files.com/${file.team}-${file.id}`,
    has_rich_preview: false,
    file_access: "visible",
    channels: [...file.channels],
  };
}
