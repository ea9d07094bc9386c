import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';
import { onTestFinished, vi } from 'vitest';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { freePort } from './free-port.ts';

const script = fileURLToPath(new URL('../../temporal-dev.sh', import.meta.url));

/** The `temporal` binary of this run. */
export function temporalBinary(): string {
  return execFileSync(script, ['path'], { encoding: 'utf8' }).trim();
}

/** A Temporal server of the test's own, in memory, with settings that ours does not have; answers its address. It ends with the test. */
export async function ownTemporal(dynamicConfig: Record<string, unknown>): Promise<string> {
  const port = await freePort();
  const kinds = { KEYWORD: 'Keyword', INT: 'Int', DOUBLE: 'Double', BOOL: 'Bool' } as Record<string, string>;
  const attributes = searchAttributes.flatMap(({ name, type }) => ['--search-attribute', `${name}=${kinds[type] ?? type}`]);
  const values = Object.entries(dynamicConfig).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${JSON.stringify(value)}`]);
  const flags = ['--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'];
  const server = spawn(temporalBinary(), ['server', 'start-dev', ...flags, ...attributes, ...values], { stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  onTestFinished(async () => {
    server.kill('SIGTERM');
    await ended;
  });
  const address = `127.0.0.1:${String(port)}`;
  const connection = await vi.waitFor(() => Connection.connect({ address }), { timeout: 60_000, interval: 100 });
  await connection.close();
  return address;
}
