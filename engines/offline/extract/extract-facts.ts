// The offline engine's reading of one window: what its messages state and what its tools show, with evidence.
import type { CandidateFact } from '../../../domain/fact.ts';
import type { TranscriptEvent } from '../../../domain/transcript.ts';
import type { Window } from '../../../domain/window.ts';
import { staysLine } from './kept-lines.ts';
import { readMessage } from './messages.ts';
import { quotesOfTools } from './quoted-output.ts';
import { answersAtLength, sessionNote } from './session-note.ts';
import { castOf, isMessage } from './speakers.ts';
import { newToolState, readToolResult, readToolUse } from './tools.ts';
import type { Trouble } from './tools.ts';

/** A remedy is looked for in this many events after a failure. */
const troubleReach = 8;

export function extractWindow(window: Window, _instructions: string | null): CandidateFact[] {
  const cast = castOf(window);
  const tools = newToolState();
  const isQuoted = quotesOfTools(window);
  const atWork = [...window.context, ...window.events].some((event) => event.speaker === 'tool' || event.type.endsWith('tool_use'));
  const facts: CandidateFact[] = [];
  let before: TranscriptEvent | null = window.context.filter(isMessage).at(-1) ?? null;
  let reported: Trouble | null = null;
  for (const event of window.events) {
    if (event.type.endsWith('tool_use')) facts.push(...readToolUse(window, tools, event));
    else if (event.speaker === 'tool') facts.push(...readToolResult(window, tools, event));
    if (!isMessage(event)) continue;
    if (event.speaker === 'user' || cast.betweenPeople) {
      const open = latest(
        [reported, tools.trouble].filter((trouble) => trouble !== null && event.number - trouble.eventNumber <= troubleReach),
      );
      const found = readMessage(
        { window, cast, before: before?.speaker === event.speaker ? null : before, atWork, trouble: open, isQuoted },
        event,
      );
      reported = troubleSaid(found, event) ?? (found.some((fact) => fact.signal === 'remedy') ? null : reported);
      facts.push(...found);
    }
    before = event;
  }
  // At work with tools the commands and results tell what happened, and an agent's word is no evidence.
  if (atWork || cast.betweenPeople || !answersAtLength(window)) return facts;
  const lines = facts.filter(staysLine);
  // A correction may still recur over sessions; the rest is told in the note or not at all.
  const rest = facts.flatMap((fact): CandidateFact | [] =>
    !isLine(fact) || lines.includes(fact) ? fact : fact.signal === undefined ? [] : { ...fact, durability: 'momentary' },
  );
  const note = sessionNote(window, lines);
  return note === null ? rest : [...rest, note];
}

function isLine(fact: CandidateFact): boolean {
  return fact.durability === 'current' || fact.durability === 'standing';
}

function latest(troubles: (Trouble | null)[]): Trouble | null {
  return troubles.reduce(
    (best, trouble) => (trouble !== null && (best === null || trouble.eventNumber > best.eventNumber) ? trouble : best),
    null,
  );
}

/** A failure that a person reports is open like one that a tool shows. */
function troubleSaid(found: CandidateFact[], event: TranscriptEvent): Trouble | null {
  const failure = found.find((fact) => fact.signal === 'failure');
  const evidence = failure?.evidence[0];
  const block = event.blocks.find((candidate) => candidate.block === evidence?.block);
  if (failure === undefined || evidence === undefined || block === undefined) return null;
  return {
    cause: failure.subject || 'other',
    normalised: failure.value ?? '',
    command: null,
    place: { event, block, start: evidence.start, end: evidence.end },
    eventNumber: event.number,
  };
}
