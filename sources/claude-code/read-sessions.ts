/** Claude Code session files → sessions: lines belong together by the session they name, whatever their file is called. */
import { newEvents } from '../grown.ts';
import { makeMetadata, makeTitle } from '../metadata.ts';
import type { ImportedEvent, ImportedSession, Problem, Skipped, SourceFile } from '../source.ts';
import { readTranscript, type ReadTranscript } from './read-transcript.ts';
import type { SessionBuilder } from './session-builder.ts';

export function readSessions(files: SourceFile[]): { sessions: ImportedSession[]; problems: Problem[]; skipped: Skipped[] } {
  const read = files.map(readTranscript);
  const parts = new Map<string, SessionBuilder[]>();
  for (const builder of read.flatMap((file) => file.builders)) {
    const sessionId = builder.sessionId ?? `unnamed-${builder.events[0]?.sha256.slice(0, 16) ?? ''}`;
    const sourceId = builder.agentId === null ? sessionId : `${sessionId}/${builder.agentId}`;
    const known = parts.get(sourceId);
    if (known === undefined) parts.set(sourceId, [builder]);
    else known.push(builder);
  }
  const titleOf = titlesFromSummaries(read);
  const sessions = [...parts].map(([sourceId, builders]) => join(sourceId, builders, titleOf));
  return { sessions, problems: read.flatMap((file) => file.problems), skipped: read.map((file) => file.skipped) };
}

/** A summary names the conversation that its leaf belongs to, in whatever file that is; of several the last one counts. */
function titlesFromSummaries(read: ReadTranscript[]): ReadonlyMap<SessionBuilder, string> {
  const ofLeaf = new Map<string, { text: string; order: number }>();
  for (const { leaf, text } of read.flatMap((file) => file.summaries)) if (leaf !== null) ofLeaf.set(leaf, { text, order: ofLeaf.size });
  const found = new Set<string>();
  const titles = new Map<SessionBuilder, string>();
  for (const builder of read.flatMap((file) => file.builders)) {
    let last = -1;
    for (const uuid of builder.uuids) {
      const summary = ofLeaf.get(uuid);
      if (summary === undefined) continue;
      found.add(uuid);
      if (summary.order > last) titles.set(builder, summary.text);
      last = Math.max(last, summary.order);
    }
  }
  for (const { builders, summaries } of read) {
    const [only, ...others] = builders;
    // Its conversation is not among these files: then it names the file's own, if the file holds only one.
    const own = summaries.findLast(({ leaf }) => leaf === null || !found.has(leaf));
    if (only !== undefined && others.length === 0 && own !== undefined && !titles.has(only)) titles.set(only, own.text);
  }
  return titles;
}

/** Copies of a session and files that continue it become one: oldest first, each event once. */
function join(sourceId: string, builders: SessionBuilder[], titleOf: ReadonlyMap<SessionBuilder, string>): ImportedSession {
  const ordered = builders.toSorted((a, b) => compare(startOf(a), startOf(b)) || compare(a.file, b.file));
  const first = ordered[0] as SessionBuilder;
  const events: ImportedEvent[] = [];
  const ids = new Set<string>();
  for (const builder of ordered) {
    const growth = newEvents(events, builder.events);
    for (const event of growth.kind === 'same' ? [] : growth.events) {
      if (event.sourceEventId !== null && ids.has(event.sourceEventId)) continue;
      events.push(event);
      if (event.sourceEventId !== null) ids.add(event.sourceEventId);
    }
  }
  const title =
    ordered.findLast((builder) => builder.title.custom !== null)?.title.custom ??
    ordered.findLast((builder) => builder.title.generated !== null)?.title.generated ??
    ordered.map((builder) => titleOf.get(builder)).findLast((text) => text !== undefined);
  const agentId = first.agentId;
  return {
    sourceKind: 'claude-code',
    sourceId,
    title: makeTitle(title),
    createdAt: events.find((event) => event.processedAt !== null)?.processedAt ?? null,
    events,
    firstEventSha256: (events[0] as ImportedEvent).sha256,
    metadata: makeMetadata({
      file: first.file,
      cwd: first.cwd,
      branch: first.branch,
      claude_code: first.version,
      ...(agentId === null ? {} : { agent: agentId, parent_session: first.sessionId }),
    }),
  };
}

/** Parts without a time come last: they can hardly be the beginning. */
function startOf(builder: SessionBuilder): string {
  return builder.events.find((event) => event.processedAt !== null)?.processedAt ?? '\uFFFF';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
