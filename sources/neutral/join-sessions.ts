/** The same session in several cases is one session; ids alone repeat between files, so the first event counts too. */
import { newEvents } from '../grown.ts';
import { shown } from '../shown.ts';
import type { ImportedSession, Problem } from '../source.ts';

export function joinSessions(sessions: ImportedSession[]): { sessions: ImportedSession[]; problems: Problem[] } {
  const joined = new Map<string, ImportedSession>();
  const problems: Problem[] = [];
  for (const session of sessions) {
    const key = `${session.firstEventSha256} ${session.sourceId}`;
    const known = joined.get(key);
    if (known === undefined) {
      joined.set(key, session);
      continue;
    }
    const growth = newEvents(known.events, session.events);
    if (growth.kind === 'grew') joined.set(key, session);
    if (growth.kind === 'diverged') {
      const path = session.metadata['file'] ?? '';
      problems.push({
        path,
        code: 'diverged_copies',
        fatal: false,
        message: `Session "${shown(session.sourceId)}" of ${shown(path)} differs from event ${growth.at + 1} on from its copy in ${shown(known.metadata['file'] ?? '')}, which was taken. Give one of them another id to import both.`,
      });
    }
  }
  return { sessions: [...joined.values()], problems };
}
