import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import { readEvents } from '../db/events.ts';
import { findErasure } from '../db/erasure.ts';
import { requireSession } from '../db/sessions.ts';
import type { ErasureReport } from '../domain/erasure.ts';
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
  /** Who had it erased, and what went and stayed; null while it is there. */
  erasure: { erased_at: string; by: string; note: string | null; report: ErasureReport } | null;
}

/** An event as on the wire: its fields beside its id. */
export type WireEvent = Record<string, unknown> & { id: string; type: string; processed_at: string | null };

export async function showSession(context: Context, id: string): Promise<ShownSession> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const session = await requireSession(tx, id);
    const events = await readEvents(tx, id, 1, session.lastEventNumber);
    return {
      ...toWireSession(session),
      events: events.map(toWireEvent),
      effects: await readEffectLines(tx, id),
      erasure: session.erasedAt === null ? null : await readErasure(tx, id),
    };
  });
}

async function readErasure(tx: Transaction, id: string): Promise<ShownSession['erasure']> {
  const erasure = await findErasure(tx, id);
  if (erasure === undefined) return null;
  const { by, note, report, createdAt } = erasure;
  return { erased_at: createdAt.toISOString(), by, note, report };
}

export function toWireEvent({ id, type, processedAt, payload }: SessionEvent): WireEvent {
  return { ...payload, id, type, processed_at: processedAt };
}
