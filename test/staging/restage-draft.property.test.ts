import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Draft } from '../../domain/draft.ts';
import { allGuards, runGuards } from '../../domain/guards/all-guards.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { isIndexPath } from '../../domain/index-file.ts';
import type { LeftOutWhy } from '../../domain/operation.ts';
import { findLayout, restageDraft, type RestagedDraft } from '../../domain/staging/restage-draft.ts';
import { stageDraft, type StageInput } from '../../domain/staging/stage-draft.ts';
import { cases, inputOf } from './random-store.ts';

const runs = { numRuns: 150 };
vi.setConfig({ testTimeout: 60_000 });

interface Restaged {
  input: StageInput;
  contents: Record<string, string>;
  reviewed: Draft;
  asked: ReadonlyMap<string, LeftOutWhy>;
  restaged: RestagedDraft;
  again: () => RestagedDraft;
}

/** Stages a random store, leaves a random part of the changes out, and checks what is said of the result. */
function check(
  says: (result: Restaged) => void,
  isOut: (picks: boolean[], at: number) => boolean = (picks, at) => picks[at % picks.length] === true,
): void {
  fc.assert(
    fc.property(cases, fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), ([contents, seeds], picks) => {
      const input = { ...inputOf(contents, seeds), retireCap: 1 };
      const reviewed = stageDraft(input).draft;
      const asked = new Map(reviewed.changes.filter((_, at) => isOut(picks, at)).map(({ id }): [string, LeftOutWhy] => [id, 'reviewer']));
      const again = (): RestagedDraft =>
        restageDraft({
          ...input,
          round: 2,
          layout: findLayout(input, [{ digest: reviewed.digest, leftOut: [] }]),
          reviewed: reviewed.changes,
          leftOut: asked,
          conflicts: new Set(),
        });
      says({ input, contents, reviewed, asked, restaged: again(), again });
    }),
    runs,
  );
}

const contentsOf = (draft: Draft): Record<string, string> => Object.fromEntries(draft.files.map((file) => [file.path, file.content]));
const stakes = (changes: Draft['changes']): Set<string> =>
  new Set(changes.flatMap((change) => [change.path, ...change.removed.map((removed) => removed.path)]));

