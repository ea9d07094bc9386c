// Stands in for `temporal server start-dev`: opens both ports and creates the database file. FAKE_SERVER=dies makes it fail.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';

const flag = (name) => process.argv[process.argv.indexOf(name) + 1];

if (process.env.FAKE_SERVER === 'dies') {
  console.error('the database is locked');
  process.exit(3);
}
appendFileSync(flag('--db-filename'), '');
for (const port of [flag('--port'), flag('--ui-port')]) createServer((socket) => socket.end()).listen(Number(port), '127.0.0.1');
