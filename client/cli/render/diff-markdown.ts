/** A draft as a document for a pull request. Foreign text stands in fences or is escaped: it can neither format nor call anybody. */
import type { DiffChange, DiffConflict, DiffEvidence, DreamDiff } from '../../wire/diff.ts';
import { byFile } from '../../wire/change.ts';
import { changedLines, diffLines } from './diff-lines.ts';
import { changeTexts, exclusionWarning, filesLine, kindName, kindWords, leftOutBecause, sourceOf, statusLines } from './diff-change.ts';
import type { Piece } from './diff-words.ts';
import { counted, excerpt } from './words.ts';

const quoteLength = 300;
const evidenceAtMost = 5;

export function renderDiffMarkdown(diff: DreamDiff): string {
  return [
    `# Draft ${String(diff.round)} of the dream ${code(diff.dream_id)}`,
    summary(diff),
    ...guards(diff),
    ...files(diff),
    ...conflicts(diff.conflicts),
    ...leftOut(diff.left_out),
  ].join('\n\n');
}

function summary(diff: DreamDiff): string {
  const rows: [string, string][] = [
    ...statusLines(diff).map((line): [string, string] => ['Status', escaped(line)]),
    ['Digest', code(diff.digest)],
    ['Files', filesLine(diff.files)],
    ['Statements', `${String(diff.claims.before)} before, ${String(diff.claims.after)} after`],
    ...Object.entries(diff.totals).map(([kind, count]): [string, string] => {
      const known = kind as keyof typeof kindWords;
      return [`${kindName(known)}`, `${String(count)} (${kindWords[known]})`];
    }),
  ];
  return ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}

function guards({ guards: lines }: DreamDiff): string[] {
  if (lines.length === 0) return [];
  const passed = lines.filter((guard) => guard.ok).length;
  const said = lines.filter((guard) => !guard.ok || guard.message !== '');
  return [
    '## Guards',
    [
      `${String(passed)} of ${String(lines.length)} passed.`,
      ...said.map((guard) => `- ${guard.ok ? 'Note' : '**Refused**'}: ${escaped(guard.title)}: ${escaped(guard.message)}`),
    ].join('\n'),
  ];
}

function files({ changes, outcome }: DreamDiff): string[] {
  if (changes.length === 0) return ['Nothing to change.'];
  return byFile(changes).flatMap(([path, own]) => [`## ${code(path)}`, ...own.flatMap((change) => renderChange(change, outcome === null))]);
}

function renderChange(change: DiffChange, isOpen: boolean): string[] {
  const { before, after, remark } = changeTexts(change);
  const warning = isOpen ? exclusionWarning(change) : null;
  const diff = [
    ...before.flatMap(({ path, pieces }) => [...(path === null ? [] : [`# in ${excerpt(path, 1_000)}`]), ...marked('-', pieces)]),
    ...(after === null ? [] : marked('+', after)),
  ];
  const more = change.evidence.length - evidenceAtMost;
  return [
    `### ${kindName(change.kind)}: ${kindWords[change.kind]}`,
    fenced(diff.join('\n'), 'diff'),
    `**Why:** ${escaped(change.reason)}${remark === null ? '' : ` ${remark}`}`,
    ...change.evidence.slice(0, evidenceAtMost).map(renderQuote),
    ...(more > 0 ? [`And ${String(more)} more.`] : []),
    ...(warning === null ? [] : [`**${warning}**`]),
    code(change.id),
  ];
}

function marked(mark: '-' | '+', pieces: readonly Piece[]): string[] {
  return pieces
    .map((piece) => piece.text)
    .join('')
    .split('\n')
    .map((line) => `${mark} ${line}`);
}

function renderQuote(item: DiffEvidence): string {
  const { context } = item;
  const words = [context?.before ?? '', `**“${escaped(excerpt(item.quote, quoteLength))}”**`, context?.after ?? ''];
  const [before = '', quote = '', after = ''] = words;
  return `> ${[escaped(before), quote, escaped(after)].filter((part) => part !== '').join(' ')}\n>\n> — ${escaped(sourceOf(item))}`;
}

function conflicts(all: readonly DiffConflict[]): string[] {
  if (all.length === 0) return [];
  return [
    '## Changed both by the dream and by others',
    ...all.flatMap(({ path, base, ours, theirs }) => [
      `### ${code(path)}`,
      'By others:',
      side(base, theirs),
      'By the dream:',
      side(base, ours),
    ]),
  ];
}

function side(base: string | null, text: string | null): string {
  if (text === null) return 'The file is gone.';
  const lines = changedLines(diffLines(base, text)).map((line) =>
    'skipped' in line ? `  … ${counted(line.skipped, 'line')} the same` : `${line.mark} ${line.text}`,
  );
  return fenced(lines.join('\n'), 'diff');
}

function leftOut(changes: DreamDiff['left_out']): string[] {
  if (changes.length === 0) return [];
  const lines = changes.map(
    (change) =>
      `- ${kindName(change.kind)} in ${code(change.path)}: “${escaped(excerpt(change.after ?? change.before ?? '', 200))}” (${leftOutBecause(change)}; ${code(change.id)})`,
  );
  return ['## Left out', lines.join('\n')];
}

/** On one line; every sign that Markdown or a forge gives a meaning is taken at its face: no format, no list, nobody called. */
function escaped(text: string): string {
  return excerpt(text, 2_000)
    .replaceAll(/[\\`*_[\]<>|~&$]/g, '\\$&')
    .replace(/^[-+=#]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replaceAll(/@|#(?=\d)|:(?=\/\/)/g, '$&<!-- -->');
}

/** Fences are longer than any inside. */
function fenced(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

function code(text: string): string {
  const line = excerpt(text, 1_000);
  const fence = '`'.repeat(longestRun(line) + 1);
  return line.startsWith('`') || line.endsWith('`') ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
