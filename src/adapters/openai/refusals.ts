/**
 * fetch for a client that looks for the reason of a refusal in `error` alone: SGLang and servers on FastAPI put it in `message` or
 * `detail` of the body itself, and without it nothing tells a refused parameter from a prompt that is too long.
 */
export async function fetchWithReasons(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (response.ok) return response;
  const text = await response.text();
  const { status, headers } = response;
  return new Response(withReason(text), { status, headers });
}

/** JSON without `error` becomes the error itself; anything else stays. */
function withReason(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null && !("error" in body)
      ? JSON.stringify({ error: body })
      : text;
  } catch {
    return text;
  }
}
