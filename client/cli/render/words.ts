/** Small pieces of what is printed: counts, days, cut texts. */
import { foreign } from '../terminal.ts';

export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}

export function day(at: string | null): string {
  return at === null ? 'undated' : at.slice(0, 10);
}

export function minute(at: string | null): string {
  return at === null ? '-' : at.slice(0, 16).replace('T', ' ');
}

/** Foreign text on one line, cut to `most` characters. */
export function excerpt(text: string, most: number): string {
  const line = foreign(text.slice(0, 8 * most))
    .replaceAll(/\s+/g, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : line;
}
