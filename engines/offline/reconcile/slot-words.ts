// Words that say which slot a statement is of, and words that say nothing about it.
import { concept } from '../concepts.ts';
import { terms } from '../words.ts';

export const familiesOf = (words: string): Set<string> => new Set(terms(words).map(concept));

function stemOf(word: string): string {
  return concept(terms(word)[0] ?? word);
}

/** Properties that most things have one value of; two of them on one subject are two slots. */
export const properties: ReadonlySet<string> = familiesOf(
  'port deploy test build format lint region version indent command deadline owner review home name answer limit database repository directory config secret editor log package announce publish price language standup start finish birthday age branch channel runtime size colour height width timezone interval timeout retention budget locale memory cpu threshold address url storage hosting location capital chairperson president ceo founder author director spouse born died',
);
/** The same question asked in another way. */
const sisters: [string, string][] = [
  ['owner', 'review'],
  ['deploy', 'publish'],
  ['database', 'storage'],
  ['deploy', 'host'],
  ['announce', 'channel'],
  ['announce', 'deploy'],
  ['announce', 'publish'],
  ['home', 'timezone'],
  ['home', 'location'],
  ['location', 'timezone'],
  ['home', 'zone'],
  ['location', 'zone'],
  ['region', 'zone'],
  ['standup', 'schedule'],
  ['runtime', 'version'],
  ['deadline', 'finish'],
  ['command', 'test'],
  ['command', 'build'],
  ['limit', 'rate'],
].map(([a, b]) => [stemOf(a as string), stemOf(b as string)]);

/** Verbs and small words that tell how a value came about, not what it is of. */
export const soft: ReadonlySet<string> = familiesOf(
  'moved move went goes go change changed switch switched migrate pull pulled push pushed set sit sits bump raise lower rename expect expects match matches point points make sure end ends up see check stay stays keep keeps remain give gives take takes want wants ask asks tell say says said think know look looks rate per minute second hour request requests count amount total daily weekly monthly every day week time date target planned plan scheduled slip slipped postponed need needs require requires approve approves approval approval touch touches loop ping created create creating bucket new resource instance cluster machine both standard officially actually currently final confirmed agree agreed decided decision instead rather clash reason because caused side note fyi correct correction update wrong right yes roadmap calendar meeting reformat allow allows limiter contract bad sorry mistake oops base wire ready follow touch infra infrastructure thing stuff site live primary production anything talk speak contact after',
);

/** Heads of names that fit any program: "the ledger container" and "the ledger service" are the ledger. */
export const heads: ReadonlySet<string> = familiesOf('container service server process daemon pod app application');

/** Attributes of which a subject may have many values at once: another one is an addition, not a replacement. */
export const manyValued: ReadonlySet<string> = familiesOf(
  'like love go play visit enjoy read watch see want hate dislike have own speak do make buy get try cook meet talk help feel think add contain include use need support handle know write create learn take bring show give be start work study plan join attend',
);

/** The same property under two names. */
export function areSisters(a: string, b: string): boolean {
  return sisters.some(([one, other]) => (one === a && other === b) || (one === b && other === a));
}
