import type { Transaction } from '../db/database.ts';
import { chunks } from '../db/database.ts';
import { readDreamSessions, requireDream, updateDream } from '../db/dreams.ts';
import { readEvents } from '../db/events.ts';
import { readSessions } from '../db/sessions.ts';
import type { WindowRow } from '../db/windows.ts';
import { insertWindows, readWindows } from '../db/windows.ts';
import type { DreamCoverage } from '../domain/dream.ts';
import { counted } from '../domain/guards/guard.ts';
import { sha256Hex } from '../domain/hash.ts';
import { charactersPerToken, packBySize, planWindows as cutSession } from '../domain/plan-windows.ts';
import { eventBlocks, speakerOf } from '../domain/transcript.ts';
import type { DreamInput } from '../workflows/messages.ts';
import type { Dependencies } from './dependencies.ts';
import { engineFor } from './dependencies.ts';
import { reading, writing } from './effect.ts';
import { appendLive, stepMessage, wasSaid } from './live-session.ts';
import { lockForStep } from './lock-for-step.ts';
import { contextEvents } from './read-windows.ts';
import { withHeartbeat } from './running.ts';

export interface PlannedWindows {
  windows: number;
  packs: number;
  /** Windows in each pack, for the summaries that a person reads. */
  windowsInPack: number[];
  characters: number;
}

interface SessionPlan {
  sessionId: string;
  events: number;
  windows: Omit<WindowRow, 'workspaceId' | 'dreamId' | 'ordinal' | 'pack' | 'state' | 'facts'>[];
}

/** Cuts every transcript into windows and puts the windows into packs, so that every event is read by exactly one extraction. */
export function planWindows(dependencies: Dependencies) {
  return async ({ workspaceId, dreamId }: DreamInput): Promise<PlannedWindows> =>
    await withHeartbeat(async () => {
      const { dream, sessions, planned } = await reading(dependencies, workspaceId, async (tx) => ({
        dream: await requireDream(tx, dreamId),
        sessions: await readDreamSessions(tx, dreamId),
        planned: await readWindows(tx, dreamId),
      }));
      if (planned.length > 0) return summarise(planned);
      const plans: SessionPlan[] = [];
      for (const some of chunks(sessions, sessionsAtOnce))
        plans.push(...(await reading(dependencies, workspaceId, (tx) => planSessions(tx, some))));
      const cuts = plans.flatMap((plan) => plan.windows);
      const packs = packBySize(
        cuts.map((cut) => cut.characters),
        engineFor(dependencies, dream.model).packSize,
      );
      const rows = cuts.map((cut, ordinal): WindowRow => ({
        workspaceId,
        dreamId,
        ordinal,
        pack: packs[ordinal] ?? 0,
        state: 'planned',
        facts: 0,
        ...cut,
      }));
      await writing(dependencies, 'planWindows.plan', workspaceId, async (tx) => {
        const open = await lockForStep(tx, dreamId);
        if (await wasSaid(tx, open, 'planWindows')) return;
        await insertWindows(tx, rows);
        await updateDream(tx, dreamId, { stage: 'planWindows', coverage: firstCoverage(plans, rows) });
        const { windows, characters } = summarise(rows);
        const tokens = Math.round(characters / charactersPerToken);
        await appendLive(tx, open, [
          stepMessage(
            dreamId,
            'planWindows',
            `${counted(windows, 'window')}, ${counted(characters, 'character')}, about ${counted(tokens, 'token')}`,
          ),
        ]);
      });
      return summarise(rows);
    });
}

function summarise(rows: readonly WindowRow[]): PlannedWindows {
  const windowsInPack: number[] = [];
  for (const row of rows) windowsInPack[row.pack] = (windowsInPack[row.pack] ?? 0) + 1;
  return {
    windows: rows.length,
    packs: windowsInPack.length,
    windowsInPack,
    characters: rows.reduce((sum, row) => sum + row.characters, 0),
  };
}

function firstCoverage(plans: readonly SessionPlan[], rows: readonly WindowRow[]): DreamCoverage {
  const sessions = plans.map(({ sessionId, events, windows }) => {
    const characters = windows.reduce((sum, window) => sum + window.characters, 0);
    return {
      id: sessionId,
      events,
      windows: windows.length,
      characters,
      facts: 0,
      state: characters === 0 ? ('empty' as const) : ('planned' as const),
    };
  });
  return {
    windows: rows.length,
    read: 0,
    noSignal: 0,
    failed: 0,
    characters: rows.reduce((sum, row) => sum + row.characters, 0),
    sessions,
  };
}

/** Events that are read at once: a session may hold 100 MB. */
const batch = 500;

interface Outline {
  number: number;
  blocks: number[];
  /** What the window's hash takes of the event: its id, which evidence names, and what it says. */
  key: string;
}

/** Sessions a transaction reads: one each is mostly beginnings and ends (200 of them took 0.3 s), one for all may last minutes. */
const sessionsAtOnce = 20;

async function planSessions(
  tx: Transaction,
  wanted: readonly { sessionId: string; lastEventNumber: number | null }[],
): Promise<SessionPlan[]> {
  const sessions = await readSessions(
    tx,
    wanted.map((session) => session.sessionId),
  );
  const plans: SessionPlan[] = [];
  for (const { sessionId, lastEventNumber } of wanted)
    plans.push(await planSession(tx, sessionId, sessions.get(sessionId), lastEventNumber ?? 0));
  return plans;
}

async function planSession(
  tx: Transaction,
  sessionId: string,
  session: { title: string | null; createdAt: Date } | undefined,
  lastNumber: number,
): Promise<SessionPlan> {
  const outlines: Outline[] = [];
  for (let first = 1; first <= lastNumber; first += batch)
    outlines.push(...(await readOutlines(tx, sessionId, first, Math.min(lastNumber, first + batch - 1))));
  const header = JSON.stringify([sessionId, session?.title ?? null, session?.createdAt.toISOString() ?? null]);
  const windows = cutSession(outlines).map((cut) => {
    const context = outlines.filter((event) => event.number < cut.firstNumber && event.number >= cut.firstNumber - contextEvents);
    const events = outlines.filter((event) => event.number >= cut.firstNumber && event.number <= cut.lastNumber);
    const sha256 = sha256Hex(JSON.stringify([header, context.map((event) => event.key), events.map((event) => event.key), cut.part]));
    return { sessionId, sha256, ...cut };
  });
  return { sessionId, events: outlines.length, windows };
}

async function readOutlines(tx: Transaction, sessionId: string, first: number, last: number): Promise<Outline[]> {
  const events = await readEvents(tx, sessionId, first, last);
  return events.map((event) => {
    const blocks = speakerOf(event.type) === null ? [] : eventBlocks(event).map((block) => block.text.length);
    return { number: event.number, blocks, key: sha256Hex(JSON.stringify([event.id, event.type, event.processedAt, event.payload])) };
  });
}
