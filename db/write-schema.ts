import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dumpSchema } from './dump-schema.ts';
import { startEmbeddedServer } from './embedded/server.ts';

/** `npm run db:schema`: migrates an empty database and writes what came out. */
const folder = mkdtempSync(join(tmpdir(), 'open-dreams-schema-'));
const server = await startEmbeddedServer({ dataFolder: folder, port: 54_329, settings: { fsync: 'off' } });
try {
  writeFileSync(fileURLToPath(new URL('./schema.sql', import.meta.url)), await dumpSchema(server.adminUrl));
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
