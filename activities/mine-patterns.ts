import { requireDream, updateDream } from '../db/dreams.ts';
import { readEarlierFacts, readKnownFacts } from '../db/earlier-dreams.ts';
import { areErased } from '../db/erasure.ts';
import { readFacts } from '../db/facts.ts';
import { readInputClaims } from '../db/input-claims.ts';
import { insertProposals, readProposals } from '../db/proposals.ts';
import type { Claim } from '../domain/claim.ts';
import { counted } from '../domain/guards/guard.ts';
import { newFacts } from '../domain/known-facts.ts';
import type { Proposal } from '../domain/proposal.ts';
import type { PatternsQuestion } from '../engines/engine.ts';
import type { DreamInput } from '../workflows/messages.ts';
import type { Dependencies } from './dependencies.ts';
import { engineFor } from './dependencies.ts';
import { reading, writing } from './effect.ts';
import { askOnce } from './kept-answers.ts';
import { appendLive, stepMessage, wasSaid } from './live-session.ts';
import { lockForStep } from './lock-for-step.ts';
import { readInputSessions } from './read-input-sessions.ts';
import { withHeartbeat } from './running.ts';

/** Across sessions: what recurs and was never written down. */
export function minePatterns(dependencies: Dependencies) {
  return async ({ workspaceId, dreamId }: DreamInput): Promise<{ patterns: number }> =>
    await withHeartbeat(async (signal) => {
      const { dream, question } = await reading(dependencies, workspaceId, async (tx) => {
        const dream = await requireDream(tx, dreamId);
        // Its own proposals, should it run again, would change the question and with it the answer.
        const settled = await readProposals(tx, dreamId, 'reconcileGroup');
        const claims = asTheyWillBe(await readInputClaims(tx, dreamId), settled);
        const all = await readFacts(tx, dreamId);
        const facts = newFacts(all, await readKnownFacts(tx, dream));
        const fresh = new Set(facts);
        const earlier = await readEarlierFacts(tx, dream);
        const question: PatternsQuestion = {
          facts,
          claims,
          instructions: dream.instructions,
          sessions: await readInputSessions(tx, dreamId),
          earlier: { ...earlier, facts: [...earlier.facts, ...all.filter((fact) => !fresh.has(fact))] },
          minSessions: dream.options.minPatternSessions,
        };
        return { dream, question };
      });
      const engine = engineFor(dependencies, dream.model);
      const besides = question.earlier?.sessions.map((session) => session.id) ?? [];
      const asker = { workspaceId, dreamId, step: 'minePatterns' as const, engine, model: dream.model, besides, signal };
      const proposals = await askOnce(dependencies, asker, question, () => engine.minePatterns(question, { signal }));
      await writing(dependencies, 'minePatterns.record', workspaceId, async (tx) => {
        const open = await lockForStep(tx, dreamId);
        if (await wasSaid(tx, open, 'minePatterns')) return;
        // The next attempt asks without the words that went.
        if (await areErased(tx, besides)) throw new Error('a session that earlier dreams read was erased meanwhile');
        await insertProposals(tx, { workspaceId, dreamId, step: 'minePatterns', pack: 0 }, proposals);
        await updateDream(tx, dreamId, { stage: 'minePatterns' });
        await appendLive(tx, open, [stepMessage(dreamId, 'minePatterns', counted(proposals.length, 'pattern'))]);
      });
      return { patterns: proposals.length };
    });
}

/** The store's lines once the proposals are carried out, so that a pattern that will stand there is not said twice. */
function asTheyWillBe(claims: readonly Claim[], proposals: readonly Proposal[]): Claim[] {
  const gone = new Set(
    proposals.filter((proposal) => proposal.kind !== 'open_conflict' && proposal.kind !== 'drop').flatMap((proposal) => proposal.claimIds),
  );
  const written = proposals.flatMap((proposal, index): Claim[] => {
    if (!('statement' in proposal) || proposal.kind === 'pattern') return [];
    return [
      {
        id: `proposed:${String(index)}`,
        memoryId: '',
        memoryVersionId: '',
        path: '',
        headings: [],
        kind: 'item',
        text: proposal.statement,
        start: 0,
        end: 0,
        at: null,
        origin: 'memory',
        evidence: [],
        protected: false,
      },
    ];
  });
  return [...claims.filter((claim) => !gone.has(claim.id)), ...written];
}
