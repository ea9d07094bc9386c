import { requireDream } from '../db/dreams.ts';
import { readFactsById } from '../db/facts.ts';
import { readGroupsOfPack } from '../db/groups.ts';
import { readInputClaimsById } from '../db/input-claims.ts';
import { insertProposals } from '../db/proposals.ts';
import { counted } from '../domain/guards/guard.ts';
import type { ReconcileQuestion } from '../engines/engine.ts';
import type { DreamInput } from '../workflows/messages.ts';
import type { Dependencies } from './dependencies.ts';
import { engineFor } from './dependencies.ts';
import { reading, writing } from './effect.ts';
import { askOnce } from './kept-answers.ts';
import { appendLive, stepMessage } from './live-session.ts';
import { lockForStep } from './lock-for-step.ts';
import { readInputSessions } from './read-input-sessions.ts';
import { withHeartbeat } from './running.ts';

/** What becomes of the claims and facts of a pack of groups: merged, replaced, kept, added, retired, left open. */
export function reconcileGroup(dependencies: Dependencies) {
  return async ({ workspaceId, dreamId, pack }: DreamInput & { pack: number }): Promise<{ proposals: number }> =>
    await withHeartbeat(async (signal) => {
      const { dream, question } = await reading(dependencies, workspaceId, async (tx) => {
        const dream = await requireDream(tx, dreamId);
        const groups = await readGroupsOfPack(tx, dreamId, pack);
        const claims = await readInputClaimsById(
          tx,
          dreamId,
          groups.flatMap((group) => group.claimIds),
        );
        const facts = await readFactsById(
          tx,
          groups.flatMap((group) => group.factIds),
        );
        const question: ReconcileQuestion = {
          groups: groups.map((group) => ({
            group,
            claims: group.claimIds.flatMap((id) => claims.get(id) ?? []),
            facts: group.factIds.flatMap((id) => facts.get(id) ?? []),
          })),
          instructions: dream.instructions,
          sessions: await readInputSessions(tx, dreamId),
        };
        return { dream, question };
      });
      const engine = engineFor(dependencies, dream.model);
      const proposals = await askOnce(
        dependencies,
        { workspaceId, dreamId, step: 'reconcileGroup', engine, model: dream.model, signal },
        question,
        () => engine.reconcileGroups(question, { signal }),
      );
      await writing(dependencies, 'reconcileGroup.record', workspaceId, async (tx) => {
        const open = await lockForStep(tx, dreamId);
        await insertProposals(tx, { workspaceId, dreamId, step: 'reconcileGroup', pack }, proposals);
        await appendLive(tx, open, [
          stepMessage(
            dreamId,
            'reconcileGroup',
            `pack ${String(pack + 1)}: ${counted(question.groups.length, 'group')}, ${counted(proposals.length, 'proposal')}`,
            String(pack),
          ),
        ]);
      });
      return { proposals: proposals.length };
    });
}
