/** Ends with 0 when the web chat of this container is alive: the image has no curl. */
const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/health`).catch(() => null);
process.exitCode = answer?.ok ? 0 : 1;
