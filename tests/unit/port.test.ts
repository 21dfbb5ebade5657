import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { portFault } from "../../src/port.ts";

it("a port is free until somebody listens on it, and again afterwards", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  expect(await portFault("127.0.0.1", port)).toBe("EADDRINUSE");
  server.close();
  await once(server, "close");
  expect(await portFault("127.0.0.1", port)).toBeNull();
});

it("an address of another machine cannot be listened on", async () => {
  expect(await portFault("192.0.2.1", 0)).toBe("EADDRNOTAVAIL");
});
