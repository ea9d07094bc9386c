/** One change for a reviewer, before it is laid out: the words for its kind, what stood there and what will stand there. */
import type { ChangeKind } from '../../../domain/change.ts';
import type { LeftOutWhy } from '../../../domain/operation.ts';
import type { DiffChange, DreamDiff } from '../../wire/diff.ts';
import type { WireEvidence } from '../../wire/change.ts';
import type { Piece } from './diff-words.ts';
import { diffWords, whole } from './diff-words.ts';
import { counted, day, excerpt, minute } from './words.ts';

export const kindWords: Record<ChangeKind, string> = {
  retire: 'taken out, nothing takes its place',
  supersede: 'replaced by what holds now',
  pattern: 'recurs across sessions, and nobody had written it',
  open_conflict: 'the sources disagree, both sides stay',
  merge: 'duplicates become one statement',
  rewrite: 'the same in other words',
  add: 'new',
  move: 'moved, unchanged, to where a reader looks for it',
};

const leftOutWords: Record<LeftOutWhy, string> = {
  along: 'it cannot stand without another one that was left out',
  guard: 'a guard refused it',
  reviewer: 'a reviewer left it out',
  conflict: 'others changed the same file meanwhile',
  unapproved: 'it came up only because others were left out, so nobody has seen it',
};

export function leftOutBecause({ why, holds_credential: holds }: DreamDiff['left_out'][number]): string {
  return `${leftOutWords[why]}${holds && why === 'reviewer' ? '; its credential stays in the store' : ''}`;
}

export function kindName(kind: ChangeKind): string {
  return kind.replace('_', ' ');
}

export interface ChangeTexts {
  /** The path where it is another one than what was said last: the change's own, or the line's before. */
  before: { path: string | null; pieces: Piece[] }[];
  after: Piece[] | null;
  /** What a reader would wonder about. */
  remark: string | null;
}

/** The result takes the place of the first line, so it is that one with which its words are compared. */
export function changeTexts({ path, before, after, removed, reason_code: reason }: DiffChange): ChangeTexts {
  const texts = removed.length > 0 ? removed : before === null ? [] : [{ path, text: before }];
  const compared = texts.map((line) => ({ line, diff: after === null ? null : diffWords(line.text, after) }));
  const isSame = after !== null && texts.length === 1 && texts[0]?.text === after;
  return {
    before: compared.map(({ line, diff }, index) => ({
      path: line.path === (texts[index - 1]?.path ?? path) ? null : line.path,
      pieces: diff === null ? whole(line.text) : diff.before,
    })),
    after: after === null ? null : (compared[0]?.diff?.after ?? whole(after)),
    remark: isSame && reason === 'secret' ? 'Both read the same because a secret is masked wherever it is shown.' : null,
  };
}

/** What a reviewer has to know before leaving it out; null where nothing stays that the screen hides. */
export function exclusionWarning({ holds_credential: holds }: DiffChange): string | null {
  return holds ? 'Leaving this out keeps the credential in the store.' : null;
}

/** "Moving the port, 2026-10-01, user". */
export function sourceOf(item: WireEvidence): string {
  if (item.type === 'memory') return `the memory ${excerpt(item.path, 80)}, ${day(item.at)}`;
  const title = item.session_title === null ? item.session_id : excerpt(item.session_title, 60);
  return `${title}, ${day(item.at)}, ${item.origin}`;
}

export function countsLine(totals: DreamDiff['totals']): string {
  const counts = Object.entries(totals).map(([kind, count]) => `${kindName(kind as ChangeKind)} ${String(count)}`);
  return counts.length === 0 ? 'none' : counts.join(', ');
}

export function filesLine({ created, changed, unchanged, deleted }: DreamDiff['files']): string {
  return `${String(created)} created, ${String(changed)} changed, ${String(unchanged)} unchanged, ${String(deleted)} deleted`;
}

/** One line a decision, and one for what is still to come. */
export function statusLines(diff: DreamDiff): string[] {
  const lines = diff.decisions.map((decision) => {
    const verdict = decision.verdict === 'approve' ? 'approved' : 'rejected';
    const who = decision.channel === 'timeout' ? 'when the time ran out' : `by ${excerpt(decision.by, 60)}`;
    const left = decision.excluded.length === 0 ? '' : `, ${counted(decision.excluded.length, 'change')} left out`;
    const note = decision.note === null ? '' : `: ${excerpt(decision.note, 500)}`;
    const which = decision.draft_id === diff.draft_id ? '' : ' (an earlier draft)';
    return `${verdict} ${who} at ${minute(decision.at)}${left}${which}${note}`;
  });
  if (diff.ends_at !== null)
    lines.push(
      `awaits a decision until ${minute(diff.ends_at)} UTC; then it is ${diff.on_timeout === 'commit' ? 'committed' : 'rejected'}`,
    );
  else if (diff.outcome !== null)
    lines.push(`the dream has ended: ${diff.outcome}${diff.operation_id === null ? '' : ` as ${diff.operation_id}`}`);
  else lines.push(`no decision is awaited${diff.review === 'required' ? ' at the moment' : ''}; the dream is at ${diff.stage}`);
  return lines;
}
