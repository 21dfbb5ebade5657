// @ts-check
/** The server, as the page uses it. Faults are Refusals with words that can be shown. */
import { readEvents } from "./event-reader.js";

/** @typedef {import("../schemas.ts").EventJson} EventJson */
/** @typedef {import("../schemas.ts").EntitySummaryJson} EntitySummary */
/** @typedef {import("../../../src/domain/feedback.ts").Feedback} Feedback */

export class Refusal extends Error {
  /** @param {string} code @param {string} message @param {string} [interactionId] */
  constructor(code, message, interactionId) {
    super(message);
    this.code = code;
    this.interactionId = interactionId;
  }
}

const unreachable = () =>
  new Refusal("unreachable", "Rora cannot be reached. Please check that it is running, then try again.");

/** @param {string} path @param {RequestInit} [options] */
async function request(path, options) {
  const response = await fetch(path, options).catch((error) => {
    throw error.name === "AbortError" ? error : unreachable();
  });
  if (response.ok) return response;
  const body = await response.json().catch(() => null);
  throw body?.error ? toRefusal(body) : unreachable();
}

/** @param {import("../schemas.ts").ErrorJson} body */
function toRefusal({ error }) {
  return new Refusal(error.code, error.message, error.interactionId);
}

/**
 * @param {{ question: string, image: Blob | null, conversation: string | null }} asked
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<EventJson>}
 */
export async function* ask({ question, image, conversation }, signal) {
  const form = new FormData();
  form.set("question", question);
  if (image) form.set("image", image, "picture");
  if (conversation) form.set("conversation", conversation);
  const headers = { accept: "text/event-stream" };
  const response = await request("/api/ask", { method: "POST", body: form, headers, signal });
  let ended = false;
  try {
    for await (const { name, data } of readEvents(
      /** @type {ReadableStream<Uint8Array>} */ (response.body),
    )) {
      if (name === "error") throw toRefusal(data);
      ended ||= name === "answer-end";
      yield data;
    }
  } catch (error) {
    // A connection that breaks shows as TypeError here.
    throw error instanceof TypeError ? unreachable() : error;
  }
  if (!ended) throw unreachable();
}

/** @param {string} interactionId @param {Feedback} feedback */
export async function sendFeedback(interactionId, feedback) {
  await request(`/api/interactions/${interactionId}/feedback`, {
    method: "POST",
    body: JSON.stringify(feedback),
    headers: { "content-type": "application/json" },
  });
}

/** @param {string} name @param {AbortSignal} signal @returns {Promise<EntitySummary[]>} */
export async function findEntities(name, signal) {
  const response = await request(`/api/entities?query=${encodeURIComponent(name)}`, { signal });
  return (await response.json()).entities;
}

/** @returns {Promise<{ url: string, alt: string, credit: string, questions: string[] }[]>} */
export async function listExamples() {
  return (await (await request("/api/examples")).json()).examples;
}

/** @param {string} url */
export async function fetchPicture(url) {
  return (await request(url)).blob();
}

/** @returns {Promise<unknown>} */
export async function whatIsKept() {
  return (await request("/api/me")).json();
}

/** @returns {Promise<number>} how many questions were erased */
export async function eraseKept() {
  return (await (await request("/api/me", { method: "DELETE" })).json()).erased;
}
