import { createServer, connect } from 'node:net';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** How a connection ends: it is reset, closed, or closed behind PostgreSQL's word that an administrator ended its session. */
export type Break = 'reset' | 'close' | 'terminate';

export interface BreakingProxy {
  /** The database's URL, by way of the proxy. */
  url: string;
  /** The next connection that sends these words breaks before they get to the server; '' is the first thing that it sends. */
  breakAt(words: string, how: Break): void;
  /** How many connections came, and how many of them are open. */
  readonly connections: number;
  readonly open: number;
}

/** A way to a PostgreSQL on which connections break at a given moment. It ends with the test. */
export async function breakingProxy(databaseUrl: string): Promise<BreakingProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const clients = new Set<Socket>();
  let armed: { words: string; how: Break } | undefined;
  let connections = 0;
  const server = createServer((client) => {
    connections++;
    clients.add(client);
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      // The other side is told by 'close'.
      socket.on('error', () => undefined);
    }
    client.on('data', (sent) => {
      if (armed !== undefined && sent.includes(armed.words)) {
        const { how } = armed;
        armed = undefined;
        breakOff(client, how);
        upstream.destroy();
        return;
      }
      upstream.write(sent);
    });
    upstream.on('data', (answered) => client.writable && client.write(answered));
    client.on('close', () => {
      clients.delete(client);
      upstream.destroy();
    });
    upstream.on('close', () => client.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = new URL(databaseUrl);
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    breakAt: (words, how) => (armed = { words, how }),
    get connections() {
      return connections;
    },
    get open() {
      return clients.size;
    },
  };
}

function breakOff(client: Socket, how: Break): void {
  if (how === 'reset') client.resetAndDestroy();
  else if (how === 'close') client.end();
  else client.end(errorResponse({ S: 'FATAL', V: 'FATAL', C: '57P01', M: 'terminating connection due to administrator command' }));
}

/** PostgreSQL's message of that name: https://www.postgresql.org/docs/current/protocol-message-formats.html */
function errorResponse(fields: Record<string, string>): Buffer {
  const body = Buffer.from(
    `${Object.entries(fields)
      .map(([field, value]) => `${field}${value}\0`)
      .join('')}\0`,
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from('E'), length, body]);
}
