import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundleWorkflowCode } from '@temporalio/worker';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { startEmbeddedServer } from '../../db/embedded/server.ts';
import { workflowsPath } from '../../config/workflow-bundle.ts';
import { freePort } from './free-port.ts';
import { neverReplayed, replaySummary } from './none-forgotten.ts';

declare module 'vitest' {
  interface ProvidedContext {
    temporalAddress: string;
    databaseUrl: string;
    databaseAdminUrl: string;
    bundlePath: string;
    /** Where tests note which executions they replayed. */
    replayedFolder: string;
  }
}

const script = fileURLToPath(new URL('../../temporal-dev.sh', import.meta.url));

/** One Temporal server, one PostgreSQL and one workflow bundle for the whole run; each test file makes its own database from the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'open-dreams-test-'));
  // Run by root, PostgreSQL has an account of its own that must get through; else its files would lie in /var/lib and stay there.
  chmodSync(folder, 0o711);
  const [databasePort, temporalPort, uiPort] = [await freePort(), await freePort(), await freePort()];
  // Getting the server may take minutes where it was never built; its progress goes to our stderr.
  execFileSync(script, ['path'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const temporal = spawn(script, ['start', '--foreground', '--data', folder, '--port', String(temporalPort), '--ui-port', String(uiPort)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  // Tests need no data that survives a power cut.
  const database = await startEmbeddedServer({
    dataFolder: folder,
    port: databasePort,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  await makeTemplate(database.adminUrl);
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} },
  });
  const bundlePath = join(folder, 'workflow-bundle.js');
  writeFileSync(bundlePath, code);
  await untilOpen(temporalPort);
  const temporalAddress = `127.0.0.1:${String(temporalPort)}`;
  const replayedFolder = join(folder, 'replayed');
  mkdirSync(replayedFolder);
  project.provide('temporalAddress', temporalAddress);
  project.provide('replayedFolder', replayedFolder);
  project.provide('databaseUrl', database.url);
  project.provide('databaseAdminUrl', database.adminUrl);
  project.provide('bundlePath', bundlePath);
  return async () => {
    process.stderr.write(`${replaySummary(replayedFolder)}\n`);
    const forgotten = await neverReplayed(temporalAddress, replayedFolder);
    const ended = new Promise((resolve) => temporal.once('exit', resolve));
    temporal.kill('SIGTERM');
    await ended;
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
    if (forgotten.length === 0) return;
    // vitest prints what a teardown throws and ends as if nothing had been.
    process.exitCode = 1;
    throw new Error(`Executions that no test replayed:\n${forgotten.join('\n')}`);
  };
}

/** A migrated database that nobody connects to: PostgreSQL copies it in some 30 ms. */
async function makeTemplate(adminUrl: string): Promise<void> {
  const url = new URL(adminUrl);
  url.pathname = '/postgres';
  const admin = postgres(url.href, { max: 1, onnotice: () => undefined });
  await admin.unsafe('create database template_of_tests template open_dreams');
  await admin.end();
}

async function untilOpen(port: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      }).once('error', () => resolve(false));
    });
    if (open) return;
    await sleep(50);
  }
  throw new Error(`Nothing listens on port ${String(port)} after 30 s.`);
}
