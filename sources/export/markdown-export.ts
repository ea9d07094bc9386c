/** A store as a folder of Markdown, with `provenance.json` beside it: for each line where it comes from and what made it. */
import type { Change } from '../../domain/change.ts';
import type { DraftClaim } from '../../domain/draft.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { claimsByPath } from './claims-by-path.ts';
import { relativePath, unsafeOnOtherSystems, type ExportProblem } from './safe-files.ts';

export interface StoreExport {
  store: { id: string; name: string };
  memories: { path: string; content: string }[];
  claims: Pick<DraftClaim, 'path' | 'text' | 'start' | 'end' | 'changeId' | 'evidence'>[];
  changes: Pick<Change, 'id' | 'kind' | 'reason' | 'before' | 'after'>[];
  /** null for a store that no dream wrote. */
  dreamId: string | null;
}

export interface ExportedFolder {
  files: { path: string; bytes: Uint8Array }[];
  problems: ExportProblem[];
}

export function exportStore(input: StoreExport): ExportedFolder {
  const memories = input.memories.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const encoder = new TextEncoder();
  const files = memories.map(({ path, content }) => ({ path: relativePath(path), bytes: encoder.encode(content) }));
  const problems = unsafeOnOtherSystems(files.map((file) => file.path));
  const provenance = `${JSON.stringify(provenanceOf(input, memories), null, 2)}\n`;
  files.push({ path: provenancePath(files.map((file) => file.path)), bytes: encoder.encode(provenance) });
  return { files, problems };
}

/** Two memories may have taken the name; the reader of folders knows the longer form too. */
function provenancePath(taken: string[]): string {
  const names = new Set(taken.map((path) => path.toLowerCase().split('/')[0]));
  let suffix = '';
  while (names.has(`provenance${suffix}.json`)) suffix += '.open-dreams';
  return `provenance${suffix}.json`;
}

function provenanceOf(input: StoreExport, memories: StoreExport['memories']): unknown {
  const claimsOf = claimsByPath(input.claims);
  const changeOf = new Map(input.changes.map((change) => [change.id, change]));
  const lines = memories.flatMap(({ path, content }) => {
    return withLineNumbers(content, claimsOf(path)).map(({ claim, line }) => {
      const change = claim.changeId === null ? undefined : changeOf.get(claim.changeId);
      return {
        path: relativePath(path),
        line,
        text: claim.text,
        change: change === undefined ? null : { id: change.id, kind: change.kind, reason: change.reason },
        evidence: claim.evidence.map(sourceOf),
      };
    });
  });
  return {
    store: input.store,
    dream: input.dreamId,
    lines,
    changes: input.changes.map(({ id, kind, reason, before, after }) => ({ id, kind, reason, before, after })),
  };
}

/** Line numbers from 1; one pass over the content, however many claims it has. */
function withLineNumbers<T extends { start: number }>(content: string, claims: T[]): { claim: T; line: number }[] {
  let line = 1;
  let next = content.indexOf('\n');
  return claims.map((claim) => {
    while (next >= 0 && next < claim.start) {
      line += 1;
      next = content.indexOf('\n', next + 1);
    }
    return { claim, line };
  });
}

function sourceOf(evidence: Evidence): unknown {
  const said = { quote: evidence.quote, origin: evidence.origin, at: evidence.at };
  return evidence.kind === 'event'
    ? { session: evidence.sessionId, event: evidence.eventId, ...said }
    : { memory: evidence.path, version: evidence.memoryVersionId, ...said };
}
