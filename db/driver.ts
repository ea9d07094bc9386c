/** The driver `postgres`, with faults of 3.4.9 mended as it is loaded; `db/driver-mends.ts` says which and why. */
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type postgres from 'postgres';
import type { Mend } from './driver-mends.ts';
import { inConnection, inPool } from './driver-mends.ts';

/** Opens a pool, as the driver's own function does. */
export const openDriver: typeof postgres = load();

function load(): typeof postgres {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('postgres');
  // The entry takes the other file from the cache.
  compile(require, join(dirname(entry), 'connection.js'), inConnection);
  return compile(require, entry, inPool) as typeof postgres;
}

function compile(require: NodeJS.Require, file: string, mends: readonly Mend[]): unknown {
  const mended = new Module(file) as Module & { _compile(code: string, file: string): void };
  mended.filename = file;
  mended._compile(mend(readFileSync(file, 'utf8'), file, mends), file);
  mended.loaded = true;
  require.cache[file] = mended;
  return mended.exports;
}

function mend(code: string, file: string, mends: readonly Mend[]): string {
  return mends.reduce((before, { wrong, right, times }) => {
    const parts = before.split(wrong);
    if (parts.length !== times + 1)
      throw new Error(`${file} is another version of the driver than the one that db/driver.ts mends, which is 3.4.9.`);
    return parts.join(right);
  }, code);
}
