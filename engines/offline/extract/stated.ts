// A sentence and its verdict become a candidate fact.
import type { CandidateFact } from '../../../domain/fact.ts';
import type { Window } from '../../../domain/window.ts';
import { resolveDates } from '../dates.ts';
import { frameOf } from '../frame.ts';
import { terms } from '../words.ts';
import { makeFact } from './facts.ts';
import { causeOf, normalise } from './failures.ts';
import type { Verdict } from './judge.ts';
import { toStatement } from './wording.ts';
import type { Sentence } from './sentence.ts';

export function isLine(verdict: Verdict | null): boolean {
  return (
    verdict !== null &&
    (verdict.durability === 'standing' || verdict.durability === 'current') &&
    (verdict.signal === undefined || verdict.signal === 'correction')
  );
}

export function stated(window: Window, { place, narrator, at }: Sentence, plain: string, verdict: Verdict): CandidateFact | null {
  const dated = resolveDates(plain, at);
  if (dated.unresolved) return null;
  const statement = toStatement(dated.text, narrator);
  if (statement === '' || (terms(statement).length < 2 && verdict.signal !== 'choice')) return null;
  if (verdict.signal !== 'failure') return makeFact(window, { statement, ...verdict, speaker: narrator.name }, [place]);
  return makeFact(
    window,
    { statement, ...verdict, slot: { subject: causeOf(plain) ?? frameOf(plain).subject, attribute: 'failure', value: normalise(plain) } },
    [place],
  );
}
