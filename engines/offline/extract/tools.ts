// Reads tool uses and tool results: commands, failures and what ended them, directly observed values. Never prose.
import type { CandidateFact } from '../../../domain/fact.ts';
import type { TextBlock, TranscriptEvent } from '../../../domain/transcript.ts';
import type { Window } from '../../../domain/window.ts';
import { longDate } from '../dates.ts';
import { makeFact, readableRange } from './facts.ts';
import type { Place } from './facts.ts';
import { failuresIn } from './failures.ts';
import { observationsIn } from './observations.ts';
import { isPrivate } from './private-spans.ts';
import { enginesIn, settingShown, versionShown, versionsByEnvironment } from './settings-shown.ts';

/** A failure that nothing has ended yet. */
export interface Trouble {
  cause: string;
  /** Equal for equal failures. */
  normalised: string;
  /** The command that failed, where the transcript says it. */
  command: string | null;
  place: Place;
  eventNumber: number;
}

/** What a session's tools have shown so far. */
export interface ToolState {
  trouble: Trouble | null;
  command: { text: string; place: Place } | null;
  /** Commands since the failure, oldest first. */
  tried: { text: string; place: Place }[];
  readPath: string | null;
  seenCommands: Set<string>;
  /** Tests that failed, by name. */
  failedTests: Map<string, Place>;
}

export function newToolState(): ToolState {
  return { trouble: null, command: null, tried: [], readPath: null, seenCommands: new Set(), failedTests: new Map() };
}

const commandField = /^(?:command|cmd|script|commands)$/i;
const pathField = /^(?:file_?path|path|filename|file|target_file)$/i;
const idleCommand =
  /^(?:ls|ll|cd|pwd|echo|cat|less|head|tail|grep|rg|find|fd|wc|which|sed|awk|tree|stat|file|du|df|ps|env|printenv|export|source|true|sleep|clear|history|mkdir|touch|chmod|cp|mv|rm|git (?:status|diff|log|show|add|branch|stash|rev-parse|remote|fetch))\b/;

export function readToolUse(window: Window, state: ToolState, event: TranscriptEvent): CandidateFact[] {
  const facts: CandidateFact[] = [];
  state.readPath = null;
  for (const block of event.blocks) {
    if (block.field !== undefined && pathField.test(block.field)) state.readPath = block.text.slice(0, 300);
    if (block.field === undefined || !commandField.test(block.field) || readableRange(window, event, block) === null) continue;
    facts.push(...noteCommand(window, state, event, block, 0, Math.min(block.text.length, 2_000)));
  }
  return facts;
}

function noteCommand(
  window: Window,
  state: ToolState,
  event: TranscriptEvent,
  block: TextBlock,
  from: number,
  to: number,
): CandidateFact[] {
  const line = /\S[^\n]*/.exec(block.text.slice(from, to));
  if (line === null) return [];
  const shown = line[0]
    .replace(/^(?:cd\s+\S+\s*(?:&&|;)\s*)+/, '')
    .replace(/^(?:[A-Z_]+=\S+\s+)+/, '')
    .trim();
  const text = shown
    .replace(/\s*\|\s*(?:head|tail|grep|tee|less|cat)\b.*$/, '')
    .replace(/\s*(?:2>&1|[12]?>\s*\/dev\/null)/g, '')
    .trim();
  const path = /^(?:cat|less|head|tail|bat)\s+(?:-\S+\s+)*(\S+)/.exec(text)?.[1];
  if (path !== undefined) state.readPath = path;
  const start = from + line.index + line[0].lastIndexOf(shown);
  const place: Place = { event, block, start, end: start + shown.length };
  state.command = { text, place };
  if (text === '' || text.length > 160 || idleCommand.test(text)) return [];
  if (state.trouble !== null) state.tried.push({ text, place });
  if (state.seenCommands.has(text) || isPrivate(shown)) return [];
  state.seenCommands.add(text);
  return [
    makeFact(
      window,
      {
        statement: `Command run: \`${text}\`.`,
        durability: 'episode',
        signal: 'command',
        slot: { subject: text.split(/\s+/)[0] ?? '', attribute: 'command', value: text },
      },
      [place],
    ),
  ];
}

const testName = /\b([A-Za-z_][\w./-]*(?:Tests?|Spec|_test|test_\w+|\.test\.\w+|\.spec\.\w+))\b/;
const passing = /\b(?:ok|pass(?:ed|es)?|success(?:ful)?|green)\b|✓|✔/i;

