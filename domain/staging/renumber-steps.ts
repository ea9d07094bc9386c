// Closes the gap in a numbered list from which a step was taken: "1. 3. 4." would read as if one were missing.
import type { Piece } from './note-file.ts';

interface Run {
  indent: string;
  steps: { piece: Piece; number: number }[];
}

const stepForm = /^([ \t]*)(\d{1,4})(?=[.)][ \t])/;

/** Lists that did not count one by one keep their numbers. */
export function renumberSteps(pieces: readonly Piece[]): void {
  for (const { steps } of runsOf(pieces)) {
    const first = steps[0]?.number ?? 0;
    if (!steps.some(({ piece }) => piece.isRemoved) || !steps.every(({ number }, at) => number === first + at)) continue;
    let next = first;
    for (const { piece } of steps) if (!piece.isRemoved) piece.source = piece.source.replace(stepForm, `$1${next++}`);
  }
}

function runsOf(pieces: readonly Piece[]): Run[] {
  const runs: Run[] = [];
  let open: Run[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'blank') continue;
    const form = piece.kind === 'claim' ? stepForm.exec(piece.source) : null;
    const indent = /^[ \t]*/.exec(piece.source)?.[0].length ?? 0;
    const isHeading = piece.kind === 'heading' && piece.level < 7;
    // Whatever stands as far left as a list, and is none of its steps, ends it.
    open = isHeading ? [] : open.filter((run) => run.indent.length < indent || (run.indent.length === indent && form !== null));
    if (form === null) continue;
    const own = open.find((run) => run.indent === form[1]) ?? { indent: form[1] ?? '', steps: [] };
    if (own.steps.length === 0) {
      runs.push(own);
      open.push(own);
    }
    own.steps.push({ piece, number: Number(form[2]) });
  }
  return runs;
}
