/** What Slack refuses in modals and home tabs: https://docs.slack.dev/reference/views. */
import { judgeBlocks, type Site } from "./block-rules.ts";
import type { SentView } from "./blocks.ts";
import { refusedLength, refusedText } from "./part-rules.ts";

/** https://docs.slack.dev/reference/methods/views.open: `view_too_large`. */
const MOST_BYTES = 250_000;

export function refusedView(view: SentView, site: Site): string[] {
  if (view.type !== site.surface) return [`type: must be ${site.surface}`];
  const { submit, close, blocks } = view;
  const fields = Array.isArray(blocks) && blocks.some(({ type }) => type === "input");
  return [
    ...(site.surface === "modal" ? refusedText("title", view.title, 24, "plain_text") : []),
    ...(submit === undefined ? [] : refusedText("submit", submit, 24, "plain_text")),
    ...(close === undefined ? [] : refusedText("close", close, 24, "plain_text")),
    ...(site.surface === "modal" && fields && submit === undefined
      ? ["submit: needed where there is input"]
      : []),
    ...refusedLength("private_metadata", view.private_metadata, 0, 3000),
    ...refusedLength("callback_id", view.callback_id, 0, 255),
    ...refusedLength("external_id", view.external_id, 0, 255),
    ...(JSON.stringify(view).length > MOST_BYTES ? ["view: too large"] : []),
    ...judgeBlocks(blocks, site).faults,
  ];
}
