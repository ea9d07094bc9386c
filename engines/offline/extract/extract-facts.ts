// The offline engine's reading of one window: what its messages state and what its tools show, with evidence.
import type { CandidateFact } from '../../../domain/fact.ts';
import type { TranscriptEvent } from '../../../domain/transcript.ts';
import type { Window } from '../../../domain/window.ts';
import { asideOf } from './asides.ts';
import { diagnosisIn } from './diagnoses.ts';
import { staysLine } from './kept-lines.ts';
import { readMessage } from './messages.ts';
import { quotesOfTools } from './quoted-output.ts';
import { answersAtLength, sessionNote } from './session-note.ts';
import { smallTalkIn } from './small-talk.ts';
import { castOf, isMessage } from './speakers.ts';
import { newToolState, readToolResult, readToolUse } from './tools.ts';
import type { Trouble } from './tools.ts';

/** A remedy is looked for in this many events after a failure. */
const troubleReach = 8;
/** The agent explains a failure right after it. */
const diagnosisReach = 3;
/** Of what the agent said before, so many characters count as just said. */
const recentTalk = 1_000;

export function extractWindow(window: Window, _instructions: string | null): CandidateFact[] {
  const cast = castOf(window);
  const tools = newToolState();
  const isQuoted = quotesOfTools(window);
  const isSmallTalk = smallTalkIn(window);
  const atWork = [...window.context, ...window.events].some((event) => event.speaker === 'tool' || event.type.endsWith('tool_use'));
  const withAgent = [...window.context, ...window.events].some((event) => event.speaker !== 'user');
  const facts: CandidateFact[] = [];
  let before: TranscriptEvent | null = window.context.filter(isMessage).at(-1) ?? null;
  /** What the agent said lately: what the user says now may turn against it. */
  let agentSaid = before?.speaker === 'agent' ? textOf(before) : '';
  let reported: Trouble | null = null;
  /** The event whose message explained the last failure. */
  let explained = -1;
  for (const event of window.events) {
    if (event.type.endsWith('tool_use')) facts.push(...readToolUse(window, tools, event));
    else if (event.speaker === 'tool') facts.push(...readToolResult(window, tools, event));
    if (!isMessage(event)) continue;
    if (event.speaker === 'user' || cast.betweenPeople) {
      const open = latest(
        [reported, tools.trouble].filter((trouble) => trouble !== null && event.number - trouble.eventNumber <= troubleReach),
      );
      const found = readMessage(
        { window, cast, before: before?.speaker === event.speaker ? null : before, atWork, trouble: open, isQuoted, isSmallTalk },
        event,
      );
      reported = troubleSaid(found, event) ?? (found.some((fact) => fact.signal === 'remedy') ? null : reported);
      facts.push(...found);
      const [block] = event.blocks;
      if (withAgent && !cast.betweenPeople && event.blocks.length === 1 && block !== undefined && !isQuoted(block.text.trim())) {
        const said = asideOf(window, event, block, agentSaid);
        if (said !== null) facts.push(said);
      }
    } else if (event.speaker === 'agent') {
      const open = latest(
        [reported, tools.trouble].filter(
          (trouble) => trouble !== null && trouble.eventNumber > explained && event.number - trouble.eventNumber <= diagnosisReach,
        ),
      );
      const diagnosis = atWork || open !== null ? diagnosisIn(window, event, open) : null;
      if (diagnosis !== null) {
        facts.push(diagnosis);
        explained = event.number;
      }
    }
    if (event.speaker === 'agent') agentSaid = `${agentSaid.slice(-recentTalk)}\n${textOf(event)}`;
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

/** Beginning and end of a long message are enough to know what it is about. */
function textOf(event: TranscriptEvent): string {
  const text = event.blocks.map((block) => block.text.slice(0, 2 * recentTalk)).join('\n');
  return text.length <= 2 * recentTalk ? text : `${text.slice(0, recentTalk)}\n${text.slice(-recentTalk)}`;
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
