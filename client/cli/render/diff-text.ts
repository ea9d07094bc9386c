/** A draft as a diff, for a terminal or a file. Nothing is cut but quotes: it is what a person approves. */
import type { DiffChange, DiffConflict, DiffEvidence, DreamDiff } from '../../wire/diff.ts';
import { byFile } from '../../wire/change.ts';
import { foreign, style } from '../terminal.ts';
import { kindColors } from './change-list.ts';
import { changedLines, diffLines } from './diff-lines.ts';
import {
  changeTexts,
  countsLine,
  exclusionWarning,
  filesLine,
  kindName,
  kindWords,
  leftOutBecause,
  sourceOf,
  statusLines,
} from './diff-change.ts';
import type { Piece } from './diff-words.ts';
import { piecesByLine } from './diff-words.ts';
import { counted, excerpt } from './words.ts';

const quoteLength = 300;
const evidenceAtMost = 5;
const indent = '    ';

export function renderDiff(diff: DreamDiff): string {
  return [head(diff), ...files(diff), ...conflicts(diff.conflicts), ...leftOut(diff.left_out), ...next(diff)].join('\n\n');
}

function head(diff: DreamDiff): string {
  const passed = diff.guards.filter((guard) => guard.ok).length;
  const lines = [
    `${style('bold', diff.dream_id)}  draft ${String(diff.round)}`,
    ...statusLines(diff).map((line, index) => `  ${index === 0 ? 'status' : '      '}     ${line}`),
    `  digest     ${diff.digest}`,
    `  changes    ${countsLine(diff.totals)}`,
    `  files      ${filesLine(diff.files)}; statements: ${String(diff.claims.before)} before, ${String(diff.claims.after)} after`,
    `  guards     ${diff.guards.length === 0 ? 'not checked yet' : `${String(passed)} of ${String(diff.guards.length)} passed`}`,
  ];
  for (const guard of diff.guards)
    if (!guard.ok || guard.message !== '')
      lines.push(
        `             ${guard.ok ? 'note' : style('yellow', 'refused')}: ${excerpt(guard.title, 80)}: ${excerpt(guard.message, 300)}`,
      );
  if (diff.kept_by_cap > 0) lines.push(`  kept       ${counted(diff.kept_by_cap, 'doubtful claim')} by the cap on removals`);
  return lines.join('\n');
}

function files({ changes, outcome }: DreamDiff): string[] {
  if (changes.length === 0) return ['Nothing to change.'];
  return byFile(changes).map(([path, own]) =>
    [style('bold', excerpt(path, 1_000)), ...own.map((change) => renderChange(change, outcome === null))].join('\n'),
  );
}

function renderChange(change: DiffChange, isOpen: boolean): string {
  const { before, after, remark } = changeTexts(change);
  const warning = isOpen ? exclusionWarning(change) : null;
  return [
    `  ${style(kindColors[change.kind], kindName(change.kind))}  ${kindWords[change.kind]}  ${style('dim', change.id)}`,
    ...before.flatMap(({ path, pieces }) => [...(path === null ? [] : [`${indent}  in ${excerpt(path, 200)}:`]), ...marked('-', pieces)]),
    ...(after === null ? [] : marked('+', after)),
    ...(remark === null ? [] : [`${indent}${remark}`]),
    `${indent}why: ${excerpt(change.reason, 1_000)}`,
    ...change.evidence.slice(0, evidenceAtMost).map(renderQuote),
    ...(change.evidence.length > evidenceAtMost ? [`${indent}and ${String(change.evidence.length - evidenceAtMost)} more`] : []),
    ...(warning === null ? [] : [`${indent}${style('yellow', warning)}`]),
  ].join('\n');
}

function marked(mark: '-' | '+', pieces: readonly Piece[]): string[] {
  const [line, word] = mark === '-' ? (['red', 'removed'] as const) : (['green', 'added'] as const);
  return piecesByLine(pieces).map(
    (parts) =>
      `${indent}${style(line, mark)} ${parts.map(({ text, changed }) => (changed ? style(word, foreign(text)) : foreign(text))).join('')}`,
  );
}

function renderQuote(item: DiffEvidence): string {
  const [before, after] = [item.context?.before ?? '', item.context?.after ?? ''].map((text) => style('dim', excerpt(text, 200)));
  const words = [before, `“${excerpt(item.quote, quoteLength)}”`, after].filter((part) => part !== style('dim', ''));
  return `${indent}from: ${sourceOf(item)}: ${words.join(' ')}`;
}

function conflicts(all: readonly DiffConflict[]): string[] {
  if (all.length === 0) return [];
  return [
    style('yellow', `Changed both by the dream and by others since it began (${counted(all.length, 'file')}):`),
    ...all.flatMap(({ path, base, ours, theirs }) => [
      [style('bold', excerpt(path, 1_000)), '  by others:', ...sideBySide(base, theirs)].join('\n'),
      ['  by the dream:', ...sideBySide(base, ours)].join('\n'),
    ]),
  ];
}

function sideBySide(base: string | null, side: string | null): string[] {
  if (side === null) return [`${indent}the file is gone`];
  return changedLines(diffLines(base, side)).map((line) =>
    'skipped' in line
      ? style('dim', `${indent}  … ${counted(line.skipped, 'line')} the same`)
      : line.mark === ' '
        ? `${indent}  ${foreign(line.text)}`
        : style(line.mark === '-' ? 'red' : 'green', `${indent}${line.mark} ${foreign(line.text)}`),
  );
}

function leftOut(changes: DreamDiff['left_out']): string[] {
  if (changes.length === 0) return [];
  const lines = changes.map((change) => {
    const text = excerpt(change.after ?? change.before ?? '', 200);
    return `  ${kindName(change.kind)} in ${excerpt(change.path, 200)}: ${text}\n${indent}${leftOutBecause(change)}  ${style('dim', change.id)}`;
  });
  return [[`Left out (${counted(changes.length, 'change')}):`, ...lines].join('\n')];
}

function next({ dream_id: id, digest, ends_at: endsAt, operation_id: operation }: DreamDiff): string[] {
  if (endsAt !== null)
    return [
      [
        `Go through it:  dreams review ${id}`,
        `Approve it:     dreams approve ${id} --digest ${digest.slice(0, 12)} [--exclude CHANGE...]`,
        `Reject it:      dreams reject ${id}`,
      ].join('\n'),
    ];
  return operation === null ? [] : [`Take it back:  dreams undo ${operation}`];
}
