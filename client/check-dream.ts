/** What a dream may be asked for: shape and limits first, before any id is looked up (wire.md §2.1). */
import { aliasForm } from '../domain/alias.ts';
import type { DreamOptions, OutputBehavior } from '../domain/dream.ts';
import { defaultDreamOptions } from '../domain/dream.ts';
import { DreamsError } from '../domain/errors.ts';
import { maxInstructionsCharacters, maxModelIdCharacters, maxSessionsPerDream } from '../domain/limits.ts';

export interface CreateDreamInput {
  /** Absent: the store that the alias names; without one too, an empty store is made. */
  storeId?: string;
  /** Where the result goes; `create_new` when absent. */
  outputBehavior?: OutputBehavior;
  sessionIds: readonly string[];
  instructions?: string | null;
  model: string;
  options?: Partial<DreamOptions>;
}

export function checkDream(input: CreateDreamInput): DreamOptions {
  checkIds(input);
  checkInstructions(input.instructions ?? null);
  checkModel(input.model);
  const options = checkOptions({ ...defaultDreamOptions, ...input.options });
  checkReview(options);
  checkReviewIsMeant(input.options ?? {}, options.review);
  checkOutput(input, options.alias);
  return options;
}

function invalid(message: string, hint?: string): DreamsError {
  return new DreamsError('invalid_input', message, hint === undefined ? {} : { hint });
}

function checkIds({ storeId, sessionIds }: CreateDreamInput): void {
  if (storeId !== undefined && !storeId.startsWith('memstore_'))
    throw invalid(
      `${JSON.stringify(storeId)} is no id of a memory store; those begin with memstore_.`,
      'See "dreams list" for the stores there are.',
    );
  if (sessionIds.length === 0)
    throw invalid(
      `A dream needs 1 to ${String(maxSessionsPerDream)} sessions; none was given.`,
      'Name them with --session ID, or take --last N or --all.',
    );
  if (sessionIds.length > maxSessionsPerDream) {
    throw new DreamsError(
      'too_many_sessions',
      `A dream reads at most ${String(maxSessionsPerDream)} sessions; ${String(sessionIds.length)} were given.`,
      { hint: 'Dream over the first 100, then over the rest with the store that came out.' },
    );
  }
  const malformed = sessionIds.find((id) => !id.startsWith('sesn_'));
  if (malformed !== undefined)
    throw invalid(
      `${JSON.stringify(malformed)} is no id of a session; those begin with sesn_.`,
      'See "dreams list" for the sessions there are.',
    );
  const twice = sessionIds.find((id, index) => sessionIds.indexOf(id) !== index);
  if (twice !== undefined) throw invalid(`The session ${twice} is given more than once.`, 'Name each session once.');
}

function checkInstructions(instructions: string | null): void {
  if (instructions === null) return;
  const characters = Array.from(instructions).length;
  if (characters < 1 || characters > maxInstructionsCharacters) {
    throw invalid(
      `Instructions have 1 to ${maxInstructionsCharacters.toLocaleString('en-US')} characters; these have ${characters.toLocaleString('en-US')}.`,
      'Shorten them, or leave them out.',
    );
  }
  if (instructions.includes('\u0000'))
    throw invalid(`The instructions hold a NUL character at position ${String(instructions.indexOf('\u0000') + 1)}.`, 'Take it out.');
  if (/\p{Surrogate}/u.test(instructions))
    throw invalid('The instructions hold half of a surrogate pair, which has no UTF-8 form.', 'Correct the text.');
}

function checkModel(model: string): void {
  const characters = Array.from(model).length;
  if (characters < 1 || characters > maxModelIdCharacters)
    throw invalid(`A model id has 1 to ${String(maxModelIdCharacters)} characters; this one has ${String(characters)}.`);
  if (model === 'offline') return;
  throw new DreamsError('engine_unknown', `There is no engine for the model ${JSON.stringify(model)}.`, {
    hint: 'Use the model "offline", which judges without a model.',
  });
}

function checkOptions(options: DreamOptions): DreamOptions {
  const { protect, retireCap, tolerance, minPatternSessions } = options;
  const relative = protect.find((path) => !path.startsWith('/'));
  if (relative !== undefined)
    throw invalid(
      `The protected path ${JSON.stringify(relative)} does not begin with "/".`,
      'Write it as in the store, for example /policies/.',
    );
  for (const [name, share] of [
    ['retireCap', retireCap],
    ['tolerance', tolerance],
  ] as const) {
    if (!(share >= 0 && share <= 1)) throw invalid(`${name} is a share from 0 to 1, not ${String(share)}.`);
  }
  if (!Number.isInteger(minPatternSessions) || minPatternSessions < 2)
    throw invalid(`A pattern needs at least 2 independent sessions, not ${String(minPatternSessions)}.`);
  return options;
}

const maxReviewSeconds = 365 * 24 * 3600;

function checkReview({ review, reviewTimeout, onTimeout }: DreamOptions): void {
  if (!['none', 'required'].includes(review)) throw invalid(`Review is "none" or "required", not ${JSON.stringify(review)}.`);
  if (!Number.isInteger(reviewTimeout) || reviewTimeout < 1 || reviewTimeout > maxReviewSeconds)
    throw invalid(
      `A draft waits for its decision a whole number of seconds from 1 to ${maxReviewSeconds.toLocaleString('en-US')} (365 days), not ${String(reviewTimeout)}.`,
    );
  if (!['reject', 'commit'].includes(onTimeout))
    throw invalid(`A draft that nobody decides in time meets "reject" or "commit", not ${JSON.stringify(onTimeout)}.`);
}

/** Whoever says how long to wait for a decision means to be asked. */
function checkReviewIsMeant(said: Partial<DreamOptions>, review: DreamOptions['review']): void {
  if (review === 'required') return;
  const named = (['reviewTimeout', 'onTimeout'] as const).filter((name) => said[name] !== undefined);
  if (named.length > 0)
    throw invalid(
      `${named.join(' and ')} ${named.length === 1 ? 'was' : 'were'} given, but no review: the dream would be committed without one.`,
      'Ask for the review too (--review required), or leave that out.',
    );
}

function checkOutput({ storeId, outputBehavior = 'create_new' }: CreateDreamInput, alias: string | null): void {
  if (!['create_new', 'update_existing'].includes(outputBehavior))
    throw invalid(`The output goes to "create_new" or "update_existing", not ${JSON.stringify(outputBehavior)}.`);
  if (alias !== null && !aliasForm.test(alias))
    throw invalid(
      `${JSON.stringify(alias)} is no name of an alias: it has 1 to 63 lower-case letters, digits, dots, dashes and underscores and begins with a letter or a digit.`,
      'See "dreams alias list" for the aliases there are.',
    );
  if (outputBehavior === 'create_new') return;
  if (alias !== null)
    throw invalid(
      `A dream that updates its input store cannot name an alias (${alias}): an alias moves to the new store, and update_existing writes none.`,
      'Leave out one of the two.',
    );
  if (storeId === undefined)
    throw invalid('A dream that updates its input store needs to be told which one; none was given.', 'Name it with its id, memstore_....');
}
