/** What a dream's operation says of itself: reasons, files, what was left out and why, open questions. */
import type { LeftOutWhy } from '../../../domain/operation.ts';
import type { LeftOutChange, LogReport, OpenQuestion } from '../../log-report.ts';
import { reasonsInWords } from './counts.ts';
import { counted, day, excerpt } from './words.ts';

const shownAtMost = 10;
const textLength = 160;

export function renderLogReport(report: LogReport, dreamId: string): string[] {
  const { reasons, files, claims, dropped, left_out, kept_by_cap, open, theirs } = report;
  const more = `see "dreams show ${dreamId}"`;
  const lines: string[] = [];
  if (reasons !== undefined && Object.keys(reasons).length > 0) lines.push(`why: ${reasonsInWords(reasons)}`);
  if (files !== undefined)
    lines.push(
      `files: ${String(files.created)} created, ${String(files.changed)} changed, ${String(files.unchanged)} unchanged, ${String(files.deleted)} deleted`,
    );
  if (claims !== undefined) lines.push(`statements: ${String(claims.before)} before, ${String(claims.after)} after`);
  if (dropped !== undefined && Object.keys(dropped).length > 0) lines.push(`heard and not written down: ${reasonsInWords(dropped)}`);
  for (const why of Object.keys(whyWords) as LeftOutWhy[]) {
    const changes = left_out.filter((change) => change.why === why);
    lines.push(...section(whyWords[why], changes.map(renderLeftOut), more));
  }
  lines.push(
    ...section(
      'kept although doubtful, because the cap on removals was reached',
      kept_by_cap.map(({ path, text }) => placed(path, text)),
      more,
    ),
    ...section('left open', open.flatMap(renderQuestion), more, open.length),
    ...section(
      'changed by others meanwhile, and left as they wrote them',
      theirs.map((path) => excerpt(path, textLength)),
      more,
    ),
  );
  return lines;
}

const whyWords: Record<LeftOutWhy, string> = {
  along: 'with another one that was left out',
  guard: 'left out, refused by a guard',
  reviewer: 'left out by the reviewer',
  conflict: 'left out, because others had changed the path',
  unapproved: 'left out, because it came up only without the others and nobody had seen it',
};

function section(title: string, items: readonly string[], more: string, count = items.length): string[] {
  if (items.length === 0) return [];
  const hidden = items.length - shownAtMost;
  return [
    `${title} (${counted(count, 'entry', 'entries')}):`,
    ...items.slice(0, shownAtMost).map((item) => `  ${item}`),
    ...(hidden > 0 ? [`  and ${String(hidden)} more, ${more}`] : []),
  ];
}

function renderLeftOut({ change, kind, path, text, guards }: LeftOutChange): string {
  const what = kind === null ? change : `${kind.replace('_', ' ')} ${placed(path, text)}`;
  return guards.length === 0 ? what : `${what} [${guards.map((guard) => excerpt(guard, 80)).join('; ')}]`;
}

function renderQuestion({ path, text, sides }: OpenQuestion): string[] {
  return [
    placed(path, text),
    ...sides.slice(0, 4).map((side) => `  ${day(side.at)}, ${side.origin}: “${excerpt(side.quote, textLength)}”`),
  ];
}

function placed(path: string | null, text: string | null): string {
  return `${excerpt(path ?? 'somewhere', 80)}: ${text === null ? '(its words are gone)' : excerpt(text, textLength)}`;
}
