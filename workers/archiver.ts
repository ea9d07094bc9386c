import type { Client } from '@temporalio/client';
import type { Reach } from '../activities/effect.ts';
import { writing } from '../activities/effect.ts';
import type { Log } from '../config/log.ts';
import type { Database } from '../db/database.ts';
import type { DueDream } from '../db/histories.ts';
import { dreamsWhoseHistoryIsDue, insertBundle, workspacesWithRuns } from '../db/histories.ts';
import type { Archived } from './archive-dream.ts';
import { archiveDream } from './archive-dream.ts';
import type { LoadedBundle } from './load-bundle.ts';
import { codeOf } from './code-of.ts';
import { pause } from '../activities/pause.ts';
import { sdkVersion } from './sdk-version.ts';
import { isServerAway } from './server-away.ts';

/** A finished run is to be archived within 10 s: one pass that fails must leave time for others. */
const everyMs = 2_000;
/** Two pages a pass take some 3 s, after which the newest come first again. */
const pageSize = 50;
/** A dream that cannot be archived yet is looked at again after a tenth of the time that we have known it, but at least this often. */
const rarestMs = 60_000;
/** One whose run goes on at least this often: that it ended is told by the server alone. */
const rarestOpenMs = 5_000;
/** One at which a server gave no answer is left out of two passes: it may be this one's history that takes too long. */
const leftOutMs = 2 * everyMs + 1_000;

export interface ArchiverSettings {
  database: Database;
  client: Client;
  /** What the workers of this process run. */
  bundle: LoadedBundle;
  log: Log;
  reach?: Reach | undefined;
}

/**
 * Keeps the histories of finished runs, and the workflow code of this process, until the signal. Several workers may do so
 * at once: each dream is archived by whoever comes first.
 */
export async function archiveHistories({ signal, ...settings }: ArchiverSettings & { signal: AbortSignal }): Promise<void> {
  const archiver = new Archiver(settings);
  while (!signal.aborted) {
    await pause(everyMs, signal);
    if (signal.aborted) return;
    try {
      await archiver.pass(signal);
    } catch (error) {
      settings.log.warn({ code: codeOf(error) }, 'archiving failed and will try again');
    }
  }
}

/** A dream that could not be archived: since when we know it, when to look again, and in which round we saw it last. */
interface Waiting {
  since: number;
  until: number;
  round: number;
}

export class Archiver {
  readonly #settings: ArchiverSettings;
  readonly #pageSize: number;
  /** Workspaces that have this process's bundle. */
  readonly #kept = new Set<string>();
  readonly #waiting = new Map<string, Waiting>();
  /** Behind which dream the next pass goes on; null where all had their turn, and the next round begins. */
  #after: string | null = null;
  #round = 0;

  constructor(settings: ArchiverSettings, atMost = pageSize) {
    this.#settings = settings;
    this.#pageSize = atMost;
  }

  /**
   * A look at the newest that are due and, where there are more, at a page of the others, so that none waits behind those that
   * cannot be archived yet. Answers the dreams whose histories it archived.
   */
  async pass(signal?: AbortSignal): Promise<string[]> {
    const { database } = this.#settings;
    await this.#keepBundle(await workspacesWithRuns(database));
    const archived: string[] = [];
    const newest = await dreamsWhoseHistoryIsDue(database, { after: null, atMost: this.#pageSize });
    await this.#archivePage(newest, archived, signal);
    if (newest.length < this.#pageSize) {
      this.#endRound();
      return archived;
    }
    const after = this.#after ?? newest.at(-1)?.key ?? null;
    const others = await dreamsWhoseHistoryIsDue(database, { after, atMost: this.#pageSize });
    this.#after = others.at(-1)?.key ?? null;
    await this.#archivePage(others, archived, signal);
    if (others.length < this.#pageSize) this.#endRound();
    return archived;
  }

  async #archivePage(page: readonly DueDream[], archived: string[], signal: AbortSignal | undefined): Promise<void> {
    // Before the histories that name it.
    await this.#keepBundle(page.map((dream) => dream.workspaceId));
    for (const dream of page) {
      if (signal?.aborted === true) return;
      const known = this.#waiting.get(keyOf(dream));
      if (known !== undefined) known.round = this.#round;
      if ((known?.until ?? 0) > Date.now()) continue;
      const became = await this.#archive(dream, known?.since ?? Date.now());
      if (became === 'archived') archived.push(dream.id);
      if (became === 'missing')
        this.#settings.log.warn({ dreamId: dream.id }, 'no server knows the run of a dream that ended long ago; its history is not kept');
      if (became === 'archived' || became === 'missing') this.#waiting.delete(keyOf(dream));
      else this.#wait(dream, { most: became === 'open' ? rarestOpenMs : rarestMs });
    }
  }

  /** One that fails must not keep the others waiting; a server that does not answer would not answer for them either. */
  async #archive(dream: DueDream, askedSince: number): Promise<Archived | 'failed'> {
    try {
      return await archiveDream(this.#settings, dream, askedSince);
    } catch (error) {
      if (isServerAway(error)) {
        this.#wait(dream, { least: leftOutMs, most: rarestMs });
        throw error;
      }
      this.#settings.log.warn({ dreamId: dream.id, code: codeOf(error) }, 'the history of a dream could not be archived yet');
      return 'failed';
    }
  }

  async #keepBundle(workspaceIds: readonly string[]): Promise<void> {
    const { database, bundle, log, reach } = this.#settings;
    const { sha256, size } = bundle;
    for (const workspaceId of workspaceIds) {
      if (this.#kept.has(workspaceId)) continue;
      const bytes = await bundle.pack();
      const isWhole = await writing({ database, reach }, 'archive.bundle', workspaceId, (tx) =>
        insertBundle(tx, { workspaceId, sha256, bytes, size, sdkVersion }),
      );
      if (!isWhole)
        log.warn(
          { workspaceId, sha256 },
          'the archive holds altered bytes of the code of this worker, which its runs cannot be replayed by',
        );
      this.#kept.add(workspaceId);
    }
  }

  #wait(dream: DueDream, { least = 0, most }: { least?: number; most: number }): void {
    const now = Date.now();
    const since = this.#waiting.get(keyOf(dream))?.since ?? now;
    const waitMs = Math.max(least, Math.min((now - since) / 10, most));
    this.#waiting.set(keyOf(dream), { since, until: now + waitMs, round: this.#round });
  }

  /** Every dream that is due was seen, unless a server went away: those that were not for two rounds are due no more. */
  #endRound(): void {
    for (const [key, { round }] of this.#waiting) if (round < this.#round - 1) this.#waiting.delete(key);
    this.#after = null;
    this.#round++;
  }
}

function keyOf({ workspaceId, id }: DueDream): string {
  return `${workspaceId} ${id}`;
}
