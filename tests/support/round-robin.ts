/**
 * A dumb proxy on loopback: gives each connection to the next server in turn, dead or alive, and reads nothing of what it
 * carries. Who meets a dead one is cut off.
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface RoundRobin {
  readonly url: string;
  /** Connections that each server got, in the order given. */
  readonly connections: readonly number[];
  close(): Promise<void>;
}

export async function startRoundRobin(servers: readonly string[]): Promise<RoundRobin> {
  const connections = servers.map(() => 0);
  const open = new Set<Socket>();
  let next = 0;
  const proxy = createServer((client) => {
    const turn = next++ % servers.length;
    connections[turn]!++;
    const { hostname, port } = new URL(servers[turn]!);
    const server = connect(Number(port), hostname);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on("error", () => {});
      from.once("close", () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    connections,
    async close() {
      const closed = once(proxy, "close");
      proxy.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
