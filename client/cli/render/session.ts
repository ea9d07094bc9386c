import { eventBlocks } from '../../../domain/transcript.ts';
import { maskSecrets } from '../../../domain/secrets.ts';
import type { ShownSession, WireEvent } from '../../show-session.ts';
import { style } from '../terminal.ts';
import { renderErasure } from './erasure.ts';
import { counted, excerpt, minute } from './words.ts';

/** A session with its events, one line each, and the lines of memory that it has led to or taken away. Secrets are masked on display. */
export function renderSession(session: ShownSession): string {
  if (session.erasure !== null) return renderErasure({ ...session.erasure, session_id: session.id });
  const { effects } = session;
  const removed = effects.filter((line) => line.line === null).length;
  return [
    `${style('bold', session.id)}  ${session.title === null ? '(no title)' : excerpt(session.title, 100)}`,
    `  ${session.open_dreams.source} ${excerpt(session.open_dreams.source_id, 80)}, ${minute(session.created_at)}, ${counted(session.events.length, 'event')}`,
    ...session.events.map(renderEvent),
    '',
    effects.length === 0
      ? 'It has led to no line of a memory store yet.'
      : style('bold', `It has led to ${counted(effects.length, 'line')}${removed === 0 ? '' : `, ${String(removed)} of them taken away`}:`),
    ...effects.map(
      (line) =>
        `  ${line.store_id} ${excerpt(line.line === null ? line.path : `${line.path}:${String(line.line)}`, 100)}  ${line.change?.kind.replace('_', ' ') ?? 'kept'}: ${excerpt(maskSecrets(line.text), 160)}`,
    ),
  ].join('\n');
}

/** Enough of a message for a line; masking 5 MB of it for 140 characters would be waste. */
const considered = 4_000;

function renderEvent(event: WireEvent): string {
  const text = eventBlocks({ type: event.type, payload: event })
    .map((block) => block.text.slice(0, considered))
    .join(' ')
    .slice(0, considered);
  const tool = typeof event['name'] === 'string' ? ` ${excerpt(event['name'], 40)}` : '';
  return `  ${minute(event.processed_at)}  ${excerpt(`${event.type}${tool}`, 40).padEnd(18)} ${excerpt(maskSecrets(text), 140)}`;
}
