// Statements about who answers for what: the person is the value, the thing the subject.
import { cutValue } from './slot-parts.ts';
import type { Slot } from './slot-parts.ts';

const person = "\\p{Lu}[\\p{L}.’'-]+(?: \\p{Lu}[\\p{L}.’'-]+)?";
const inCharge =
  '(?:owns|maintains|reviews|leads|manages|handles|approves|signs off on|supervises|coordinates|is responsible for|is in charge of|looks after|takes care of|is the (?:owner|reviewer|maintainer|lead|contact|approver) (?:of|for))';
const owning = new RegExp(
  `^(${person})\\s+(?:now |currently |also )?(?:(?:wrote|built|made|knows) .{2,30}? and )?(?:owns and )?${inCharge}\\s+(?!(?:go|goes|to|are|is|from|by|for|with|happen|need|needs)\\b)(.{2,60})$`,
  'u',
);
const wroteAndOwns = new RegExp(
  `^(${person})\\s+(?:wrote|built|made|knows|designed)\\s+(?:most of |all of |much of )?(.{2,40}?) and\\s+${inCharge}\\s+(?:it|them)$`,
  'u',
);
const tookOver = new RegExp(
  `^(${person})\\s+(?:took over|has taken over|takes over|inherited)\\s+(.{2,60}?)(?:\\s+from\\s+(${person}))?$`,
  'u',
);
const steppedDown = new RegExp(
  `^(${person})\\s+(?:stepped down from|left|handed over|gave up|is off)\\s+(.{2,60}?)[;,.]\\s*(?:and |now )?(${person})\\b.*$`,
  'u',
);
const handedTo = new RegExp(`^(?:(${person})\\s+)?(?:handed|passed)\\s+(.{2,60}?)\\s+(?:over )?to\\s+(${person})$`, 'u');

const askFor = new RegExp(
  `^(?:please |always |first )*(?:ask|ping|consult|contact|tell|notify|cc|loop in|involve|check with|talk to|speak to|go to|write to)\\s+(${person})\\s+(?:first )?(?:before|for|about|on|if|when|with|in case of)\\s+(?:anything (?:in|on|about) |questions (?:about|on) |help with |changing |touching |editing |merging |you change |you touch )?(.{2,60})$`,
  'iu',
);
/** "For anything in the ledger talk to Ann": the same the other way round. */
const forThat = new RegExp(
  `^(?:for|about|on|with|regarding) (?:anything |questions? |issues? |help |changes? |all things )?(?:in |on |about |with |to |around |regarding )?(.{2,50}?),? (?:please )?(?:ask|ping|contact|tell|notify|loop in|check with|talk to|speak to|go to|write to|turn to|reach out to)\\s+(${person})$`,
  'iu',
);
/** "Ann has the pager now", "the pager is with Ann". */
const hasNow = new RegExp(
  `^(${person}) (?:now )?(?:has|holds|carries|keeps|runs) (?:the |our )(.{2,40}?)(?<!now) (?:now|these days|from now on)$`,
  'u',
);
const isWith = new RegExp(`^(?:[Tt]he |[Oo]ur )?(.{2,40}?) is (?:now )?with (${person})(?: now)?$`, 'u');
const reviewsGo = new RegExp(
  `^(.{2,40}?)\\s+(?:reviews?|questions|issues|bugs|requests|approvals?)\\s+(?:go(?:es)?|belongs?)\\s+to\\s+(${person})$`,
  'u',
);

/** Who answers for what: the person is the value, the thing the subject. */
export function owner(text: string): Slot | null {
  const slot = (thing: string, value: string, oldValue: string | null): Slot => ({
    subject: cutValue(thing).core,
    attribute: 'owner',
    value,
    oldValue,
    rest: `${cutValue(thing).core} owner`,
  });
  const gone = steppedDown.exec(text);
  if (gone !== null) return slot(gone[2] ?? '', gone[3] ?? '', gone[1] ?? null);
  const taken = tookOver.exec(text);
  if (taken !== null) return slot(taken[2] ?? '', taken[1] ?? '', taken[3] ?? null);
  const handed = handedTo.exec(text);
  if (handed !== null) return slot(handed[2] ?? '', handed[3] ?? '', handed[1] ?? null);
  const asked = askFor.exec(text);
  if (asked !== null && /^\p{Lu}/u.test(asked[1] ?? '')) return slot(asked[2] ?? '', asked[1] ?? '', null);
  const turned = forThat.exec(text) ?? isWith.exec(text);
  if (turned !== null && /^\p{Lu}/u.test(turned[2] ?? '')) return slot(turned[1] ?? '', turned[2] ?? '', null);
  const holding = hasNow.exec(text);
  if (holding !== null) return slot(holding[2] ?? '', holding[1] ?? '', null);
  const goes = reviewsGo.exec(text);
  if (goes !== null) return slot(goes[1] ?? '', goes[2] ?? '', null);
  const owns = wroteAndOwns.exec(text) ?? owning.exec(text);
  return owns === null ? null : slot(owns[2] ?? '', owns[1] ?? '', null);
}