describe('a draft without what was left out', () => {
  it('holds reviewed changes only, as they were reviewed, and says of all others why they are not there', () => {
    check(({ reviewed, restaged: { draft, leftOut } }) => {
      const seen = new Map(reviewed.changes.map((change) => [change.id, change]));
      for (const change of draft.changes) {
        const { path: _path, claimId: _claimId, ...same } = seen.get(change.id) ?? change;
        expect(seen.has(change.id)).toBe(true);
        expect(leftOut.has(change.id)).toBe(false);
        expect(change).toMatchObject(same);
      }
      const made = new Set(draft.changes.map((change) => change.id));
      for (const claim of draft.claims) if (claim.changeId !== null) expect(made.has(claim.changeId)).toBe(true);
      for (const change of draft.changes)
        if (change.after !== null)
          expect(draft.claims.find((claim) => claim.id === change.claimId)).toMatchObject({ path: change.path, text: change.after });
      expect(new Set([...made, ...leftOut.keys()])).toEqual(new Set(seen.keys()));
      expect([...leftOut.values()].filter((why) => why !== 'reviewer')).toEqual([]);
    });
  });

  it('takes nothing along but moves and the retirement of what introduced a drawer', () => {
    check(({ reviewed, asked, restaged: { leftOut } }) => {
      const along = reviewed.changes.filter((change) => leftOut.has(change.id) && !asked.has(change.id));
      expect(along.filter((change) => change.kind !== 'move' && change.reasonCode !== 'layout')).toEqual([]);
    });
  });

  it('keeps the claims of what was left out word for word in their files', () => {
    check(({ input, contents, reviewed, restaged: { draft, leftOut } }) => {
      const claims = new Map(input.claims.map((claim) => [claim.id, claim]));
      const standing = new Map(draft.claims.map((claim) => [claim.id, claim]));
      const files = contentsOf(draft);
      for (const change of reviewed.changes) {
        if (!leftOut.has(change.id)) continue;
        for (const { claimId } of change.removed) {
          const claim = claims.get(claimId);
          const found = standing.get(claimId);
          // A line whose move was left out may still get the words of a change that was not.
          if (found === undefined && change.kind === 'move')
            expect(draft.changes.flatMap((other) => other.removed)).toContainEqual(expect.objectContaining({ claimId }));
          else expect(found).toMatchObject({ path: claim?.path, text: claim?.text });
          if (found === undefined || claim === undefined) continue;
          // A list closes up where the item above it went: its numbers, and how deep a line stands in it, may follow.
          const words = (text: string): string => text.replace(/^\s*\d*/gm, '').trim();
          const source = contents[claim.path]?.slice(claim.start, claim.end) ?? '';
          expect(words(files[found.path]?.slice(found.start, found.end) ?? '')).toBe(words(source));
        }
      }
    });
  });

  it('leaves files as they were reviewed where nothing was left out, and as they stood where nothing else is left', () => {
    check(({ contents, reviewed, restaged: { draft, leftOut } }) => {
      const before = contentsOf(reviewed);
      const after = contentsOf(draft);
      const touched = stakes(draft.changes);
      for (const [path, content] of Object.entries(contents))
        if (!touched.has(path) && !isIndexPath(path)) expect(after[path]).toBe(content);
      const seenAt = new Map(reviewed.changes.map((change) => [change.id, change.path]));
      const elsewhere = draft.changes.filter((change) => change.path !== seenAt.get(change.id));
      // A line that would have moved with one that stays: it stands in its old file.
      for (const change of elsewhere) expect(Object.keys(contents)).toContain(change.path);
      const stake = stakes(reviewed.changes.filter((change) => leftOut.has(change.id)));
      for (const path of touched) if (!stake.has(path) && elsewhere.length === 0) expect(after[path]).toBe(before[path]);
    });
  });

  it('is the reviewed one when nothing is left out, and the input when everything is', () => {
    check(
      ({ reviewed, restaged: { draft, leftOut } }) => {
        expect(draft).toEqual({ ...reviewed, id: draft.id });
        expect(leftOut.size).toBe(0);
      },
      () => false,
    );
    check(
      ({ contents, restaged: { draft } }) => {
        expect(draft.changes).toEqual([]);
        expect(draft.claims.filter((claim) => claim.changeId !== null)).toEqual([]);
        const notes = (files: Record<string, string>) => Object.entries(files).filter(([path]) => !isIndexPath(path));
        expect(Object.fromEntries(notes(contentsOf(draft)))).toEqual(Object.fromEntries(notes(contents)));
      },
      () => true,
    );
  });

  it('has the same digest when it is staged twice', () => {
    check(({ restaged, again }) => expect(again()).toEqual(restaged));
  });

  it('passes the guards on its form', () => {
    const named = [
      'evidence-verbatim',
      'removal-reason',
      'claims-preserved',
      'protected-paths',
      'untouched-identical',
      'path-rules',
      'not-empty',
      'index-complete',
    ];
    check(({ input, contents, restaged: { draft } }) => {
      const report = runGuards(
        {
          input: { memories: input.memories.map((memory) => ({ ...memory, sha256: sha256Hex(memory.content) })), claims: input.claims },
          draft,
          protect: input.protect,
          retireCap: 1,
          reviewRequired: true,
          refusedRewrites: new Set(),
          searchSources: () => true,
          resolve: (evidence) => (evidence.kind === 'event' ? evidence.quote : (contents[evidence.path] ?? null)),
        },
        allGuards.filter((guard) => named.includes(guard.name)),
      );
      const isMissing = (message: string): boolean => message.includes('no evidence') || message.includes('The result is empty');
      expect(report.findings.filter((finding) => !isMissing(finding.message))).toEqual([]);
    });
  });
});
