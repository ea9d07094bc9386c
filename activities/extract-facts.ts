import { requireDream } from '../db/dreams.ts';
import { insertFacts } from '../db/facts.ts';
import { findModelCalls } from '../db/model-calls.ts';
import { readWindowsOfPack, setWindowRead } from '../db/windows.ts';
import type { CandidateFact } from '../domain/fact.ts';
import { counted } from '../domain/guards/guard.ts';
import { deriveId } from '../domain/ids.ts';
import { noUsage } from '../domain/usage.ts';
import type { Window } from '../domain/window.ts';
import type { DreamInput } from '../workflows/messages.ts';
import type { Dependencies } from './dependencies.ts';
import { engineFor } from './dependencies.ts';
import { reading, writing } from './effect.ts';
import type { Asker } from './kept-answers.ts';
import { keepAnswers, requestHash } from './kept-answers.ts';
import { appendLive, stepMessage } from './live-session.ts';
import { lockForStep } from './lock-for-step.ts';
import { readWindowTexts } from './read-windows.ts';
import { withHeartbeat } from './running.ts';

/** Candidate facts of one pack of windows. Windows that were answered before, in any dream, are not asked again. */
export function extractFacts(dependencies: Dependencies) {
  return async ({ workspaceId, dreamId, pack }: DreamInput & { pack: number }): Promise<{ facts: number; kept: number }> =>
    await withHeartbeat(async (signal) => {
      const { dream, rows, asker, keys, kept, windows } = await reading(dependencies, workspaceId, async (tx) => {
        const dream = await requireDream(tx, dreamId);
        const rows = await readWindowsOfPack(tx, dreamId, pack);
        const engine = engineFor(dependencies, dream.model);
        const asker: Asker = { workspaceId, dreamId, step: 'extractFacts', engine, model: dream.model, signal };
        const keys = new Map(rows.map((row) => [row.sha256, requestHash(asker, [row.sha256, dream.instructions])]));
        const kept = await findModelCalls(tx, [...keys.values()]);
        const open = rows.filter((row) => !kept.has(keys.get(row.sha256) ?? ''));
        return { dream, rows, asker, keys, kept, windows: await readWindowTexts(tx, open) };
      });
      const answers = new Map([...kept].map(([hash, { response }]) => [hash, response]));
      // What an earlier attempt of this step was answered is not worth a word: it is the same dream.
      const before = rows.filter((row) => (kept.get(keys.get(row.sha256) ?? '')?.dreamId ?? dreamId) !== dreamId).length;
      if (windows.length > 0) {
        const { value, usage } = await asker.engine.extractFacts({ windows, instructions: dream.instructions }, { signal });
        const sound = value.map((answer) => ({
          hash: keys.get(answer.windowSha256) ?? '',
          facts: answer.facts.filter((fact) => isSound(fact, windows)),
        }));
        // One call answers for all its windows; its usage is recorded with the first.
        await keepAnswers(
          dependencies,
          asker,
          sound.map(({ hash, facts }, index) => ({ hash, answer: { value: facts, usage: index === 0 ? usage : noUsage } })),
        );
        // What is stored is what counts: another attempt, or another dream, may have stored its answer first.
        const stored = await reading(dependencies, workspaceId, (tx) =>
          findModelCalls(
            tx,
            sound.map(({ hash }) => hash),
          ),
        );
        for (const [hash, { response }] of stored) answers.set(hash, response);
      }
      let facts = 0;
      await writing(dependencies, 'extractFacts.record', workspaceId, async (tx) => {
        const locked = await lockForStep(tx, dreamId);
        for (const row of rows) {
          const found = (answers.get(keys.get(row.sha256) ?? '') ?? []) as CandidateFact[];
          await insertFacts(
            tx,
            found.map((fact, ordinal) => {
              const id = deriveId('fact', dreamId, 'extractFacts', String(row.ordinal), ordinal);
              return {
                workspaceId,
                dreamId,
                id,
                windowOrdinal: row.ordinal,
                ordinal,
                sessionId: row.sessionId,
                body: { ...fact, id, windowOrdinal: row.ordinal, sessionId: row.sessionId },
              };
            }),
          );
          await setWindowRead(tx, dreamId, row.ordinal, found.length);
          facts += found.length;
        }
        await appendLive(tx, locked, [
          stepMessage(
            dreamId,
            'extractFacts',
            `pack ${String(pack + 1)}: ${counted(rows.length, 'window')}, ${counted(facts, 'fact')}, ${counted(before, 'window')} answered before`,
            String(pack),
          ),
        ]);
      });
      return { facts, kept: before };
    });
}

/** The code finds each quote in its event, or the fact is void. */
function isSound(fact: CandidateFact, windows: readonly Window[]): boolean {
  const window = windows.find((candidate) => candidate.sessionId === fact.sessionId && candidate.ordinal === fact.windowOrdinal);
  if (window === undefined || fact.evidence.length === 0) return false;
  return fact.evidence.every((item) => {
    const event = [...window.events, ...window.context].find((candidate) => candidate.id === item.eventId);
    const text = event?.blocks.find((block) => block.block === item.block)?.text;
    return item.quote !== '' && text?.slice(item.start, item.end) === item.quote && item.sessionId === window.sessionId;
  });
}
