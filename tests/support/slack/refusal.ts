/** A refusal as Slack's Web API gives it: status 200, `ok: false` and a word. */
export class Refusal extends Error {
  readonly body: object;

  constructor(error: string, more: object = {}) {
    super(error);
    this.body = { ok: false, error, ...more };
  }
}

/** The one refusal with a status of its own. */
export class TooMany extends Error {
  readonly seconds: number;

  constructor(seconds: number) {
    super("ratelimited");
    this.seconds = seconds;
  }
}

/** With what is wrong where, as Slack tells it of blocks and views. */
export function invalid(error: string, faults: readonly string[]): Refusal {
  return new Refusal(error, {
    response_metadata: { messages: faults.map((fault) => `[ERROR] ${fault}`) },
  });
}