export function readToolResult(window: Window, state: ToolState, event: TranscriptEvent): CandidateFact[] {
  const facts: CandidateFact[] = [];
  for (const block of event.blocks) {
    const range = readableRange(window, event, block);
    if (range === null) continue;
    const text = range.start === 0 && range.end === block.text.length ? block.text : block.text.slice(range.start, range.end);
    const within = (start: number, end: number): Place => ({ event, block, start: start + range.start, end: end + range.start });
    if (text.startsWith('$ '))
      facts.push(...noteCommand(window, state, event, block, range.start + 2, range.start + Math.min(text.length, 400)));
    const failed =
      event.isError === true ||
      /\bexit(?:ed with)? (?:code|status):? [1-9]/i.test(text.slice(0, 300)) ||
      /\bexit(?:ed with)? (?:code|status):? [1-9]/i.test(text.slice(-300));
    const failures = failuresIn(text, failed).filter((failure) => !isPrivate(text.slice(failure.start, failure.end)));
    for (const failure of failures) {
      const place = within(failure.start, failure.end);
      const said = text.slice(failure.start, failure.end);
      state.trouble = {
        cause: failure.cause,
        normalised: failure.normalised,
        command: state.command?.text ?? null,
        place,
        eventNumber: event.number,
      };
      state.tried = [];
      const test = testName.exec(said)?.[1];
      if (test !== undefined) state.failedTests.set(test, place);
      const when = event.at === null ? '' : ` on ${longDate(new Date(event.at))}`;
      facts.push(
        makeFact(
          window,
          {
            statement: `Failure${when} (${failure.cause}): ${said.slice(0, 200)}`,
            durability: 'episode',
            signal: 'failure',
            slot: { subject: test?.toLowerCase() ?? failure.cause, attribute: 'failure', value: failure.normalised },
          },
          [place],
        ),
      );
    }
    if (failures.length === 0) facts.push(...endOfTrouble(window, state, text, within));
    for (const seen of observationsIn(text, state.readPath)) {
      if (isPrivate(text.slice(seen.start, seen.end))) continue;
      const statement = settingShown(seen);
      if (statement !== null && !facts.some((fact) => fact.statement === statement))
        facts.push(makeFact(window, { statement, durability: 'current' }, [within(seen.start, seen.end)]));
    }
    const asked = state.readPath !== null && /package\.json$/.test(state.readPath) ? enginesIn(text) : null;
    const command = state.command?.text ?? null;
    for (const shown of [asked, versionShown(command, text), ...versionsByEnvironment(command, text)]) {
      if (shown !== null)
        facts.push(makeFact(window, { statement: shown.statement, durability: 'current' }, [within(shown.start, shown.end)]));
    }
  }
  return facts;
}

/** The same command or test succeeds now: what was done in between made the failure go away. */
function endOfTrouble(window: Window, state: ToolState, text: string, within: (start: number, end: number) => Place): CandidateFact[] {
  const facts: CandidateFact[] = [];
  const head = text.slice(0, 4_000);
  for (const [test, failedAt] of state.failedTests) {
    const at = head.indexOf(test);
    if (at < 0 || !passing.test(head.slice(Math.max(0, at - 20), at + test.length + 40))) continue;
    state.failedTests.delete(test);
    const lineEnd = head.indexOf('\n', at) < 0 ? head.length : head.indexOf('\n', at);
    const lineStart = head.lastIndexOf('\n', at) + 1;
    facts.push(
      makeFact(
        window,
        {
          statement: `${test} failed, then passed when run again.`,
          durability: 'episode',
          signal: 'remedy',
          slot: { subject: test.toLowerCase(), attribute: 'remedy', value: 'rerun' },
        },
        [within(lineStart, lineEnd), failedAt],
      ),
    );
  }
  const { trouble, command } = state;
  if (trouble === null || trouble.command === null || command === null || command.text !== trouble.command) return facts;
  const remedy = state.tried.filter((tried) => tried.text !== trouble.command).at(-1);
  state.trouble = null;
  state.tried = [];
  if (remedy !== undefined) {
    facts.push(
      makeFact(
        window,
        {
          statement: `\`${remedy.text}\` ended the failure of \`${trouble.command}\` (${trouble.cause}).`,
          durability: 'episode',
          signal: 'remedy',
          slot: { subject: trouble.cause, attribute: 'remedy', value: remedy.text },
        },
        [remedy.place, trouble.place],
      ),
    );
  }
  return facts;
}
