/** Which lines went and which stayed, by their places in the stores as they stand; lines of older versions have no place. */
import type { Transaction } from '../../db/database.ts';
import { readHeads } from '../../db/memories.ts';
import type { ErasedLine, ErasureReport } from '../../domain/erasure.ts';
import { lineOfOffset } from '../lines.ts';
import type { HeldTexts } from './held-texts.ts';
import type { KnownLines, TextLine } from './known-lines.ts';
import type { ErasurePlan } from './plan-erasure.ts';

export interface LinesReport extends Pick<ErasureReport, 'gone' | 'stayed' | 'emptied'> {
  /** Stores whose memories read differently now, by id. */
  stores: string[];
}

export async function reportLines(tx: Transaction, held: HeldTexts, known: KnownLines, plan: ErasurePlan): Promise<LinesReport> {
  const report: LinesReport = { gone: [], stayed: [], emptied: [], stores: [] };
  const storeIds = new Set([...plan.concerned].flatMap((sha256) => [...(held.texts.get(sha256)?.stores ?? [])]));
  for (const storeId of [...storeIds].sort()) {
    const heads = await readHeads(tx, storeId);
    if (heads.some((head) => plan.edited.has(head.sha256))) report.stores.push(storeId);
    const told = new Set<string>();
    for (const head of heads) {
      if (plan.emptied.has(head.sha256)) report.emptied.push({ storeId, path: head.path });
      for (const line of linesOf(known, plan, head.sha256)) {
        told.add(line.statement);
        add(report, plan, line, { storeId, path: head.path, line: lineOfOffset(line.text.content, line.start) });
      }
    }
    for (const version of held.versions.values()) {
      if (version.storeId !== storeId) continue;
      for (const line of linesOf(known, plan, version.sha256)) {
        if (told.has(line.statement)) continue;
        told.add(line.statement);
        add(report, plan, line, { storeId, path: version.path, line: null });
      }
    }
  }
  return report;
}

function linesOf(known: KnownLines, plan: ErasurePlan, sha256: string): TextLine[] {
  return plan.concerned.has(sha256) ? (known.byText.get(sha256) ?? []).filter((line) => plan.verdicts.has(line.key)) : [];
}

function add(report: LinesReport, plan: ErasurePlan, line: TextLine, place: ErasedLine): void {
  const verdict = plan.verdicts.get(line.key);
  if (verdict === undefined) return;
  if (verdict.kind === 'gone') report.gone.push(place);
  else report.stayed.push({ ...place, why: verdict.kind === 'stays' ? verdict.why : verdict.as });
}
