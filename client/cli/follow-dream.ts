/** Says on stderr what a dream does until it has ended. */
import type { SessionEvent } from '../../domain/transcript.ts';
import { eventBlocks } from '../../domain/transcript.ts';
import type { DreamProgress } from '../../workflows/messages.ts';
import type { DreamsClient } from '../dreams-client.ts';
import type { WatchItem } from '../watch-dream.ts';
import type { WireDream } from '../wire/dream.ts';
import { exitCodes } from './exit-codes.ts';
import { Interrupted } from './interrupts.ts';
import { counted, excerpt, minute } from './render/words.ts';
import type { Terminal } from './terminal.ts';

/** `review`: ends also when a draft is put before a reviewer. */
export interface FollowOptions {
  until?: 'end' | 'review';
}

export async function followDream(
  client: DreamsClient,
  id: string,
  terminal: Terminal,
  signal: AbortSignal,
  { until = 'end' }: FollowOptions = {},
): Promise<WireDream> {
  try {
    for await (const item of client.watchDream(id, { signal })) {
      if (item.kind === 'end' || (item.kind === 'review' && until === 'review')) return item.dream;
      const line = lineOf(item);
      if (line !== null) terminal.progress(line);
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
  throw new Error('The watch ended before the dream.');
}

/** The same for a command whose watching is all that Ctrl-C ends. */
export async function watchUntilEnd(
  client: DreamsClient,
  id: string,
  terminal: Terminal,
  signal: AbortSignal,
  options: FollowOptions = {},
): Promise<WireDream> {
  try {
    return await followDream(client, id, terminal, signal, options);
  } catch (error) {
    if (error instanceof Interrupted)
      terminal.progress(`The dream goes on without a watcher. See "dreams watch ${id}"; stop it with "dreams cancel ${id}".`);
    throw error;
  }
}

/** What a script should see of a dream that has ended, or that waits for its reviewer. */
export function exitCodeOfDream(dream: WireDream): number {
  return dream.status === 'completed' || dream.status === 'running' ? exitCodes.done : exitCodes.failed;
}

function lineOf(item: Exclude<WatchItem, { kind: 'end' }>): string | null {
  switch (item.kind) {
    case 'progress':
      return progressLine(item.progress);
    case 'event':
      return eventLine(item.event);
    case 'review':
      return `The draft ${item.review.draftId} awaits a decision until ${minute(item.review.endsAt)} UTC: dreams review ${item.dream.id}`;
    case 'waiting':
      return 'No worker has taken the dream up yet. "dreams up" runs one, "dreams worker" one more.';
  }
}

/** Steps in one piece say what they did when they have; only those in packs are worth a line while they run. */
function progressLine({ stage, done, total, facts }: DreamProgress): string | null {
  return total > 1 ? `  ${stage}: ${String(done)} of ${String(total)} packs, ${counted(facts, 'fact')} so far` : null;
}

function eventLine(event: SessionEvent): string | null {
  if (event.type === 'agent.message')
    return excerpt(
      eventBlocks(event)
        .map((block) => block.text)
        .join(' '),
      300,
    );
  if (event.type !== 'agent.tool_use') return null;
  const { name, input } = event.payload as { name?: unknown; input?: { file_path?: unknown; path?: unknown } };
  const path = input?.file_path ?? input?.path;
  return `  staged: ${excerpt(String(name), 20)} ${typeof path === 'string' ? excerpt(path, 200) : ''}`.trimEnd();
}
