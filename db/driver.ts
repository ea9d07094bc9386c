/**
 * The driver `postgres`, with faults of 3.4.9 mended as it is loaded: each of them ends a process that loses its server, a connection
 * of its pool, or somebody else's transaction. To be taken away when a release has them (porsager/postgres issues in brackets).
 */
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type postgres from 'postgres';

interface Mend {
  wrong: string;
  right: string;
  times: number;
}

const inConnection: Mend[] = [
  // A statement on a connection that was lost meanwhile was written to a socket that is no more, in a callback that nobody can
  // catch. It is refused instead (1133, 1154).
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
  // A connection that closed with a statement waiting to be written never wrote again, whatever it was used for (1208).
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
  // What waited on a connection that closed, or came between its failure and its end, waited for ever, or was answered with what
  // the old session had said last (1215, 1223); and one that closed while it began was tried again at once, for ever (1193).
  {
    wrong: `
    if (initial)
      return reconnect()

    !hadError && (query || sent.length) && error(`,
    right: `
    ;(initial || query || sent.length) && error(`,
    times: 1,
  },
  {
    wrong: `
    closedTime = performance.now()
`,
    right: `
    query = results = errorResponse = null
    result = new Result()
    closedTime = performance.now()
`,
    times: 1,
  },
  // The driver asks a new connection for the types of arrays; where that failed nobody could catch it (1192, 1205). Whoever waits
  // for the connection is told.
  { wrong: 'return fetchArrayTypes()\n', right: 'return fetchArrayTypes().catch(() => undefined)\n', times: 1 },
];

// A transaction ends with its connection, or with its work. A statement that its work sends afterwards, and the commit or rollback
// at the end of that, went out on whichever session the connection had by then, alone or in somebody else's transaction (1216).
const inPool: Mend[] = [
  {
    wrong: `      , connection
      , prepare = null
`,
    right: `      , connection
      , prepare = null
      , over = null
`,
    times: 1,
  },
  {
    wrong: 'new Promise((_, reject) => connection.onclose = reject)',
    right: 'new Promise((_, reject) => connection.onclose = e => reject(over = e))',
    times: 1,
  },
  {
    wrong: `    } catch (error) {
      throw error
    }

    async function scope`,
    right: `    } finally {
      over = over || Errors.connection('CONNECTION_CLOSED', options)
    }

    async function scope`,
    times: 1,
  },
  {
    wrong: `        q.catch(e => uncaughtError || (uncaughtError = e))
`,
    right: `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (over)
          return q.reject(over)
`,
    times: 1,
  },
];

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
