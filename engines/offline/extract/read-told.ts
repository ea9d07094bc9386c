// Reads one sentence of somebody who tells an assistant of their life.
import type { CandidateFact } from '../../../domain/fact.ts';
import { goesOn, readAside, readClauses, readFragment, signed } from './telling.ts';
import type { Thread } from './telling.ts';
import { isAdvice } from './worth-telling.ts';
import { withoutFiller } from './wording.ts';
import type { Sentence, MessageContext } from './sentence.ts';
import { isLine } from './stated.ts';
import { readUser } from './read-user.ts';

/** Who tells of their life leaves subjects out; what the reading of full sentences makes nothing of is looked at clause by clause. */
export function readTold(
  context: MessageContext,
  sentence: Sentence,
  opening: boolean,
  last: CandidateFact | null,
  thread: Thread | null,
  facts: CandidateFact[],
): CandidateFact | null {
  if (thread === null) return readUser(context, sentence, opening, last);
  if (isAdvice(sentence.text)) return null;
  const fragment = readFragment(thread, sentence.text, sentence.place);
  const found = fragment ?? readUser(context, sentence, opening, goesOn(sentence.text) ? last : null);
  const line = found !== null && isLine(found) ? found : null;
  const more =
    fragment !== null
      ? readAside(thread, sentence.text, sentence.place)
      : line === null
        ? readClauses(thread, sentence.text, sentence.place)
        : [];
  const told = line ?? more.at(-1) ?? null;
  facts.push(...more.filter((fact) => fact !== told));
  // What served the moment shows habits, also where a clause of it became a line.
  if (line === null && told !== null && found !== null && found !== last) facts.push(found);
  signed(thread, told);
  thread.line = told;
  thread.before = told === null ? { text: withoutFiller(sentence.text), place: sentence.place } : null;
  return told ?? found;
}
