import { createServer } from 'node:net';

/** The usual port when it is free on loopback, else any free one that is not among `taken`. */
export async function choosePort(usual: number, taken: readonly number[] = []): Promise<number> {
  if (!taken.includes(usual) && (await isFree(usual))) return usual;
  for (;;) {
    const port = await anyPort();
    if (!taken.includes(port)) return port;
  }
}

export async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

async function anyPort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
      });
  });
}
