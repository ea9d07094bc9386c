/** A version on a line's way back: its lines, who made it, what dreams recorded in it, and the version before. */
import { readContents } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import type { VersionRow } from '../db/memories.ts';
import { readVersions } from '../db/memories.ts';
import type { Maker } from '../db/operations.ts';
import { readMakers } from '../db/operations.ts';
import type { ClaimPlace } from '../db/provenance.ts';
import { readChangesById, readClaimPlaces } from '../db/provenance.ts';
import type { Change } from '../domain/change.ts';
import { followLines, splitLines } from '../domain/follow-lines.ts';

export interface Statement {
  claim: ClaimPlace | null;
  change: Change | null;
}

export interface Station {
  version: VersionRow;
  maker: Maker | undefined;
  /** null where nothing stood before; `indexOf` answers null for a line that came only with this version. */
  before: { versionId: string; indexOf: (index: number) => number | null } | null;
  /** What a dream recorded over the line. */
  statementAt: (index: number) => Statement;
  /** The lines of a claim, and which of them is asked for. */
  wordsOf: (claim: ClaimPlace, index: number) => { lines: string[]; at: number };
}

export async function readStations(tx: Transaction, versionIds: readonly string[]): Promise<Map<string, Station>> {
  const ids = [...new Set(versionIds)];
  const versions = await readVersions(tx, ids);
  const makers = await readMakers(tx, ids);
  const before = new Map(
    [...versions.values()].map((version) => [version.id, version.copiedFrom ?? makers.get(version.id)?.beforeVersionId ?? null]),
  );
  const earlier = await readVersions(
    tx,
    [...before.values()].flatMap((id) => id ?? []),
  );
  const contents = await readContents(
    tx,
    [...versions.values(), ...earlier.values()].flatMap((version) => version.sha256 ?? []),
  );
  const claims = await readClaimPlaces(tx, ids);
  const changes = await readChangesById(
    tx,
    [...claims.values()].flat().flatMap(({ draftId, changeId }) => (changeId === null ? [] : { draftId, changeId })),
  );
  const textOf = (version: VersionRow | undefined): string => contents.get(version?.sha256 ?? '') ?? '';
  return new Map(
    [...versions.values()].map((version) => {
      const previous = earlier.get(before.get(version.id) ?? '');
      return [
        version.id,
        {
          version,
          maker: makers.get(version.id),
          before: previous === undefined ? null : { versionId: previous.id, indexOf: follow(textOf(previous), textOf(version)) },
          ...statements(textOf(version), claims.get(version.id) ?? [], changes),
        },
      ] as const;
    }),
  );
}

function follow(before: string, after: string): (index: number) => number | null {
  if (before === after) return (index) => index;
  const texts = (content: string): string[] => splitLines(content).map((line) => line.text);
  const origins = followLines(texts(before), texts(after));
  return (index) => origins[index] ?? null;
}

function statements(
  content: string,
  claims: readonly ClaimPlace[],
  changes: ReadonlyMap<string, Change>,
): Pick<Station, 'statementAt' | 'wordsOf'> {
  const lines = splitLines(content);
  // Narrow claims last, so that they overwrite the wider ones around them.
  const widestFirst = claims.toSorted((a, b) => b.end - b.start - (a.end - a.start));
  const starts = lines.map((line) => line.start);
  const over = new Map<number, ClaimPlace>();
  for (const claim of widestFirst)
    for (let index = lineAt(starts, claim.start); index < lines.length && (starts[index] ?? 0) < claim.end; index++) over.set(index, claim);
  return {
    statementAt: (index) => {
      const claim = over.get(index) ?? null;
      return { claim, change: changes.get(`${claim?.draftId ?? ''} ${claim?.changeId ?? ''}`) ?? null };
    },
    wordsOf: (claim, index) => {
      const first = lineAt(starts, claim.start);
      const own = lines.slice(first).filter((line) => line.start < claim.end);
      return { lines: own.map((line) => line.text), at: index - first };
    },
  };
}

/** The last line that begins at or before the offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  for (let high = starts.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
