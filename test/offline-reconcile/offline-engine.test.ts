import { afterAll, describe, expect, it } from 'vitest';
import { EngineError } from '../../engines/engine.ts';
import type { ReconcileQuestion } from '../../engines/engine.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import { reconcileGroups } from '../../engines/offline/reconcile/reconcile-group.ts';
import type { Window } from '../../domain/window.ts';
import { claim, fact } from './builders.ts';

const engine = createOfflineEngine({ threads: 2 });
afterAll(() => engine.close());
const call = { signal: new AbortController().signal };

const claims = [
  claim('tides => :7110'),
  claim('Hosting: Render', { path: '/a.md' }),
  claim('The live site runs on Render', { path: '/b.md' }),
];
const facts = [fact('tides went from 7110 to 7344.')];
const question: ReconcileQuestion = {
  groups: [{ group: { ordinal: 0, claimIds: claims.map(({ id }) => id), factIds: facts.map(({ id }) => id) }, claims, facts }],
  instructions: null,
  sessions: [],
};

function longWindow(messages: number): Window {
  const events = Array.from({ length: messages }, (_, i) => ({
    id: `sevt_${i}`,
    number: i + 1,
    type: 'user.message',
    speaker: 'user' as const,
    at: '2026-03-01T10:00:00Z',
    blocks: [{ block: 0, text: `The service number ${i} listens on port ${9000 + i}. We deploy it on Tuesdays with our own script.` }],
  }));
  return { ordinal: 0, sessionId: 'sesn_1', sessionTitle: null, sessionAt: null, sha256: 'a'.repeat(64), events, parts: {}, context: [] };
}

describe('the offline engine', () => {
  it('answers in a thread what the plain functions answer, at no cost', async () => {
    const answer = await engine.reconcileGroups(question, call);
    expect(answer.value).toEqual(reconcileGroups(question));
    expect(answer.value.map(({ kind }) => kind).sort()).toEqual(['merge', 'supersede']);
    expect(answer.usage).toEqual({ input_tokens: 0, output_tokens: 0, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 });
  });

  it('extracts and mines in threads too', async () => {
    const extracted = await engine.extractFacts({ windows: [longWindow(2)], instructions: null }, call);
    expect(extracted.value).toHaveLength(1);
    expect(extracted.value[0]?.windowSha256).toBe('a'.repeat(64));
    expect(extracted.value[0]?.facts.length).toBeGreaterThan(0);
    const mined = await engine.minePatterns(
      {
        facts: ['2026-03-01', '2026-03-02'].map((day) => fact('flavour', { day, durability: 'momentary' })),
        claims: [],
        instructions: null,
        sessions: [
          { id: 's1', at: null },
          { id: 's2', at: null },
        ],
        minSessions: 2,
      },
      call,
    );
    expect(mined.value.map(({ kind }) => kind)).toEqual(['pattern']);
  });

  it('gives the same answers with one thread and with several', async () => {
    const one = createOfflineEngine({ threads: 1 });
    try {
      const windows = Array.from({ length: 4 }, () => ({ windows: [longWindow(20)], instructions: null }));
      const [single, several] = await Promise.all([
        Promise.all(windows.map((w) => one.extractFacts(w, call))),
        Promise.all(windows.map((w) => engine.extractFacts(w, call))),
      ]);
      expect(several).toEqual(single);
    } finally {
      await one.close();
    }
  });

  it('stops when told to and throws the reason', async () => {
    const controller = new AbortController();
    const reason = new Error('the dream was cancelled');
    const running = engine.extractFacts({ windows: [longWindow(60_000)], instructions: null }, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 50);
    await expect(running).rejects.toBe(reason);
    await expect(engine.reconcileGroups(question, { signal: controller.signal })).rejects.toBe(reason);
  });

  it('fails as retryable and without text when its thread ends', async () => {
    const dying = createOfflineEngine({ threads: 1 });
    const running = dying.extractFacts({ windows: [longWindow(60_000)], instructions: null }, call).catch((error: unknown) => error);
    setTimeout(() => void dying.close(), 50);
    const error = await running;
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ retryable: true });
    expect((error as EngineError).cause).toBeUndefined();
    expect((error as EngineError).message).not.toContain('service number');
  });

  it('fails for good and without text when a question cannot be answered', async () => {
    const broken = { ...longWindow(1), events: null } as unknown as Window;
    const error = await engine.extractFacts({ windows: [broken], instructions: null }, call).catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ retryable: false, message: 'The offline engine could not answer (TypeError).' });
  });
});
