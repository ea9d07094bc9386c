/**
 * The soak: dream after dream, each with faults drawn from a number of its own, on servers that it kills too. It says what it does
 * line by line, goes on after a failure, and ends with a summary as JSON.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { buildCrashBundle } from './bundle.ts';
import { compileWorker } from './compiled-worker.ts';
import type { Reference } from './reference.ts';
import { runReference } from './reference.ts';
import { record } from './results.ts';
import type { Scenario } from './scenario.ts';
import { OwnServers } from './servers.ts';
import { drawPlan, planInWords } from './soak-plan.ts';
import type { Played } from './soak-run.ts';
import { playPlan } from './soak-run.ts';

export interface SoakOptions {
  minutes: number;
  /** Of the first dream; each later one has the next number. */
  seed: number;
  /** At most so many, however much time is left. */
  dreams?: number;
}

export interface SoakSummary {
  seed: number;
  dreams: number;
  canceled: number;
  faults: Record<string, number>;
  /** Seeds of the dreams that were not what they should be. */
  failures: number[];
  minutes: number;
}

export async function runSoak({ minutes, seed, dreams = Number.POSITIVE_INFINITY }: SoakOptions): Promise<SoakSummary> {
  const from = Date.now();
  const passed = () => (Date.now() - from) / 60_000;
  say(`soak: seed ${String(seed)}, ${String(minutes)} minutes; a dream again by its seed: ${again('SEED')}`);
  const folder = mkdtempSync(join(tmpdir(), 'open-dreams-soak-'));
  const stage = new Stage(folder);
  const summary: SoakSummary = { seed, dreams: 0, canceled: 0, faults: {}, failures: [], minutes: 0 };
  try {
    for (let next = seed; summary.dreams < dreams && passed() < minutes; next++) {
      const plan = drawPlan(next);
      say(`seed ${String(next)}: ${planInWords(plan)}`);
      const played = await attempt(async () => {
        const { client, own, reference } = await stage.for(plan.scenario);
        return await playPlan(client, own, reference, plan);
      });
      summary.dreams++;
      if (played.canceled) summary.canceled++;
      for (const act of played.done) summary.faults[act] = (summary.faults[act] ?? 0) + 1;
      if (played.complaints.length === 0) {
        const end = played.canceled ? 'canceled as it should be' : 'as if nothing had been';
        const faults = played.done.length === 0 ? 'no fault came to pass' : `faults: ${played.done.join(', ')}`;
        say(`seed ${String(next)}: ${end}, ${faults}, ${(played.ms / 1_000).toFixed(1)} s`);
        continue;
      }
      summary.failures.push(next);
      say(`seed ${String(next)}: FAILED\n${played.complaints.join('\n')}\nagain: ${again(String(next))}`);
      // Whatever state its servers are in, the next dream gets new ones.
      await clear(stage);
    }
  } finally {
    await clear(stage);
    rmSync(folder, { recursive: true, force: true });
  }
  summary.minutes = Math.round(passed() * 10) / 10;
  const faults = Object.values(summary.faults).reduce((sum, count) => sum + count, 0);
  record({ kind: 'soak', seed, dreams: summary.dreams, faults, failures: summary.failures.length, minutes: summary.minutes });
  process.stdout.write(`${JSON.stringify(summary)}\n`);
  return summary;
}

/** Servers that cannot even be stopped are left behind: the soak goes on without them. */
async function clear(stage: Stage): Promise<void> {
  try {
    await stage.clear();
  } catch (error) {
    say(`The servers could not be stopped: ${(error as Error).message}`);
  }
}

function again(seed: string): string {
  return `npm run test:crash -- --soak --seed ${seed} --dreams 1`;
}

function say(line: string): void {
  process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
}

/** What cannot even be played is a failure of its seed too, not the end of the soak. */
async function attempt(play: () => Promise<Played>): Promise<Played> {
  const from = Date.now();
  try {
    return await play();
  } catch (error) {
    const { stack, cause } = error as Error;
    const because = cause instanceof Error ? [`because: ${cause.stack ?? cause.message}`] : [];
    return { done: [], canceled: false, complaints: [stack ?? String(error), ...because], ms: Date.now() - from };
  }
}

interface Scene {
  client: Client;
  own: OwnServers;
  reference: Reference;
}

interface Open {
  own: OwnServers;
  connection: Connection;
  references: Map<string, Reference>;
}

/** Servers, and on them an undisturbed dream of each scenario that came up. */
class Stage {
  readonly #folder: string;
  #code: { bundlePath: string; workerPath: string } | undefined;
  #open: Open | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async for(scenario: Scenario): Promise<Scene> {
    this.#open ??= await this.#start();
    const { own, connection, references } = this.#open;
    const client = new Client({ connection });
    const reference = references.get(scenario.name) ?? (await runReference(client, own.servers, scenario));
    references.set(scenario.name, reference);
    return { client, own, reference };
  }

  async clear(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    await open.connection.close();
    await open.own.stop();
  }

  async #start(): Promise<Open> {
    this.#code ??= await this.#build();
    const own = await OwnServers.start(this.#code);
    const connection = await Connection.connect({ address: own.servers.temporalAddress });
    return { own, connection, references: new Map() };
  }

  async #build(): Promise<{ bundlePath: string; workerPath: string }> {
    const bundlePath = join(this.#folder, 'workflow-bundle.js');
    writeFileSync(bundlePath, await buildCrashBundle());
    return { bundlePath, workerPath: compileWorker(this.#folder) };
  }
}
