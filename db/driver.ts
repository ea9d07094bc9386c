/**
 * The driver `postgres`, with two faults of 3.4.9 mended as it is loaded: both end a process, or a connection of its pool, that
 * loses its server. To be taken away when a release has them (porsager/postgres issues 1154 and 1208).
 *
 * - A statement on a connection that was lost meanwhile (the next one of a transaction, or its rollback) wrote to a socket that is
 *   no more, in a callback that nobody can catch. It is refused as CONNECTION_CLOSED instead.
 * - A connection that closed with a statement waiting to be written never wrote again, whatever it was used for afterwards.
 */
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type postgres from 'postgres';

const mends: { wrong: string; right: string; times: number }[] = [
  {
    wrong: `  function nextWrite(fn) {
`,
    right: `  function nextWrite(fn) {
    if (!socket) {
      nextWriteTimer !== null && clearImmediate(nextWriteTimer)
      chunk = nextWriteTimer = null
      error(Errors.connection('CONNECTION_CLOSED', options))
      return true
    }
`,
    times: 1,
  },
  {
    wrong: `
    clearImmediate(nextWriteTimer)
`,
    right: `
    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
`,
    times: 2,
  },
];

/** Opens a pool, as the driver's own function does. */
export const openDriver: typeof postgres = load();

function load(): typeof postgres {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('postgres');
  const file = join(dirname(entry), 'connection.js');
  const mended = new Module(file) as Module & { _compile(code: string, file: string): void };
  mended.filename = file;
  mended._compile(mend(readFileSync(file, 'utf8'), file), file);
  mended.loaded = true;
  require.cache[file] = mended;
  return require(entry) as typeof postgres;
}

function mend(code: string, file: string): string {
  return mends.reduce((before, { wrong, right, times }) => {
    const parts = before.split(wrong);
    if (parts.length !== times + 1)
      throw new Error(`${file} is another version of the driver than the one that db/driver.ts mends, which is 3.4.9.`);
    return parts.join(right);
  }, code);
}
