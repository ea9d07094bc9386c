/** A dream for people: how it ended, what it read, what it made. */
import type { DraftReport } from '../../../domain/report.ts';
import type { WireDream, WireReview } from '../../wire/dream.ts';
import { style } from '../terminal.ts';
import { counted, excerpt, minute } from './words.ts';

export function renderDream(dream: WireDream): string {
  const [store, sessions] = dream.inputs;
  const { outcome, coverage, review, alias } = dream.open_dreams;
  const lines = [
    `${style('bold', dream.id)}  ${dream.status}${outcome === null || outcome === dream.status ? '' : ` (${outcome})`}`,
    `  model      ${excerpt(dream.model.id, 60)}`,
    `  input      ${store.memory_store_id}, ${counted(sessions.session_ids.length, 'session')}`,
    `  output     ${dream.outputs[0]?.memory_store_id ?? 'none'}${dream.output_behavior.type === 'update_existing' ? ', written in place' : ''}${alias === null ? '' : `, for the alias ${alias}`}`,
    `  created    ${minute(dream.created_at)}${dream.ended_at === null ? '' : `, ended ${minute(dream.ended_at)}`}`,
  ];
  if (coverage !== null)
    lines.push(
      `  read       ${counted(coverage.read + coverage.noSignal, 'window')} of ${String(coverage.windows)} (${String(coverage.noSignal)} without anything durable, ${String(coverage.failed)} failed), ${counted(coverage.characters, 'character')}`,
    );
  if (review !== null) lines.push(`  review     ${reviewWords(review)}`);
  if (dream.instructions !== null) lines.push(`  instructed ${excerpt(dream.instructions, 120)}`);
  if (dream.error !== null) lines.push(`  ${style('red', 'failed')}     ${dream.error.type}: ${excerpt(dream.error.message, 400)}`);
  if (outcome === 'terminated') lines.push(`  next       ${nextWords(dream.open_dreams.workflow_id)}`);
  return lines.join('\n');
}

/** A terminated run is not gone: who terminated it by mistake can have it back. */
function nextWords(workflowId: string): string {
  return `dream again, or let this one go on where it was:\n             temporal workflow reset --workflow-id ${excerpt(workflowId, 200)} --type LastWorkflowTask --reason "..."`;
}

function reviewWords(review: WireReview): string {
  const then = review.on_timeout === 'commit' ? 'then it is committed' : 'then it is rejected';
  const { decision } = review;
  if (review.ends_at === null && decision !== null) {
    if (decision.channel === 'timeout')
      return `nobody decided in time, so it was ${decision.verdict === 'approve' ? 'committed' : 'rejected'} as asked`;
    return `${decision.verdict === 'approve' ? 'approved' : 'rejected'} by ${excerpt(decision.by, 80)}`;
  }
  if (review.ends_at === null) return 'required before anything is written';
  return style('yellow', `a draft awaits a decision until ${minute(review.ends_at)} UTC, ${then}`);
}

/** What the draft did, in counts, and one line a guard. */
export function renderReport(report: DraftReport): string {
  const counts = Object.entries(report.counts)
    .map(([kind, count]) => `${kind.replace('_', ' ')} ${String(count)}`)
    .join(', ');
  const { created, changed, unchanged, deleted } = report.files;
  const lines = [
    `Changes: ${counts === '' ? 'none' : counts}`,
    `Files: ${String(created)} created, ${String(changed)} changed, ${String(unchanged)} unchanged, ${String(deleted)} deleted; statements: ${String(report.claims.before)} before, ${String(report.claims.after)} after`,
  ];
  const dropped = Object.entries(report.dropped)
    .map(([reason, count]) => `${reason.replace('_', ' ')} ${String(count)}`)
    .join(', ');
  if (dropped !== '') lines.push(`Left out: ${dropped}`);
  if (report.keptByCap.length > 0) lines.push(`Kept by the cap on removals: ${String(report.keptByCap.length)}`);
  for (const guard of report.guards) {
    const mark = guard.ok ? style('green', 'ok     ') : style('yellow', 'refused');
    lines.push(
      `  ${mark} ${excerpt(guard.title, 80)} (${counted(guard.checked, 'check')}${guard.refused.length === 0 ? '' : `, ${String(guard.refused.length)} refused`})${guard.ok || guard.message === '' ? '' : `: ${excerpt(guard.message, 200)}`}`,
    );
  }
  return lines.join('\n');
}
