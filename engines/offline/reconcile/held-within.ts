// A short rule whose every word a fuller line holds: "never lend keys" in "Lending keys to guests is off limits."
import { rememberedOf } from '../remembered.ts';
import { isIdentifier } from '../words.ts';
import type { Statement } from './statement.ts';
import { figuresOf } from './values.ts';

const fewestTerms = 3;
const longestTerms = 14;
/** Words of insistence and of prohibition: they set how a rule is meant, not what it is about. */
const insisting = new Set('never alwai ever must strictli forbidden allow limit off pleas see'.split(' '));
const forbids =
  /\b(?:never|not|cannot|nobody|nothing|none|neither|nor|no|off limits|forbidden|prohibited|(?:is|are) a bug|avoid|stop|without|except|unless)\b|n['’]t\b/i;
/** "per line, not on the total" says the same as "per line". */
const contrast = /,\s*not\b[^.;]*/gi;
/** "(see ABC-12)", "(Lena)": where it comes from. */
const aside = /\s*\((?:see |cf\.? )?[\p{L}\d -]{1,24}\)/giu;

const bare = rememberedOf((statement: Statement): string => statement.text.replace(aside, ''));

export function heldWithin(a: Statement, b: Statement): boolean {
  if (
    a.claim === null ||
    b.claim === null ||
    [a, b].some(({ claim, text }) => claim?.kind === 'code' || claim?.kind === 'row' || text.length > 200)
  )
    return false;
  const [short, long] = core(a).length <= core(b).length ? [a, b] : [b, a];
  const words = core(short);
  const whole = core(long);
  if (words.length < fewestTerms || whole.length > longestTerms || !words.every((term) => whole.includes(term))) return false;
  if (restricts(short) !== restricts(long) || words.some(isIdentifier)) return false;
  const figures = figuresOf(bare(short));
  return figures.length === 0 && figuresOf(bare(long)).length === 0;
}

const core = rememberedOf((statement: Statement): string[] => {
  const left = new Set(
    (
      bare(statement)
        .toLowerCase()
        .match(/[\p{L}\d]+/gu) ?? []
    ).map((word) => word.slice(0, 3)),
  );
  return statement.terms.filter(
    (term) => !insisting.has(term) && (isIdentifier(term) ? bare(statement).toLowerCase().includes(term) : left.has(term.slice(0, 3))),
  );
});

function restricts(statement: Statement): boolean {
  return forbids.test(bare(statement).replace(contrast, ''));
}
