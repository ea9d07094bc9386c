/** A case dealt out over nights: the sessions by time, an equal share a night, the oldest first. */
import type { BlindCase } from '../read-case.ts';
import { timeOf } from '../read-case.ts';

/** One night's sessions as a case file of its own; the store comes with the first. Nights without a session are left out. */
export function splitNights({ name, bytes }: Pick<BlindCase, 'name' | 'bytes'>, nights: number): BlindCase[] {
  const { sessions, memory_store: store, ...rest } = JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<string, unknown>;
  const inTime = (Array.isArray(sessions) ? (sessions as unknown[]) : []).toSorted((a, b) => timeOf(a) - timeOf(b));
  const cut = (night: number) => Math.round((night * inTime.length) / nights);
  const shares = Array.from({ length: nights }, (_, night) => inTime.slice(cut(night), cut(night + 1))).filter((share) => share.length > 0);
  return shares.map((share, night) => ({
    name,
    sessions: share.length,
    left: 0,
    bytes: Buffer.from(JSON.stringify({ ...rest, ...(night === 0 ? { memory_store: store ?? [] } : {}), sessions: share })),
  }));
}

/** A session in which nothing is said, for a dream that has nothing to learn. */
export function emptyNight(name: string): BlindCase {
  const said = { id: 'e1', role: 'user', time: '2099-01-01T09:00:00Z', text: 'Thanks!' };
  const session = { id: `${name}/nothing`, title: 'Nothing new', created_at: '2099-01-01T09:00:00Z', events: [said] };
  return { name, sessions: 1, left: 0, bytes: Buffer.from(JSON.stringify({ name, sessions: [session] })) };
}
