// Ports that nobody uses at this moment.
import { createServer, type Server } from 'node:net';

export async function listenOnFreePort(): Promise<{ port: number; close: () => Promise<void> }> {
  const server: Server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A listening server has no port.');
  return { port: address.port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** The flags for two of them. */
export async function freePortFlags(): Promise<{ port: number; uiPort: number; flags: string[] }> {
  const [first, second] = await Promise.all([listenOnFreePort(), listenOnFreePort()]);
  await Promise.all([first.close(), second.close()]);
  return {
    port: first.port,
    uiPort: second.port,
    flags: ['--port', String(first.port), '--ui-port', String(second.port)],
  };
}
