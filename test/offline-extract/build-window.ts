// Builds windows for the extraction tests; a test names only what it is about.
import { toTranscriptEvent } from '../../domain/transcript.ts';
import type { TranscriptEvent } from '../../domain/transcript.ts';
import type { Window } from '../../domain/window.ts';
import type { CandidateFact } from '../../domain/fact.ts';
import { extractWindow } from '../../engines/offline/extract/extract-facts.ts';

export type Turn =
  | { user: string }
  | { agent: string }
  | { system: string }
  | { tool: string; isError?: boolean }
  | { use: Record<string, string>; name?: string };

function toEvent(turn: Turn, number: number, at: string): TranscriptEvent {
  const text = (value: string): { type: string; text: string }[] => [{ type: 'text', text: value }];
  const shaped =
    'user' in turn
      ? { type: 'user.message', payload: { content: text(turn.user) } }
      : 'agent' in turn
        ? { type: 'agent.message', payload: { content: text(turn.agent) } }
        : 'system' in turn
          ? { type: 'system.message', payload: { content: text(turn.system) } }
          : 'tool' in turn
            ? { type: 'agent.tool_result', payload: { content: text(turn.tool), is_error: turn.isError ?? false } }
            : { type: 'agent.tool_use', payload: { name: turn.name ?? 'bash', input: turn.use } };
  const event = toTranscriptEvent({ id: `sevt_${number}`, number, processedAt: at, ...shaped });
  if (event === null) throw new Error(`Turn ${number} has no text.`);
  return event;
}

/** All turns are said on Thursday, 14 May 2026 unless `at` says otherwise. */
export function windowOf(turns: Turn[], options: Partial<Window> & { at?: string } = {}): Window {
  const { at = '2026-05-14T10:00:00Z', ...rest } = options;
  return {
    ordinal: 3,
    sessionId: 'sesn_1',
    sessionTitle: null,
    sessionAt: at,
    sha256: '0'.repeat(64),
    parts: {},
    context: [],
    events: turns.map((turn, index) => toEvent(turn, index + 1, at)),
    ...rest,
  };
}

export function contextOf(turns: Turn[]): TranscriptEvent[] {
  return turns.map((turn, index) => toEvent(turn, 900 + index, '2026-05-14T09:00:00Z'));
}

export function extract(turns: Turn[], options: Partial<Window> & { at?: string } = {}): CandidateFact[] {
  return extractWindow(windowOf(turns, options), null);
}

/** What would enter a memory: not the momentary, not what only counts when it recurs. */
export function kept(facts: CandidateFact[]): CandidateFact[] {
  return facts.filter((fact) => fact.durability !== 'momentary' && (fact.signal === undefined || fact.signal === 'correction'));
}

export function statements(turns: Turn[], options: Partial<Window> & { at?: string } = {}): string[] {
  return kept(extract(turns, options)).map((fact) => fact.statement);
}

export function blockText(window: Window, eventId: string, block: number): string {
  const event = [...window.context, ...window.events].find((candidate) => candidate.id === eventId);
  const found = event?.blocks[block];
  if (found === undefined) throw new Error(`No block ${block} in ${eventId}.`);
  return found.text;
}
