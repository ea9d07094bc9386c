// Whether a sentence stands word for word in what the window's tools put out: then it is a quote, not the speaker's order.
import type { Window } from '../../../domain/window.ts';
import { plainCharacters } from '../plain-characters.ts';

/** What is shorter stands in some output by chance. */
const shortest = 16;
const wordStart = /(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu;

export function quotesOfTools(window: Window): (sentence: string) => boolean {
  const outputs = window.events
    .filter((event) => event.speaker === 'tool')
    .flatMap((event) => event.blocks.map((block) => plainCharacters(block.text)));
  let openings: Set<string> | null = null;
  return (sentence) => {
    const core = plainCharacters(sentence).replace(/^["'“‘\s]+|["'”’.!\s]+$/g, '');
    if (outputs.length === 0 || core.length < shortest) return false;
    // Nearly every sentence fails here, so that few cost a pass over the output.
    openings ??= new Set(outputs.flatMap(openingsOf));
    const words = core.slice(Math.max(0, core.search(wordStart)));
    if (words.length >= shortest && !openings.has(words.slice(0, shortest))) return false;
    return outputs.some((output) => output.includes(core));
  };
}

/** The first characters from each word on. */
function openingsOf(output: string): string[] {
  return [...output.matchAll(wordStart)].map(({ index }) => output.slice(index, index + shortest));
}
