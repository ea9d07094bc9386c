import type { Transaction } from '../db/database.ts';
import { requireDream, updateDream } from '../db/dreams.ts';
import { readKnownFacts } from '../db/earlier-dreams.ts';
import { readFactBatches } from '../db/facts.ts';
import type { Grouping } from '../db/groups.ts';
import { insertGroups, readGrouping } from '../db/groups.ts';
import { readHandEdits } from '../db/hand-edits.ts';
import { insertInputClaims } from '../db/input-claims.ts';
import { readStandingClaims } from '../db/standing-claims.ts';
import { assertionOf } from '../domain/assertion.ts';
import type { Claim } from '../domain/claim.ts';
import { groupItems } from '../domain/grouping.ts';
import { counted } from '../domain/guards/guard.ts';
import { unjudged } from '../domain/known-facts.ts';
import { packBySize } from '../domain/plan-windows.ts';
import { isProtected } from '../domain/protected-paths.ts';
import { claimItem, factItem } from '../engines/offline/grouping-item.ts';
import { handWritten } from '../sources/markdown/hand-written.ts';
import { parseClaims } from '../sources/markdown/parse-claims.ts';
import type { DreamInput } from '../workflows/messages.ts';
import type { Dependencies } from './dependencies.ts';
import { engineFor } from './dependencies.ts';
import { reading, writing } from './effect.ts';
import { appendLive, stepMessage, wasSaid } from './live-session.ts';
import { lockForStep } from './lock-for-step.ts';
import { readPinnedTexts } from './read-pinned.ts';
import { breathe, mapBreathing, withHeartbeat } from './running.ts';

/**
 * Parses the store's memories into claims and puts claims and facts that may concern each other into groups. Groups that stand
 * are answered as they are: another version of the code, which goes on after a crash or a reset, may count other packs.
 */
export function groupClaims(dependencies: Dependencies) {
  return async ({ workspaceId, dreamId }: DreamInput): Promise<Grouping> =>
    await withHeartbeat(async (signal) => {
      const read = await reading(dependencies, workspaceId, async (tx) => {
        const dream = await requireDream(tx, dreamId);
        if (await wasSaid(tx, dream, 'groupClaims')) return await readGrouping(tx, dreamId);
        const claims = await readClaims(tx, dreamId, dream.options.protect);
        const items = await mapBreathing(claims, signal, claimItem);
        const isNew = unjudged(await readKnownFacts(tx, dream));
        let known = 0;
        for await (const batch of readFactBatches(tx, dreamId)) {
          const facts = batch.filter(isNew);
          known += batch.length - facts.length;
          items.push(...(await mapBreathing(facts, signal, factItem)));
        }
        return { dream, claims, items, known };
      });
      if ('packs' in read) return read;
      const { dream, claims, items, known } = read;
      const groups = groupItems(items);
      await breathe(signal);
      const packs = packBySize(
        groups.map((group) => group.claimIds.length + group.factIds.length),
        engineFor(dependencies, dream.model).itemsInPack,
      );
      return await writing(dependencies, 'groupClaims.group', workspaceId, async (tx) => {
        const open = await lockForStep(tx, dreamId);
        if (await wasSaid(tx, open, 'groupClaims')) return await readGrouping(tx, dreamId);
        await insertInputClaims(
          tx,
          claims.map((body, ordinal) => ({ workspaceId, dreamId, id: body.id, ordinal, body })),
        );
        await insertGroups(
          tx,
          groups.map(({ ordinal, claimIds, factIds }, index) => ({
            workspaceId,
            dreamId,
            ordinal,
            pack: packs[index] ?? 0,
            claimIds,
            factIds,
          })),
        );
        await updateDream(tx, dreamId, { stage: 'groupClaims' });
        await appendLive(tx, open, [
          stepMessage(
            dreamId,
            'groupClaims',
            `${counted(claims.length, 'claim')} and ${counted(items.length - claims.length, 'fact')} in ${counted(groups.length, 'group')}${known === 0 ? '' : `; ${counted(known, 'fact')} more that earlier dreams judged`}`,
          ),
        ]);
        return { claims: claims.length, groups: groups.length, packs: (packs.at(-1) ?? -1) + 1 };
      });
    });
}

/**
 * Lines of the input with what earlier dreams recorded of them, also where somebody edited the memory since. What the edit
 * itself brought is a person's word of that time.
 */
async function readClaims(tx: Transaction, dreamId: string, protect: readonly string[]): Promise<Claim[]> {
  const pinned = await readPinnedTexts(tx, dreamId);
  const versionIds = pinned.map((memory) => memory.versionId);
  const recorded = await readStandingClaims(tx, versionIds);
  const edits = await readHandEdits(tx, versionIds);
  return pinned.flatMap((memory) =>
    parseClaims({
      memoryId: memory.memoryId,
      memoryVersionId: memory.versionId,
      path: memory.path,
      content: memory.content,
      dreamId,
      recorded: [
        ...handWritten(memory.content, edits.get(memory.versionId) ?? []),
        ...(recorded.get(memory.versionId) ?? []).map(({ start, end, evidence }) => {
          const { origin, at } = assertionOf(evidence) ?? { origin: 'memory', at: null };
          return { start, end, text: memory.content.slice(start, end), origin, evidence, at };
        }),
      ],
      protected: isProtected(memory.path, protect),
    }),
  );
}
