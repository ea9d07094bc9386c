import { describe, expect, it } from 'vitest';
import { makeSession } from '../../evals/speed/sessions.ts';
import { stepTimes } from '../../evals/speed/step-times.ts';
import type { SessionEvent } from '../../domain/transcript.ts';
import { eventBlocks } from '../../domain/transcript.ts';
import { readSources } from '../../sources/detect.ts';

const text = new TextDecoder();

/** Characters by type of event, as the importer reads them. */
function sharesOf(mix: 'coding' | 'chat'): Record<string, number> {
  const shares: Record<string, number> = {};
  let all = 0;
  for (let number = 0; number < 3; number++) {
    const { path, bytes } = makeSession(5, number, 400_000, mix);
    const { sessions, problems } = readSources([{ path, bytes }]);
    expect(problems).toEqual([]);
    for (const { type, payload } of sessions.flatMap((session) => session.events)) {
      const characters = eventBlocks({ type, payload }).reduce((sum, block) => sum + block.text.length, 0);
      shares[type] = (shares[type] ?? 0) + characters;
      all += characters;
    }
  }
  return Object.fromEntries(Object.entries(shares).map(([type, characters]) => [type, characters / all]));
}

describe('sessions made for measuring speed', () => {
  it('are the same for the same seed and number, and others for another one', () => {
    const made = (seed: number, number: number): string => text.decode(makeSession(seed, number, 20_000, 'coding').bytes);
    expect(made(1, 2)).toBe(made(1, 2));
    expect(made(1, 3)).not.toBe(made(1, 2));
    expect(made(2, 2)).not.toBe(made(1, 2));
  });

  it('hardly repeat a line, so that nothing is read once for many', () => {
    const lines = text.decode(makeSession(1, 0, 300_000, 'chat').bytes).match(/"text":"[^"]*"/g) ?? [];
    expect(lines.length).toBeGreaterThan(500);
    expect(new Set(lines).size).toBeGreaterThan(lines.length * 0.99);
  });

  it('are mostly tool output at work, nothing but talk in a chat', () => {
    const work = sharesOf('coding');
    expect(work['agent.tool_result']).toBeGreaterThan(0.8);
    expect((work['user.message'] ?? 0) + (work['agent.message'] ?? 0)).toBeGreaterThan(0.05);
    expect((work['user.message'] ?? 0) + (work['agent.message'] ?? 0)).toBeLessThan(0.1);
    expect(Object.keys(sharesOf('chat')).sort()).toEqual(['agent.message', 'user.message']);
  });
});

describe('times of steps', () => {
  const line = (step: string, second: number): SessionEvent => ({
    id: `sevt_${String(second)}`,
    number: second,
    type: 'agent.message',
    processedAt: `2026-03-02T10:00:${String(second).padStart(2, '0')}Z`,
    payload: { step },
  });

  it('go from the end of the step before to the last line of the step, a step that came again summed up', () => {
    const events = [
      line('openDream', 1),
      line('extractFacts', 3),
      line('extractFacts', 7),
      line('stageDraft', 8),
      line('checkDraft', 10),
      line('stageDraft', 13),
    ];
    expect(stepTimes('2026-03-02T10:00:00Z', events)).toEqual([
      { step: 'openDream', seconds: 1 },
      { step: 'extractFacts', seconds: 6 },
      { step: 'stageDraft', seconds: 4 },
      { step: 'checkDraft', seconds: 2 },
    ]);
  });
});
