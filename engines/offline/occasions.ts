// Words for things that happen once and are over: what is said "just for the audit" ends with it.

const event =
  '(?:outages?|incidents?|demos?|freeze|launch|audit|visit|inspection|migration|cut-?over|roll-?out|workshop|conference|meeting|handover|holidays?|vacation|trip|off-?site|weekend|week|day|night|morning|afternoon|evening|month|quarter|hackathon|sale|campaign|trial|pilot|exam|event|fair|show|exhibition|shoot|interview|tour|party|call|presentation|deadline|sprint|crunch|maintenance(?: window)?|backfill|import|re-?index|investigation|experiment|load test|pen-?test|stock-?take|inventory|strike|storm|move)';
const weekday = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const month = '(?:january|february|march|april|may|june|july|august|september|october|november|december)';

/** "just for the July outage", "only during that audit": one definite event; "only for demos" speaks of every one. */
const limitedToOne = new RegExp(
  `\\b(?:just|only) (?:for|during|until|over|because of|while) (?:the|that|this|our|his|her|their) (?:[\\p{L}\\d'’-]+ ){0,3}?${event}\\b|\\b(?:just|only) (?:for|during|until|in|on) (?:that |this |the )?(?:${weekday}|${month})(?!s)\\b`,
  'iu',
);
/** "said so on the Monday they came": the day it was said, in an aside. */
const saidThen = new RegExp(
  `\\b(?:said|asked|told|wanted|wrote|requested|decided|was|were)\\b[^()]{0,40}\\b(?:on|during|for|because of|at) (?:the|that|this|his|her|our|their) (?:[\\p{L}\\d'’-]+ ){0,3}?(?:${weekday}|${event})\\b`,
  'iu',
);

/** Whether the words limit what they are said of to one definite event. */
export function isForOneEvent(text: string): boolean {
  return limitedToOne.test(text);
}

/** Whether an aside tells on which single occasion a thing was said. */
export function tellsOccasion(aside: string): boolean {
  return limitedToOne.test(aside) || saidThen.test(aside);
}
