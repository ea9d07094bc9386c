import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import type { EmbeddedServer } from '../../db/embedded/server.ts';
import { startEmbeddedServer } from '../../db/embedded/server.ts';
import { freePort } from '../support/free-port.ts';
import type { Servers } from './databases.ts';

const script = fileURLToPath(new URL('../../temporal-dev.sh', import.meta.url));
const readyWithinMs = 60_000;

/** What workers run, made beforehand. */
type Code = Pick<Servers, 'bundlePath' | 'workerPath'>;

interface Ports {
  database: number;
  temporal: number;
  ui: number;
}

/** A PostgreSQL and a Temporal server of a test's own: each can be killed as if its machine had lost power over it, and comes back. */
export class OwnServers {
  readonly servers: Servers;
  readonly #folder: string;
  readonly #ports: Ports;
  #database: EmbeddedServer;
  #temporal: ChildProcess;

  private constructor(folder: string, ports: Ports, database: EmbeddedServer, temporal: ChildProcess, code: Code) {
    this.#folder = folder;
    this.#ports = ports;
    this.#database = database;
    this.#temporal = temporal;
    this.servers = {
      temporalAddress: `127.0.0.1:${String(ports.temporal)}`,
      databaseUrl: database.url,
      databaseAdminUrl: database.adminUrl,
      // Migrated, and nobody works in it.
      template: 'open_dreams',
      ...code,
    };
  }

  static async start(code: Code): Promise<OwnServers> {
    const folder = mkdtempSync(join(tmpdir(), 'open-dreams-killed-'));
    chmodSync(folder, 0o711);
    const ports = { database: await freePort(), temporal: await freePort(), ui: await freePort() };
    const temporal = launchTemporal(folder, ports);
    const own = new OwnServers(folder, ports, await launchDatabase(folder, ports.database), temporal, code);
    await own.#untilTemporalAnswers();
    return own;
  }

  /** SIGKILL to the server and all its processes at once: each backend leads a group of its own and would finish its statement. */
  async killDatabase(): Promise<void> {
    const { pid, process: child } = this.#database;
    if (hasEnded(child)) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    // Stopped first, so that it makes no backend while the others are looked up.
    process.kill(pid, 'SIGSTOP');
    for (const backend of childrenOf(pid)) process.kill(backend, 'SIGKILL');
    process.kill(pid, 'SIGKILL');
    await ended;
  }

  /** On the same files and port; PostgreSQL recovers from its log. */
  async restartDatabase(): Promise<void> {
    this.#database = await launchDatabase(this.#folder, this.#ports.database);
  }

  async killTemporal(): Promise<void> {
    if (hasEnded(this.#temporal)) return;
    const ended = new Promise((resolve) => this.#temporal.once('exit', resolve));
    this.#temporal.kill('SIGKILL');
    await ended;
  }

  /** On the same database file and port. */
  async restartTemporal(): Promise<void> {
    this.#temporal = launchTemporal(this.#folder, this.#ports);
    await this.#untilTemporalAnswers();
  }

  async kill(server: 'PostgreSQL' | 'Temporal'): Promise<void> {
    await (server === 'PostgreSQL' ? this.killDatabase() : this.killTemporal());
  }

  async restart(server: 'PostgreSQL' | 'Temporal'): Promise<void> {
    await (server === 'PostgreSQL' ? this.restartDatabase() : this.restartTemporal());
  }

  async stop(): Promise<void> {
    await this.killTemporal();
    await this.#database.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #untilTemporalAnswers(): Promise<void> {
    const deadline = Date.now() + readyWithinMs;
    for (;;) {
      if (this.#temporal.exitCode !== null)
        throw new Error(`The Temporal server ended with ${String(this.#temporal.exitCode)} as it started.`);
      try {
        const connection = await Connection.connect({ address: this.servers.temporalAddress, connectTimeout: '2 seconds' });
        try {
          // The port is open before the namespace is there.
          await connection.workflowService.describeNamespace({ namespace: 'default' });
          return;
        } finally {
          await connection.close();
        }
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await sleep(100);
      }
    }
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function childrenOf(parent: number): number[] {
  const rows = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return rows.map((row) => row.trim().split(/\s+/).map(Number)).flatMap(([pid, of]) => (of === parent && pid !== undefined ? [pid] : []));
}

async function launchDatabase(folder: string, port: number): Promise<EmbeddedServer> {
  // What was committed must be there after a kill; only a power cut would need fsync.
  return await startEmbeddedServer({ dataFolder: folder, port, settings: { fsync: 'off', max_connections: '120' } });
}

function launchTemporal(folder: string, ports: Ports): ChildProcess {
  const args = ['start', '--foreground', '--data', folder, '--port', String(ports.temporal), '--ui-port', String(ports.ui)];
  return spawn(script, args, { stdio: 'ignore' });
}
