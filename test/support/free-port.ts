import { randomInt } from 'node:crypto';
import { isFree } from '../../client/up/ports.ts';

/**
 * A port of loopback that nothing listens on; whoever wants it takes it soon. Below those that systems give to outgoing
 * connections: one of these may be gone before a server that starts gets to it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}
