import { followLines, splitLines } from '../domain/follow-lines.ts';
import { readContents } from './contents.ts';
import type { Transaction } from './database.ts';
import { readVersions } from './memories.ts';
import { readMakers } from './operations.ts';
import type { RecordedClaim } from './provenance.ts';
import { readRecordedClaims } from './provenance.ts';

/**
 * What dreams recorded of the lines that stand in these versions, also where an edit by hand, an undo or an erasure wrote the
 * version since: lines that it left as they stood keep what was recorded, at the offsets where they stand now.
 * Key: the version. Versions in which nothing recorded stands are absent.
 */
export async function readStandingClaims(tx: Transaction, versionIds: readonly string[]): Promise<Map<string, RecordedClaim[]>> {
  const versions = await readVersions(tx, versionIds);
  const recordedAt = new Map([...versions.values()].map((version) => [version.id, version.copiedFrom ?? version.id]));
  const recorded = await readRecordedClaims(tx, [...recordedAt.values()]);
  const found = new Map<string, RecordedClaim[]>();
  const unrecorded = new Map<string, string>();
  for (const [id, source] of recordedAt) {
    const claims = recorded.get(source);
    if (claims === undefined) unrecorded.set(id, source);
    else found.set(id, claims);
  }
  const befores = await readBefores(tx, [...unrecorded.values()]);
  if (befores.size === 0) return found;
  const earlier = await readStandingClaims(tx, [...befores.values()]);
  const texts = await readTexts(tx, [...befores.keys(), ...befores.values()]);
  for (const [id, source] of unrecorded) {
    const before = befores.get(source) ?? '';
    const claims = carryClaims(earlier.get(before) ?? [], texts.get(before) ?? '', texts.get(source) ?? '');
    if (claims.length > 0) found.set(id, claims);
  }
  return found;
}

/** The predecessors of versions that something other than a dream wrote over another one. */
async function readBefores(tx: Transaction, versionIds: readonly string[]): Promise<Map<string, string>> {
  const makers = await readMakers(tx, versionIds);
  return new Map(
    [...makers].flatMap(([id, { operation, beforeVersionId }]) =>
      beforeVersionId === null || operation.kind === 'dream' ? [] : [[id, beforeVersionId] as const],
    ),
  );
}

/** Key: the version. */
export async function readTexts(tx: Transaction, versionIds: readonly string[]): Promise<Map<string, string>> {
  const versions = await readVersions(tx, versionIds);
  const contents = await readContents(
    tx,
    [...versions.values()].flatMap((version) => version.sha256 ?? []),
  );
  return new Map([...versions.values()].map((version) => [version.id, contents.get(version.sha256 ?? '') ?? '']));
}

/** A claim stands while all its lines do, one below the other. */
function carryClaims(claims: readonly RecordedClaim[], before: string, after: string): RecordedClaim[] {
  const [old, now] = [splitLines(before), splitLines(after)];
  const wentTo = new Map<number, number>();
  const origins = followLines(
    old.map((line) => line.text),
    now.map((line) => line.text),
  );
  for (const [to, from] of origins.entries()) if (from !== null) wentTo.set(from, to);
  return claims.flatMap((claim) => {
    const first = old.findIndex((line) => claim.start <= line.end);
    const start = wentTo.get(first);
    if (start === undefined) return [];
    for (let line = first; line < old.length && (old[line]?.start ?? 0) < claim.end; line++)
      if (wentTo.get(line) !== start + line - first) return [];
    const shift = (now[start]?.start ?? 0) - (old[first]?.start ?? 0);
    return { ...claim, start: claim.start + shift, end: claim.end + shift };
  });
}
