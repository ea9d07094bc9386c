import { withWorkspace } from '../db/database.ts';
import { readEvents } from '../db/events.ts';
import { findSession } from '../db/sessions.ts';
import { DreamsError } from '../domain/errors.ts';
import type { SessionEvent } from '../domain/transcript.ts';
import type { Context } from './context.ts';
import type { SessionEffectLine } from './session-effects.ts';
import { readEffectLines } from './session-effects.ts';
import type { WireSession } from './wire/session.ts';
import { toWireSession } from './wire/session.ts';

export interface ShownSession extends WireSession {
  events: WireEvent[];
  /** Lines of memory stores that it supports. */
  effects: SessionEffectLine[];
}

/** An event as on the wire: its fields beside its id. */
export type WireEvent = Record<string, unknown> & { id: string; type: string; processed_at: string | null };

export async function showSession(context: Context, id: string): Promise<ShownSession> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const session = await findSession(tx, id);
    if (session === undefined)
      throw new DreamsError('session_not_found', `There is no session ${id} in this workspace.`, {
        hint: 'See "dreams list" for the sessions there are.',
      });
    const events = await readEvents(tx, id, 1, session.lastEventNumber);
    return { ...toWireSession(session), events: events.map(toWireEvent), effects: await readEffectLines(tx, id) };
  });
}

export function toWireEvent({ id, type, processedAt, payload }: SessionEvent): WireEvent {
  return { ...payload, id, type, processed_at: processedAt };
}
