/** A store and sessions of invented lines, as one case: all lines have the same form, so that an engine without judgement finds its facts. */
import { Random } from '../random.ts';
import { word } from '../speed/vocabulary.ts';

export interface MaterialSize {
  sessions: number;
  windows: number;
  lines: number;
}

/** Facts that a window brings. */
export const factsInWindow = 8;
/** Two events of this length do not fit one window (175,000 characters), so that each gets its own. */
const longEvent = 90_000;
const linesInFile = 100;
const firstDay = Date.UTC(2026, 0, 5, 9);
const dayMs = 86_400_000;

/** The neutral form of a case. */
export function makeMaterial(seed: number, { sessions, windows, lines }: MaterialSize): { name: string; bytes: Uint8Array } {
  const random = new Random(seed, 11);
  const files = Math.ceil(lines / linesInFile);
  const content = {
    name: `orchestration-${String(seed)}`,
    memory_store: Array.from({ length: files }, (_, file) => ({
      path: `notes/${word(random)}-${String(file)}.md`,
      content: `# Settings ${String(file)}\n\n${many(Math.min(linesInFile, lines - file * linesInFile), () => `- ${line(random)}`)}\n`,
    })),
    sessions: Array.from({ length: sessions }, (_, number) => ({
      id: `orchestration-${String(seed)}-${String(number)}`,
      title: `Session ${String(number)}`,
      created_at: new Date(firstDay + number * dayMs).toISOString(),
      events: Array.from({ length: windows }, (_unused, event) => ({
        id: `e${String(event)}`,
        role: 'user',
        time: new Date(firstDay + number * dayMs + event * 60_000).toISOString(),
        text: eventText(random, windows === 1 ? 0 : longEvent),
      })),
    })),
  };
  return { name: content.name, bytes: new TextEncoder().encode(JSON.stringify(content)) };
}

function eventText(random: Random, length: number): string {
  const facts = many(factsInWindow, () => line(random));
  return facts.length >= length ? facts : `${facts}\n${'And nothing besides. '.repeat(length).slice(0, length - facts.length - 1)}`;
}

function line(random: Random): string {
  return `The ${word(random)}_${word(random)} of the ${word(random)}-${word(random)} is ${String(random.whole(1, 900))}.`;
}

function many(count: number, make: () => string): string {
  return Array.from({ length: count }, make).join('\n');
}
