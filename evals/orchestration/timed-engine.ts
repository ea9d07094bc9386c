/** An engine that answers after a fixed time, as a paid one does, and costs the machine nothing meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventEvidence } from '../../domain/evidence.ts';
import type { CandidateFact } from '../../domain/fact.ts';
import { sha256Hex } from '../../domain/hash.ts';
import type { Proposal } from '../../domain/proposal.ts';
import { noUsage } from '../../domain/usage.ts';
import type { Window } from '../../domain/window.ts';
import type { Answer, CallContext, Engine, ReconcileQuestion } from '../../engines/engine.ts';
import type { Call } from './calls.ts';
import { factsInWindow } from './material.ts';

/** What a prompt of a paid engine would hold of claims and facts. */
const itemsInPack = 100;

export interface TimedEngineOptions {
  latencyMs: number;
  /** Told of each call once it has been answered. */
  onCall: (call: Call) => void;
}

/** In the offline engine's place, because a dream's model must be one that the product knows; its version keeps their answers apart. */
export function timedEngine({ latencyMs, onCall }: TimedEngineOptions): Engine {
  const after = async <T>(step: Call['step'], question: unknown, { signal }: CallContext, value: T): Promise<Answer<T>> => {
    const begunAt = Date.now();
    await sleep(latencyMs, undefined, { signal });
    onCall({ step, key: sha256Hex(JSON.stringify(question)), begunAt, endedAt: Date.now() });
    return { value, usage: noUsage };
  };
  return {
    name: 'offline',
    version: 'timed',
    packSize: 0,
    itemsInPack,
    extractFacts: ({ windows }, call) =>
      after(
        'extractFacts',
        windows.map((window) => window.sha256),
        call,
        windows.map((window) => ({ windowSha256: window.sha256, facts: factsOf(window) })),
      ),
    reconcileGroups: (question, call) =>
      after(
        'reconcileGroup',
        question.groups.map(({ group }) => group),
        call,
        question.groups.flatMap(proposalsFor),
      ),
    minePatterns: (question, call) =>
      after(
        'minePatterns',
        question.facts.map((fact) => fact.id),
        call,
        [],
      ),
  };
}

/** The first lines of the window's event. */
function factsOf({ events, ordinal, sessionId }: Window): CandidateFact[] {
  const [event] = events;
  const [block] = event?.blocks ?? [];
  if (event === undefined || block === undefined) return [];
  let start = 0;
  return block.text
    .split('\n')
    .slice(0, factsInWindow)
    .map((quote): CandidateFact => {
      const evidence: EventEvidence = {
        kind: 'event',
        sessionId,
        eventId: event.id,
        block: block.block,
        start,
        end: start + quote.length,
        quote,
        origin: 'user',
        at: event.at,
      };
      start += quote.length + 1;
      return {
        id: '',
        windowOrdinal: ordinal,
        sessionId,
        statement: quote,
        subject: '',
        attribute: '',
        value: null,
        polarity: 'affirmed',
        force: 'asserted',
        durability: 'standing',
        origin: 'user',
        at: event.at,
        eventNumber: event.number,
        evidence: [evidence],
      };
    });
}

/** What stands in the store stays; a group without a line of it becomes one. */
function proposalsFor({ claims, facts }: ReconcileQuestion['groups'][number]): Proposal[] {
  const [first] = facts;
  if (first === undefined) return [];
  const of = { claimIds: claims.map((claim) => claim.id), factIds: facts.map((fact) => fact.id) };
  if (claims.length > 0) return [{ kind: 'drop', reasonCode: 'duplicate', reason: 'The store says so already.', ...of, claimIds: [] }];
  const reason = 'A setting that the store does not hold.';
  return [{ kind: 'add', reasonCode: 'new_fact', reason, statement: first.statement, topic: 'Settings', weight: 1, ...of }];
}
