// Whether a sentence stands word for word in what the window's tools put out: then it is a quote, not the speaker's order.
import type { Window } from '../../../domain/window.ts';
import { plainCharacters } from '../plain-characters.ts';

/** What is shorter stands in some output by chance. */
const shortest = 16;
const wordStart = /(?<![\p{L}\p{N}])[\p{L}\p{N}]/u;

export function quotesOfTools(window: Window): (sentence: string) => boolean {
  let outputs: string[] | null = null;
  return (sentence) => {
    const core = withoutMarks(plainCharacters(sentence));
    if (core.length < shortest) return false;
    // Only a window in which somebody gives orders is prepared; looking for a string is the fastest pass there is.
    outputs ??= window.events
      .filter((event) => event.speaker === 'tool')
      .flatMap((event) => event.blocks.map((block) => plainCharacters(block.text)));
    if (!outputs.some((output) => output.includes(core))) return false;
    const words = core.slice(Math.max(0, core.search(wordStart)));
    return words.length < shortest || outputs.some((output) => holdsFromWordStart(output, words.slice(0, shortest)));
  };
}

/** Character by character from both ends: a pattern that ends in `$` tries every run of blanks in between. */
function withoutMarks(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && /["'“‘\s]/.test(text.charAt(start))) start++;
  while (end > start && /["'”’.!\s]/.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** What merely ends like another word ("reuse ..." for "use ...") does not count. */
function holdsFromWordStart(output: string, opening: string): boolean {
  for (let at = output.indexOf(opening); at >= 0; at = output.indexOf(opening, at + 1))
    if (at === 0 || !/[\p{L}\p{N}]/u.test(output.charAt(at - 1))) return true;
  return false;
}
