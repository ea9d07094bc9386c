// What every form of a slot is cut with: names into subject and property, values from what follows them.

export interface Slot {
  subject: string;
  attribute: string;
  value: string;
  oldValue: string | null;
  /** The sentence without its values. */
  rest: string;
  /** The sentence's form says that there is one value: "is employed by X", "plays the position of X". */
  single?: boolean;
}

/** "the rate limit of Mailfox", "Mailfox's rate limit", "Test command", "my favourite colour" as (whom, what). */
export function nominal(phrase: string): { subject: string; attribute: string } {
  const text = phrase
    .replace(/^(?:the|a|an|this|that)\s+/i, '')
    .replace(/[`*"]/g, '')
    .trim();
  const of = /^(.{2,50}?)\s+(?:of|for|in|on|at|to)\s+(.{1,60})$/i.exec(text);
  if (of !== null) return { attribute: of[1] ?? '', subject: of[2] ?? '' };
  const own = /^(.{1,50}?)['’]s?\s+(.{2,60})$/i.exec(text);
  if (own !== null) return { subject: own[1] ?? '', attribute: own[2] ?? '' };
  const mine = /^(my|our|your|his|her|their)\s+(.+)$/i.exec(text);
  if (mine !== null) return { subject: mine[1]?.toLowerCase() === 'my' ? 'user' : '', attribute: mine[2] ?? '' };
  const words = text.split(/\s+/);
  if (words.length === 1) return { subject: text, attribute: '' };
  const cut = words.length > 2 ? words.length - 2 : 1;
  return { subject: words.slice(0, cut).join(' '), attribute: words.slice(cut).join(' ') };
}

export function about(before: string, after: string): { subject: string; attribute: string } {
  const left = before
    .replace(/\b(?:has|have|had|is|are|was|were|been|be|will|we|i|they|you|to|it|just|now|recently|also)\b/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const right = /^\s*(?:for|of|in|on)\s+(.+)$/i.exec(after)?.[1] ?? '';
  if (left === '') return { subject: right, attribute: right === '' ? '' : 'use' };
  const parts = nominal(left);
  return right === '' || parts.attribute !== '' ? parts : { subject: right, attribute: left };
}

/** The value proper, without reasons, times and asides that follow it. */
export function cutValue(text: string): { core: string; tail: string } {
  const cut =
    /\s*(?:[,;(]| [–—-] | (?:because|since|so that|so|but|and not|instead of|rather than|when|while|if|unless|as of|from now on|these days|now|anyway|though|which|who|where)\b)/i.exec(
      text,
    );
  const core = (cut === null ? text : text.slice(0, cut.index)).trim();
  return { core: core.replace(/[.!?]+$/, ''), tail: cut === null ? '' : text.slice(cut.index) };
}
