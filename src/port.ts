/** Whether one could listen at an address. */
import { createServer } from "node:net";

/** The system's code of the fault (`EADDRINUSE`), or null when the port is free. Port 0 is always free. */
export function portFault(hostname: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown fault"));
    server.listen(port, hostname, () => server.close(() => resolve(null)));
  });
}
