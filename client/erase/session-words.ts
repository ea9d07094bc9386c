/** The words of a session that stand in nothing else: neither in another transcript nor in a memory that stood before it came in. */
import type { Transaction } from '../../db/database.ts';
import { contentsOf, otherFacts, otherPayloads, readFactsOfSession, readPayloads } from '../../db/erasure-sources.ts';
import { isToken, sentencesOf, textsIn, weightOf, withoutMarks } from '../../domain/erasure/sentences.ts';
import { leastFindable, WordFinder } from '../../domain/erasure/word-finder.ts';
import type { CandidateFact } from '../../domain/fact.ts';

/** Shorter ones, a value or a name, are looked for only in lines that rest on the session. */
const leastAnywhere = 12;

/** Whether a text may be looked for everywhere: long enough that only a copy of it would be found. */
export function isFindable(text: string): boolean {
  return weightOf(text) >= leastAnywhere && !isToken(text);
}

export interface SessionWords {
  /** Looked for everywhere. */
  anywhere: string[];
  /** Looked for in lines that rest on the session: quotes and values too. */
  inItsLines: string[];
  /** Of the texts that were asked about, those that nothing else holds. */
  texts: Set<string>;
  factIds: Set<string>;
  /** Facts of other sessions by the events that they quote. */
  survivors: Map<string, CandidateFact[]>;
}

export interface WordsQuestion {
  sessionId: string;
  title: string | null;
  /** Hashes of memories that stood before the session came in. */
  independent: readonly string[];
  texts: readonly string[];
  /** Events whose facts may lend a line their words. */
  events: ReadonlySet<string>;
}

export async function readSessionWords(tx: Transaction, question: WordsQuestion): Promise<SessionWords> {
  const { sessionId, title } = question;
  const facts = await readFactsOfSession(tx, sessionId);
  const sentences = (await readPayloads(tx, sessionId)).flatMap((payload) => [...textsIn(payload)].flatMap(sentencesOf));
  const said = [title ?? '', ...facts.flatMap((fact) => [fact.statement, fact.value ?? '', ...fact.evidence.map((item) => item.quote)])];
  // Line by line: no line of a memory holds more than one.
  const saidLines = said.flatMap((text) => text.split(/[\r\n]+/)).map(withoutMarks);
  const own = new Set([...sentences, ...saidLines].filter((word) => word.length >= leastFindable));
  const asked = new Set(question.texts.map(withoutMarks));
  const survivors = new Map<string, CandidateFact[]>();
  const elsewhere = await heldElsewhere(tx, question, new WordFinder([...own, ...asked]), survivors);
  const left = [...own].filter((word) => !elsewhere.has(word));
  return {
    anywhere: left.filter(isFindable),
    inItsLines: left,
    texts: new Set([...asked].filter((text) => text !== '' && !elsewhere.has(text))),
    factIds: new Set(facts.map((fact) => fact.id)),
    survivors,
  };
}

async function heldElsewhere(
  tx: Transaction,
  { sessionId, independent, events }: WordsQuestion,
  finder: WordFinder,
  survivors: Map<string, CandidateFact[]>,
): Promise<Set<string>> {
  const found = new Set<string>();
  const look = (text: string): void => {
    for (const word of finder.found(text)) found.add(word);
  };
  for await (const page of otherPayloads(tx, sessionId)) for (const payload of page) for (const text of textsIn(payload)) look(text);
  for await (const page of contentsOf(tx, independent)) for (const { content } of page) look(content);
  for await (const page of otherFacts(tx, sessionId)) {
    for (const fact of page) {
      look(fact.statement);
      for (const { eventId } of fact.evidence) if (events.has(eventId)) survivors.set(eventId, [...(survivors.get(eventId) ?? []), fact]);
    }
  }
  return found;
}
