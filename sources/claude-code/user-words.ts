/** What of a user line the person said: Claude Code wraps what it adds itself in tags, and those parts are nobody's words. */

export interface UserWords {
  /** What the person typed, as it came when nothing was cut. */
  text: string;
  /** What the harness reports to the agent in the person's turn: output of `!` commands, finished background tasks. */
  reports: string[];
  /** How many wrapped parts were cut, reports included. */
  cut: number;
}

type Treatment = 'drop' | 'report' | 'unwrap';

/** A closed list: searching for the end of any tag at all would make a message of many different ones slow. */
const treatmentOfTag: ReadonlyMap<string, Treatment> = new Map<string, Treatment>([
  ['system-reminder', 'drop'],
  ['command-name', 'drop'],
  ['command-message', 'drop'],
  ['command-contents', 'drop'],
  ['local-command-caveat', 'drop'],
  ['local-command-stdout', 'drop'],
  ['local-command-stderr', 'drop'],
  ['ide_opened_file', 'drop'],
  ['ide_selection', 'drop'],
  ['ide_diagnostics', 'drop'],
  ['available-deferred-tools', 'drop'],
  ['tick', 'drop'],
  ['user-prompt-submit-hook', 'drop'],
  ['session-start-hook', 'drop'],
  ['pre-tool-use-hook', 'drop'],
  ['post-tool-use-hook', 'drop'],
  ['pre-compact-hook', 'drop'],
  ['notification-hook', 'drop'],
  ['stop-hook', 'drop'],
  ['bash-input', 'report'],
  ['bash-stdout', 'report'],
  ['bash-stderr', 'report'],
  ['task-notification', 'report'],
  ['teammate-message', 'report'],
  ['cross-session-message', 'report'],
  // Typed by the person: behind a slash command, and after a leading "#".
  ['command-args', 'unwrap'],
  ['user-memory-input', 'unwrap'],
]);

const openingTag = /<([a-z][a-z_-]{0,40})(?=[\s>])/g;

export function userWords(text: string): UserWords {
  if (!text.includes('</')) return { text, reports: [], cut: 0 };
  const kept: string[] = [];
  const reports: string[] = [];
  // A tag that is never closed stays as it stands; remembering it keeps a message full of them from being searched over and over.
  const unclosed = new Set<string>();
  let cut = 0;
  let from = 0;
  const opening = new RegExp(openingTag);
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const tag = found[1] ?? '';
    const treatment = treatmentOfTag.get(tag);
    if (treatment === undefined || unclosed.has(tag)) continue;
    const close = text.indexOf(`</${tag}>`, opening.lastIndex);
    if (close < 0) {
      unclosed.add(tag);
      continue;
    }
    const inner = text.slice(text.indexOf('>', opening.lastIndex) + 1, close);
    kept.push(text.slice(from, found.index));
    if (treatment === 'unwrap') kept.push(inner);
    if (treatment === 'report' && inner.trim() !== '') reports.push(inner.trim());
    cut += 1;
    from = close + tag.length + 3;
    opening.lastIndex = from;
  }
  if (cut === 0) return { text, reports, cut };
  kept.push(text.slice(from));
  return { text: kept.join('').trim(), reports, cut };
}

/** Claude Code writes this in the person's turn when the person stopped the agent. */
export function isInterruption(text: string): boolean {
  return /^\s*\[Request interrupted by user(?: for tool use)?\]\s*$/.test(text);
}

const rejection = "The user doesn't want to proceed with this tool use.";
const feedback = 'the user said:';

/** The person's words in the result of a tool use that the person refused; null when the result is anything else. */
export function rejectionFeedback(result: string): string | null {
  if (!result.startsWith(rejection)) return null;
  const at = result.slice(0, 400).indexOf(feedback);
  if (at < 0) return null;
  return result.slice(at + feedback.length).trim() || null;
}
