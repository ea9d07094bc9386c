// What a message says by answering the one before it: answers, confirmations, corrections, choices, remedies.
import type { CandidateFact } from '../../../domain/fact.ts';
import type { TextBlock, TranscriptEvent } from '../../../domain/transcript.ts';
import type { Window } from '../../../domain/window.ts';
import { longDate, resolveDates } from '../dates.ts';
import { frameOf } from '../frame.ts';
import { joinAnswer, questionIn, shortAnswer } from './answers.ts';
import { approves, proposedPoints } from './confirmations.ts';
import { confirmedValue } from './completions.ts';
import { correctionIn } from './corrections.ts';
import { makeFact } from './facts.ts';
import type { Place, Saying } from './facts.ts';
import { normalise } from './failures.ts';
import { optionsIn, pickIn } from './options.ts';
import { isPrivate } from './private-spans.ts';
import type { Trouble } from './tools.ts';
import { narratorOf, toStatement, withoutFiller } from './wording.ts';
import type { Sentence, MessageContext } from './sentence.ts';

/** The points of the agent's proposal that the user agrees to. */
export function confirmed({ window, cast, before, atWork }: MessageContext, { text, place, at }: Sentence): CandidateFact[] {
  const block = before?.speaker === 'agent' ? lastText(before) : undefined;
  if (cast.betweenPeople || atWork || before === null || block === undefined || !approves(text)) return [];
  return proposedPoints(block).flatMap(({ text: point, start, end }) => {
    const dated = resolveDates(point, at);
    const frame = frameOf(point);
    if (dated.unresolved || frame.hypothetical || frame.tentative || isPrivate(point)) return [];
    return [
      makeFact(window, { statement: toStatement(dated.text, narratorOf(null)), durability: 'current' }, [
        { event: before, block, start, end },
        place,
      ]),
    ];
  });
}

/** Which of the agent's options the user takes: the reply, the option taken, the ones passed over. */
export function choice({ window, cast, before }: MessageContext, { text, place }: Sentence): CandidateFact[] {
  const block = before?.speaker === 'agent' ? lastText(before) : undefined;
  if (cast.betweenPeople || before === null || block === undefined || isPrivate(text)) return [];
  const pick = pickIn(text, block.text, optionsIn(block.text));
  if (pick === null) return [];
  const said = [pick.taken, ...pick.passed].map(({ start, end }) => block.text.slice(start, end));
  if (said.some(isPrivate)) return [];
  return [
    makeFact(
      window,
      {
        statement: `Offered ${said.length} ways, the user took "${said[0]}".`,
        durability: 'momentary',
        signal: 'choice',
        slot: { subject: 'choice', attribute: 'taken', value: said[0] ?? null },
      },
      [place, ...[pick.taken, ...pick.passed].map((span): Place => ({ event: before, block, ...span }))],
    ),
  ];
}

export function lastText(event: TranscriptEvent): TextBlock | undefined {
  return event.blocks.at(-1);
}

export function answerTo(window: Window, { text, place, narrator, at }: Sentence, asking: TranscriptEvent): CandidateFact | null {
  const block = lastText(asking);
  const question = block === undefined ? null : questionIn(block.text);
  const answer = shortAnswer(text.replace(promised, ''));
  if (block === undefined || question === null || answer === null || isPrivate(question)) return null;
  const joined = joinAnswer(question, answer);
  if (joined === null) return null;
  const dated = resolveDates(joined, at);
  const frame = frameOf(joined);
  if (dated.unresolved || frame.hypothetical) return null;
  const statement = toStatement(dated.text, narrator);
  const asked = block.text.lastIndexOf(question);
  const places =
    asked < 0 ? [place] : [place, { event: asking, block, start: asked, end: Math.min(asked + question.length + 1, block.text.length) }];
  return makeFact(window, { statement, durability: frame.temporary ? 'momentary' : frame.rule ? 'standing' : 'current' }, places);
}

/** "..., we promised that to X": beside the answer. */
const promised = /,\s*(?:we|i) \p{L}+ (?:that|it|this)\b[^.]*/iu;

/** "72." after the agent named two values: the user settles which. */
export function confirmedBy(window: Window, { text, place, narrator, at }: Sentence, asking: TranscriptEvent): CandidateFact | null {
  const block = lastText(asking);
  const settles = block === undefined ? null : confirmedValue(text, block.text);
  if (block === undefined || settles === null || isPrivate(settles)) return null;
  const dated = resolveDates(settles, at);
  const statement = toStatement(dated.text, narrator);
  if (dated.unresolved || statement === '') return null;
  return makeFact(window, { statement, durability: 'current', signal: 'correction' }, [
    place,
    { event: asking, block, start: 0, end: Math.min(block.text.length, 400) },
  ]);
}

export function correctionOf(window: Window, { text, place }: Sentence, corrected: TranscriptEvent): CandidateFact | null {
  const block = lastText(corrected);
  if (block === undefined) return null;
  const whole = place.block.text.trim();
  const correction = correctionIn(whole.length <= 120 ? whole : text, block.text);
  if (correction === null) return null;
  const { statement, subject, attribute, value } = correction;
  const saying: Saying = { statement, durability: subject === 'spell' ? 'standing' : 'current', signal: 'correction' };
  return makeFact(window, subject === '' ? saying : { ...saying, slot: { subject, attribute, value } }, [place]);
}

export function remedyOf(
  window: Window,
  { text, place, narrator, at }: Sentence,
  reply: TranscriptEvent | null,
  trouble: Trouble,
): CandidateFact | null {
  const plain = withoutFiller(text);
  const proposal = reply === null ? undefined : lastText(reply);
  const proposed = proposal?.text.split(/(?<=[.!?])\s|\n/)[0] ?? '';
  const bare = plain.split(/\s+/).length <= 3 && proposal !== undefined && proposed.length <= 160;
  const dated = resolveDates(bare ? `${proposed.replace(/[.?!]+$/, '')} – ${plain}` : plain, at);
  if (dated.unresolved) return null;
  const statement = toStatement(
    `After a failure (${trouble.cause})${at === null ? '' : ` on ${longDate(new Date(at))}`}: ${dated.text}`,
    narrator,
  );
  const places: Place[] =
    bare && proposal !== undefined && reply !== null ? [place, { event: reply, block: proposal, start: 0, end: proposed.length }] : [place];
  return makeFact(
    window,
    {
      statement,
      durability: 'episode',
      signal: 'remedy',
      slot: { subject: trouble.cause, attribute: 'remedy', value: normalise(bare ? proposed : plain) },
    },
    [...places, trouble.place],
  );
}
