/**
 * What `db/driver.ts` changes in the text of postgres 3.4.9: each of these faults ends a process that loses its server, keeps it
 * from ending, takes a connection from the pool, or reaches into somebody else's transaction. Each goes when a release has it
 * (porsager/postgres issues in brackets). Without one of them a test of `test/db` fails, but where it says that none reaches it.
 */
export interface Mend {
  wrong: string;
  right: string;
  /** How often `wrong` stands there. */
  times: number;
}

export const inConnection: readonly Mend[] = [
  // A statement on a connection that was lost meanwhile was written to a socket that is no more, in a callback that nobody can
  // catch (1133, 1154). Behind the others for what is sent in the instant of the loss; no test reaches it.
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
  // No test reaches it.
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
  // the old session had said last (1215, 1223); one that closed while it began was tried again at once, for ever, and the same host
  // of several too (1193); and who ended the pool meanwhile waited for his whole patience (1142).
  {
    wrong: `
    if (initial)
      return reconnect()

    !hadError && (query || sent.length) && error(`,
    right: `
    if (initial && options.host[++retries]) {
      query = results = errorResponse = null
      result = new Result()
      return reconnect()
    }

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
    rows = retries = 0
    ended && (ended(), ending = ended = null)
    closedTime = performance.now()
`,
    times: 1,
  },
  // Only who waits for the connection goes on to the next host; no test reaches it.
  {
    wrong: 'if (connection.queue === queues.connecting && options.host[',
    right: 'if (initial && connection.queue === queues.connecting && options.host[',
    times: 1,
  },
  // Nobody waits for the connection any more: the pool was ended. No test reaches it.
  { wrong: 'setTimeout(connect, closedTime', right: 'setTimeout(() => initial && connect(), closedTime', times: 1 },
  // The driver asks a new connection for the types of arrays; where that failed nobody could catch it (1192, 1205). Whoever waits
  // for the connection is told.
  { wrong: 'return fetchArrayTypes()\n', right: 'return fetchArrayTypes().catch(() => undefined)\n', times: 1 },
];

export const inPool: readonly Mend[] = [
  // A transaction ends with its connection, or with its work. A statement that its work sends afterwards, and the commit or rollback
  // at the end of that, went out on whichever session the connection had by then, alone or in somebody else's transaction (1216);
  // one that waited for the statement before it was never answered. It is over before anybody is told, for which there is no test.
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
    right: 'new Promise((_, reject) => connection.onclose = e => (finish(e), reject(e)))',
    times: 1,
  },
  {
    wrong: `    } catch (error) {
      throw error
    }

    async function scope`,
    right: `    } finally {
      finish(Errors.connection('CONNECTION_CLOSED', options))
    }

    function finish(e) {
      over = over || e
      while (queries.length)
        queries.shift().reject(over)
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
  // A pool that was ended opened another session for who still waited, and kept it.
  {
    wrong: `    queries.length && connect(c, queries.shift())
`,
    right: `    while (ending && queries.length)
      queries.shift().reject(Errors.connection('CONNECTION_ENDED', options))
    queries.length && connect(c, queries.shift())
`,
    times: 1,
  },
];
