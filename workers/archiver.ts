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
import { pause } from './pause.ts';
import { isServerAway } from './run-histories.ts';
import { sdkVersion } from './sdk-version.ts';

/** A finished run is to be archived within 10 s: one pass that fails must leave time for others. */
const everyMs = 2_000;
const atMost = 1_000;
/** A dream that cannot be archived yet is looked at again after a tenth of the time that we have known it, but at least this often. */
const rarestMs = 60_000;

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
      await archiver.pass();
    } catch (error) {
      settings.log.warn({ code: codeOf(error) }, 'archiving failed and will try again');
    }
  }
}

export class Archiver {
  readonly #settings: ArchiverSettings;
  /** Workspaces that have this process's bundle. */
  readonly #kept = new Set<string>();
  /** Dreams that could not be archived: since when we know them, and when to look again. */
  readonly #waiting = new Map<string, { since: number; until: number }>();

  constructor(settings: ArchiverSettings) {
    this.#settings = settings;
  }

  /** One look at everything that is due; answers the dreams whose histories it archived. */
  async pass(): Promise<string[]> {
    const { database, log } = this.#settings;
    const due = await dreamsWhoseHistoryIsDue(database, atMost);
    // Before the histories that name it.
    await this.#keepBundle(new Set([...(await workspacesWithRuns(database)), ...due.map((dream) => dream.workspaceId)]));
    this.#forgetBut(due);
    const archived: string[] = [];
    for (const dream of due) {
      if ((this.#waiting.get(keyOf(dream))?.until ?? 0) > Date.now()) continue;
      const became = await this.#archive(dream);
      if (became === 'archived') archived.push(dream.id);
      if (became === 'missing')
        log.warn({ dreamId: dream.id }, 'no server knows the run of a dream that ended long ago; its history is not kept');
      if (became !== 'archived' && became !== 'missing') this.#wait(keyOf(dream));
    }
    return archived;
  }

  /** One that fails must not keep the others waiting; a server that does not answer would not answer for them either. */
  async #archive(dream: DueDream): Promise<Archived | 'failed'> {
    try {
      return await archiveDream(this.#settings, dream);
    } catch (error) {
      if (isServerAway(error)) {
        // Unless it is this one's history that takes too long: then the next pass does without it.
        this.#wait(keyOf(dream));
        throw error;
      }
      this.#settings.log.warn({ dreamId: dream.id, code: codeOf(error) }, 'the history of a dream could not be archived yet');
      return 'failed';
    }
  }

  async #keepBundle(workspaceIds: ReadonlySet<string>): Promise<void> {
    const { database, bundle, reach } = this.#settings;
    const { sha256, size } = bundle;
    for (const workspaceId of workspaceIds) {
      if (this.#kept.has(workspaceId)) continue;
      const bytes = await bundle.pack();
      await writing({ database, reach }, 'archive.bundle', workspaceId, (tx) =>
        insertBundle(tx, { workspaceId, sha256, bytes, size, sdkVersion }),
      );
      this.#kept.add(workspaceId);
    }
  }

  #wait(key: string): void {
    const now = Date.now();
    const since = this.#waiting.get(key)?.since ?? now;
    this.#waiting.set(key, { since, until: now + Math.min((now - since) / 10, rarestMs) });
  }

  #forgetBut(due: readonly DueDream[]): void {
    const known = new Set(due.map(keyOf));
    for (const key of this.#waiting.keys()) if (!known.has(key)) this.#waiting.delete(key);
  }
}

function keyOf({ workspaceId, id }: DueDream): string {
  return `${workspaceId} ${id}`;
}

function codeOf(error: unknown): unknown {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return code ?? name;
}
