/**
 * What an operation of a dream says of itself, in words. The operation keeps ids only; the words are read here, where they
 * stand, so that a session that was erased is not quoted. Secrets are masked.
 */
import type { Transaction } from '../db/database.ts';
import { findDraft } from '../db/drafts.ts';
import { readInputClaimsById } from '../db/input-claims.ts';
import type { OperationRow } from '../db/operations.ts';
import { readChangesById } from '../db/provenance.ts';
import type { Change, ChangeKind } from '../domain/change.ts';
import type { Claim } from '../domain/claim.ts';
import type { Origin } from '../domain/evidence.ts';
import type { LeftOut, LeftOutWhy, OperationReport } from '../domain/operation.ts';
import type { DraftReport } from '../domain/report.ts';
import { maskSecrets } from '../domain/secrets.ts';

/** A change that was proposed and is not in the store. */
export interface LeftOutChange {
  change: string;
  why: LeftOutWhy;
  /** The rules that refused it. */
  guards: string[];
  kind: ChangeKind | null;
  path: string | null;
  text: string | null;
}

export interface OpenQuestion {
  change: string;
  path: string | null;
  text: string | null;
  sides: { quote: string; at: string | null; origin: Origin }[];
}

export interface LogReport extends Pick<OperationReport, 'reasons' | 'files' | 'claims' | 'dropped'> {
  left_out: LeftOutChange[];
  /** Doubtful statements that stayed, because a dream takes away no more than the cap allows. */
  kept_by_cap: { claim: string; path: string | null; text: string | null }[];
  open: OpenQuestion[];
  /** Paths that others had changed meanwhile and that kept what they wrote. */
  theirs: string[];
}

/** Key: the operation. */
export async function readLogReports(tx: Transaction, operations: readonly OperationRow[]): Promise<Map<string, LogReport>> {
  const dreamt = operations.flatMap((row) =>
    row.dreamId === null || row.draftId === null ? [] : { id: row.id, dreamId: row.dreamId, draftId: row.draftId, report: row.report },
  );
  const changes = await readChangesById(
    tx,
    dreamt.flatMap(({ draftId, report }) => [
      ...(report.leftOut ?? []).map((left) => ({ draftId: left.draftId, changeId: left.changeId })),
      ...(report.open ?? []).map((changeId) => ({ draftId, changeId })),
    ]),
  );
  const guards = await readGuards(
    tx,
    dreamt.flatMap(({ report }) => report.leftOut ?? []),
  );
  const reports = new Map<string, LogReport>();
  for (const { id, dreamId, draftId, report } of dreamt) {
    const { reasons, files, claims, dropped, leftOut = [], keptByCap = [], open = [], theirs = [] } = report;
    const kept = keptByCap.length === 0 ? new Map<string, Claim>() : await readInputClaimsById(tx, dreamId, keptByCap);
    reports.set(id, {
      ...(reasons === undefined ? {} : { reasons }),
      ...(files === undefined ? {} : { files }),
      ...(claims === undefined ? {} : { claims }),
      ...(dropped === undefined ? {} : { dropped }),
      left_out: leftOut.map((left) => toLeftOut(left, changes.get(`${left.draftId} ${left.changeId}`), guards)),
      kept_by_cap: keptByCap.map((claim) => ({ claim, path: kept.get(claim)?.path ?? null, text: masked(kept.get(claim)?.text) })),
      open: open.map((change) => toQuestion(change, changes.get(`${draftId} ${change}`))),
      theirs,
    });
  }
  return reports;
}

/** What the guards said of the drafts in which changes were refused. */
async function readGuards(tx: Transaction, leftOut: readonly LeftOut[]): Promise<Map<string, DraftReport['guards']>> {
  const found = new Map<string, DraftReport['guards']>();
  for (const draftId of new Set(leftOut.filter(({ why }) => why === 'guard').map((left) => left.draftId)))
    found.set(draftId, (await findDraft(tx, draftId))?.report.guards ?? []);
  return found;
}

function toLeftOut(
  { changeId, why, draftId }: LeftOut,
  change: Change | undefined,
  guards: Map<string, DraftReport['guards']>,
): LeftOutChange {
  const refusing = why === 'guard' ? (guards.get(draftId) ?? []).filter((guard) => guard.refused.includes(changeId)) : [];
  return {
    change: changeId,
    why,
    guards: refusing.map((guard) => guard.title),
    kind: change?.kind ?? null,
    path: change?.path ?? null,
    text: masked(change?.after ?? change?.before),
  };
}

function toQuestion(id: string, change: Change | undefined): OpenQuestion {
  const sides = change?.evidence ?? [];
  return {
    change: id,
    path: change?.path ?? null,
    text: masked(change?.after),
    sides: sides.map(({ quote, at, origin }) => ({ quote: maskSecrets(quote), at, origin })),
  };
}

function masked(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : maskSecrets(text);
}
