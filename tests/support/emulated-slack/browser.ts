/** A person's browser on the way through Slack's pages: follows addresses by hand and keeps the app's cookies. */
import type { EmulatedSlack, Workspace } from "./workspaces.ts";

export interface Visit {
  readonly status: number;
  readonly text: string;
}

export class Visitor {
  #cookie = "";
  readonly #app: string;
  readonly #slack: EmulatedSlack;

  constructor(app: string, slack: EmulatedSlack) {
    this.#app = app;
    this.#slack = slack;
  }

  /** The address of Slack's page that the app sends people to. */
  async begin(): Promise<URL> {
    const response = await fetch(`${this.#app}/slack/install`, { redirect: "manual" });
    this.#cookie = response.headers.get("set-cookie")!.split(";")[0]!;
    return new URL(response.headers.get("location")!);
  }

  /** Allows what Slack's page asks for; resolves to the address that Slack sends people back to. */
  async allow(page: URL, workspace: Workspace): Promise<URL> {
    const asked = await fetch(`${this.#slack.authorizeUrl(workspace)}${page.search}`);
    const html = await asked.text();
    const form = /<form[^>]*>[\s\S]*?admin[\s\S]*?<\/form>/.exec(html)?.[0] ?? html;
    const fields = new URLSearchParams();
    for (const [, name, value] of form.matchAll(/name="(\w+)" value="([^"]*)"/g))
      fields.set(name!, value!.replaceAll("&amp;", "&"));
    // The app names no address to come back to: Slack takes the one of its manifest.
    fields.set("redirect_uri", `${this.#app}/slack/oauth_redirect`);
    const allowed = await fetch(`${this.#slack.authorizeUrl(workspace)}/callback`, {
      method: "POST",
      body: fields,
      redirect: "manual",
    });
    return new URL(allowed.headers.get("location")!);
  }

  async comeBack(address: URL): Promise<Visit> {
    const response = await fetch(address, { headers: { cookie: this.#cookie }, redirect: "manual" });
    return { status: response.status, text: await response.text() };
  }

  async install(workspace: Workspace): Promise<Visit> {
    return this.comeBack(await this.allow(await this.begin(), workspace));
  }
}
