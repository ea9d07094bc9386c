import type postgres from 'postgres';

/** Thrown to whoever goes on in a transaction whose connection is gone. */
class ConnectionLost extends Error {
  readonly code = 'CONNECTION_CLOSED';
}

/**
 * A transaction ends with its connection. The driver rejects it at once, but what works in it may still be under way, and its next
 * statement would go out alone on whichever session the connection has by then: here it is refused. The same goes for the commit or
 * the rollback that the driver sends when the work has ended: by then it would end somebody else's transaction.
 */
export function endingWithConnection(client: postgres.Sql): void {
  const begin = client.begin.bind(client) as (options: string, work: (sql: postgres.TransactionSql) => unknown) => Promise<unknown>;
  const guarded = async (...args: [string, Work] | [Work]): Promise<unknown> => {
    const [options, work] = args.length === 1 ? ['', args[0]] : args;
    let isOver = false;
    try {
      return await begin(options, async (sql) => {
        try {
          return await work(refusing(sql, () => isOver));
        } finally {
          // Whoever waited was told already; the driver, which would end a transaction now, waits for ever.
          if (isOver) await new Promise(() => undefined);
        }
      });
    } finally {
      isOver = true;
    }
  };
  client.begin = guarded as typeof client.begin;
}

type Work = (sql: postgres.TransactionSql) => unknown;

function refusing(sql: postgres.TransactionSql, isOver: () => boolean): postgres.TransactionSql {
  const check = () => {
    if (isOver()) throw new ConnectionLost('The transaction is over: its connection was lost, or it has ended.');
  };
  return new Proxy(sql, {
    apply: (target, self, args: unknown[]) => {
      check();
      return Reflect.apply(target, self, args) as unknown;
    },
    get: (target, name) => {
      const value = Reflect.get(target, name) as unknown;
      if (name !== 'unsafe' || typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        check();
        return Reflect.apply(value, target, args) as unknown;
      };
    },
  });
}
