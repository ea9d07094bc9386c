/** One session of a case: `{id, title, created_at, events: [{id, role, time, text}]}`. */
import { makeTitle } from '../metadata.ts';
import { counted, shown } from '../shown.ts';
import { makeEvent, textContent, type ImportedEvent, type ImportedSession, type ImportedType, type Problem } from '../source.ts';
import { sourceId } from '../source-id.ts';
import { toUtc } from '../utc-time.ts';

const typeOfRole: ReadonlyMap<unknown, ImportedType> = new Map<unknown, ImportedType>([
  ['user', 'user.message'],
  ['assistant', 'agent.message'],
  ['tool', 'agent.tool_result'],
  ['system', 'system.message'],
]);

/** `position` counts from 1, for sentences about a session without an id. */
export function readSession(file: string, position: number, raw: unknown): { session: ImportedSession | null; problems: Problem[] } {
  const refuse = (code: Problem['code'], message: string): { session: null; problems: Problem[] } => ({
    session: null,
    problems: [{ path: file, code, message, fatal: false }],
  });
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) {
    return refuse(
      'invalid_session',
      `Session ${position} of ${shown(file)} is not an object, so it was left out. It needs "id" and "events".`,
    );
  }
  const { id, title, created_at: createdAt, events } = raw as Record<string, unknown>;
  const sessionId = sourceId(id);
  if (sessionId === null) {
    return refuse(
      'invalid_session',
      `Session ${position} of ${shown(file)} has no "id", so it was left out. Give it one, so that a second import recognises it.`,
    );
  }
  if (!Array.isArray(events)) {
    return refuse(
      'invalid_session',
      `Session "${shown(sessionId)}" of ${shown(file)} has no list "events", so it was left out. Add one and import again.`,
    );
  }
  const { read, bad } = readEvents(events as unknown[]);
  const problems: Problem[] = [];
  if (bad.length > 0) {
    problems.push({
      path: file,
      code: 'invalid_event',
      fatal: false,
      message: `${counted(bad.length, 'event')} of session "${shown(sessionId)}" (the first is event ${bad[0] ?? 0}) ${bad.length === 1 ? 'was' : 'were'} left out: an event needs a role user, assistant, tool or system and a "text". Correct them and import again.`,
    });
  }
  const first = read[0];
  if (first === undefined) {
    problems.push({
      path: file,
      code: 'empty_transcript',
      fatal: false,
      message: `Session "${shown(sessionId)}" of ${shown(file)} holds no message, so it was left out. Nothing to do.`,
    });
    return { session: null, problems };
  }
  return {
    problems,
    session: {
      sourceKind: 'neutral',
      sourceId: sessionId,
      title: makeTitle(title),
      createdAt: toUtc(createdAt) ?? read.find((event) => event.processedAt !== null)?.processedAt ?? null,
      events: read,
      firstEventSha256: first.sha256,
      metadata: {},
    },
  };
}

function readEvents(events: unknown[]): { read: ImportedEvent[]; bad: number[] } {
  const read: ImportedEvent[] = [];
  const bad: number[] = [];
  const seen = new Set<string>();
  events.forEach((raw, index) => {
    const { id, role, time, text } = (raw ?? {}) as Record<string, unknown>;
    const type = typeOfRole.get(role);
    if (type === undefined || typeof text !== 'string') {
      bad.push(index + 1);
      return;
    }
    const sourceEventId = sourceId(id);
    const event = makeEvent(type, { content: textContent(text) }, toUtc(time), sourceEventId);
    const key = `${sourceEventId ?? ''} ${event.sha256}`;
    if (sourceEventId !== null && seen.has(key)) return;
    seen.add(key);
    read.push(event);
  });
  return { read, bad };
}
