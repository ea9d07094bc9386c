import { withWorkspace } from '../db/database.ts';
import { listTranscripts, newestTranscripts } from '../db/sessions.ts';
import { DreamsError } from '../domain/errors.ts';
import { maxSessionsPerDream } from '../domain/limits.ts';
import type { Context } from './context.ts';

/** Sessions to dream over, named by order instead of by id. */
export type SessionSelection = { last: number } | { all: true };

/** `all` above the limit gives the oldest ones and says how many are left. */
export async function selectSessions(context: Context, selection: SessionSelection): Promise<{ sessionIds: string[]; left: number }> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const all = 'all' in selection;
    if (!all && (!Number.isInteger(selection.last) || selection.last < 1 || selection.last > maxSessionsPerDream)) {
      throw new DreamsError(
        'too_many_sessions',
        `The last ${String(selection.last)} sessions were asked for; a dream reads 1 to ${String(maxSessionsPerDream)}.`,
      );
    }
    const rows = all ? await listTranscripts(tx) : await newestTranscripts(tx, selection.last);
    if (rows.length === 0)
      throw new DreamsError('session_not_found', 'There is no session to dream over in this workspace.', {
        hint: 'Bring some in first: dreams import ~/.claude/projects',
      });
    return { sessionIds: rows.slice(0, maxSessionsPerDream).map((row) => row.id), left: Math.max(0, rows.length - maxSessionsPerDream) };
  });
}
