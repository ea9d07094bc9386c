// Patterns out of commands and failures: what to run first, and what follows what.
import { describe, expect, it } from 'vitest';
import type { CandidateFact } from '../../domain/fact.ts';
import { minePatterns } from '../../engines/offline/patterns/mine-patterns.ts';
import { simpleCommands } from '../../engines/offline/patterns/command-lines.ts';
import { fact } from './builders.ts';

const days = ['2026-03-01', '2026-03-03', '2026-03-05'];
const ran = (day: string, eventNumber: number, line: string): CandidateFact =>
  fact(`Command run: \`${line}\`.`, { day, quote: line, origin: 'agent', signal: 'command', durability: 'episode', eventNumber });
const mine = (facts: CandidateFact[]): string[] =>
  minePatterns({
    facts,
    claims: [],
    instructions: null,
    sessions: days.map((day) => ({ id: `sesn_${day}`, at: null })),
    minSessions: 2,
  }).map((proposal) => ('statement' in proposal ? proposal.statement : ''));

describe('patterns of commands', () => {
  it('says what to run before a command that fails with one error each time', () => {
    const facts = days.flatMap((day) => [
      ran(day, 2, 'make smoke 2>&1 | tail -3'),
      fact('Failure: connect ECONNREFUSED 127.0.0.1:6399', {
        day,
        origin: 'tool',
        signal: 'failure',
        durability: 'episode',
        eventNumber: 3,
      }),
      ran(day, 4, 'podman start -f cache.yml --wait >/dev/null 2>&1; make smoke'),
    ]);
    expect(mine(facts)).toEqual([
      'Before `make smoke` run `podman start -f cache.yml --wait`: without it `make smoke` fails with "ECONNREFUSED 127.0.0.1:6399" (seen in 3 of 3 sessions).',
    ]);
    expect(mine(facts.filter(({ sessionId }) => sessionId !== 'sesn_2026-03-05'))).toEqual([]);
  });

  it('names the commands that follow each other and the report that they answer', () => {
    const facts = days.flatMap((day, index) => [
      fact(`Parcel ${String(index)} is jammed`, { day, signal: 'failure', durability: 'episode', eventNumber: 1 }),
      ran(day, 2, `belt cli parcel:find P-${String(index)}; belt cli queue:show --lane north`),
      ran(day, 6, `belt cli queue:retry --id ${String(index)}`),
    ]);
    expect(mine(facts)).toEqual([
      'When something is reported as "jammed": `belt cli parcel:find`, then `belt cli queue:show`, then `belt cli queue:retry` (done in 3 of 3 sessions).',
    ]);
  });

  it('never quotes a raw command run', () => {
    expect(mine(days.map((day) => ran(day, 2, 'belt cli parcel:find P-1'))).join(' ')).not.toContain('Command run');
  });

  it('takes command lines apart', () => {
    expect(
      simpleCommands('for i in a b; do tool -s run:it $i --env x | head -1; done && FOO=1 tool up -d 2>&1').map(({ key }) => key),
    ).toEqual(['tool run:it', 'tool up']);
  });
});
