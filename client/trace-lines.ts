/** Where lines of a memory come from: followed back over clones, undos, edits and dreams to whoever wrote them. */
import type { Transaction } from '../db/database.ts';
import type { VersionRow } from '../db/memories.ts';
import type { OperationRow } from '../db/operations.ts';
import type { ClaimPlace } from '../db/provenance.ts';
import type { Change } from '../domain/change.ts';
import type { Station } from './read-stations.ts';
import { readStations } from './read-stations.ts';
import { findQuoted, findSource, readSources } from './trace-sources.ts';
import type { DreamSources } from './trace-sources.ts';

/**
 * `change`: a change of a dream wrote it. `kept`: it stood before a dream that left it, and where is not found any more.
 * `imported`: it came in with the store. `edited`: somebody wrote it by hand. `layout`: a dream wrote it around its
 * statements (a heading, the index).
 */
export type LineOriginKind = 'change' | 'kept' | 'imported' | 'edited' | 'layout';

export interface TracedLine {
  origin: LineOriginKind;
  /** The version in which it was written. */
  version: VersionRow;
  /** What wrote that version; null where nothing is recorded. */
  operation: OperationRow | null;
  /** Of a statement that a dream wrote or left: where its evidence is recorded. */
  claim: ClaimPlace | null;
  change: Change | null;
  /** The last dream that moved it to another file as it stood. */
  moved: { dreamId: string; change: Change } | null;
}

/** A line on its way back: `index` (from 0) in the version where it is now. */
interface Track {
  asked: number;
  versionId: string;
  index: number;
  moved: TracedLine['moved'];
}

/**
 * `indexes` count from 0. A few queries for each version on the way, none for a line: all lines go back together, one version
 * after the other.
 */
export async function traceLines(tx: Transaction, versionId: string, indexes: readonly number[]): Promise<TracedLine[]> {
  const found = new Map<number, TracedLine>();
  const sources = new Map<string, DreamSources>();
  let tracks = indexes.map((index, asked): Track => ({ asked, versionId, index, moved: null }));
  while (tracks.length > 0) {
    const stations = await readStations(
      tx,
      tracks.map((track) => track.versionId),
    );
    const next: Track[] = [];
    for (const track of tracks) {
      const station = stations.get(track.versionId);
      if (station === undefined) throw new Error(`version ${track.versionId} is missing`);
      const earlier = stepBack(station, track) ?? (await leaveFile(tx, sources, station, track));
      if (earlier === null) found.set(track.asked, toTraced(station, track));
      else next.push(earlier);
    }
    tracks = next;
  }
  return indexes.flatMap((_, asked) => found.get(asked) ?? []);
}

/** The same line in the version before; null where it was written here, or came from another file. */
function stepBack(station: Station, track: Track): Track | null {
  const { change } = station.statementAt(track.index);
  if (change !== null && change.kind !== 'move') return null;
  const index = station.before?.indexOf(track.index) ?? null;
  return station.before === null || index === null ? null : { ...track, versionId: station.before.versionId, index };
}

/** A statement that a dream moved or kept, in another file of what the dream read. */
async function leaveFile(tx: Transaction, known: Map<string, DreamSources>, station: Station, track: Track): Promise<Track | null> {
  const { claim, change } = station.statementAt(track.index);
  if (claim === null || (change !== null && change.kind !== 'move')) return null;
  const sources = known.get(claim.dreamId) ?? (await readSources(tx, claim.dreamId));
  known.set(claim.dreamId, sources);
  const paths = [change?.removed[0]?.path, station.version.path];
  const place = findSource(sources, station.wordsOf(claim, track.index), paths) ?? findQuoted(sources, change);
  if (place === null) return null;
  const moved = track.moved ?? (change === null ? null : { dreamId: claim.dreamId, change });
  return { ...track, ...place, moved };
}

function toTraced(station: Station, track: Track): TracedLine {
  const { claim, change } = station.statementAt(track.index);
  const operation = station.maker?.operation ?? null;
  const common = { version: station.version, operation, claim, change, moved: track.moved };
  if (operation?.kind === 'dream' || claim !== null)
    return { ...common, origin: change !== null ? 'change' : claim !== null ? 'kept' : 'layout' };
  const byHand = operation !== null && operation.kind !== 'import';
  return { ...common, origin: byHand ? 'edited' : 'imported' };
}
