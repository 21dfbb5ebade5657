/** A refusal as Discord's REST interface gives it. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: object;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: number,
    message: string,
    more: object = {},
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.status = status;
    this.body = { code, message, ...more };
    this.headers = headers;
  }
}

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
export const refusals = {
  unknownChannel: () => new ApiError(404, 10003, "Unknown Channel"),
  unknownMessage: () => new ApiError(404, 10008, "Unknown Message"),
  unknownWebhook: () => new ApiError(404, 10015, "Unknown Webhook"),
  unknownInteraction: () => new ApiError(404, 10062, "Unknown interaction"),
  alreadyAcknowledged: () => new ApiError(400, 40060, "Interaction has already been acknowledged."),
  deadToken: () => new ApiError(401, 50027, "Invalid Webhook Token"),
  missingPermissions: () => new ApiError(403, 50013, "Missing Permissions"),
  missingAccess: () => new ApiError(403, 50001, "Missing Access"),
  emptyMessage: () => new ApiError(400, 50006, "Cannot send an empty message"),
  unavailable: () => new ApiError(503, 0, "Service Unavailable"),
  unauthorized: () => new ApiError(401, 0, "401: Unauthorized"),
  noHistory: () => new ApiError(400, 160002, "Cannot reply without permission to read message history"),
  threadExists: () => new ApiError(400, 160004, "A thread has already been created for this message"),
  tooManyFollowUps: () => new ApiError(400, 40094, "Maximum number of follow-up messages reached"),
  invalidBody: (faults: readonly string[]) =>
    new ApiError(400, 50035, "Invalid Form Body", {
      errors: { _errors: faults.map((message) => ({ code: "BASE_TYPE_BAD", message })) },
    }),
};
