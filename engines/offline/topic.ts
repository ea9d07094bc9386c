// The heading a reader would look under, from the words of a statement; also what instructions mean by "testing" or "schedule".
import { sessionNotesTopic } from '../../domain/layout.ts';
import { concept } from './concepts.ts';
import { kindOfThing } from './known-things.ts';
import { isSessionNote } from './note-line.ts';
import { responsibilityIn } from './reconcile/responsibility.ts';
import { terms } from './words.ts';

export interface Area {
  heading: string;
  /** Words that speak for it, strong ones first half: `strong` decide alone, `weak` only together. */
  strong: Set<string>;
  weak: Set<string>;
  /** Kinds of well-known things that belong here. */
  things: Set<string>;
}

const stems = (words: string): Set<string> =>
  new Set(
    words
      .split(' ')
      .flatMap((word) => terms(word))
      .flatMap((term) => [term, concept(term)]),
  );

function area(heading: string, strong: string, weak: string, things = ''): Area {
  return { heading, strong: stems(strong), weak: stems(weak), things: new Set(things === '' ? [] : things.split('; ')) };
}

/** Few, as a person would name them; order breaks ties. */
export const areas: readonly Area[] = [
  area(
    'Testing',
    'test tests testing fixture fixtures flaky assertion assertions unittest e2e qa',
    'suite gate pass passes fail rerun coverage mock mocks snapshot regression',
    'test runner',
  ),
  area(
    'Security and access',
    'secret secrets credential credentials password token tokens vault login auth authentication authorization permission permissions certificate encryption firewall vpn sso 2fa',
    'access key keys expire role account',
    'secret store',
  ),
  area(
    'Deployment',
    'deploy deployment release rollback rollout staging production hosting hosted region cluster environment infrastructure terraform kubernetes docker cdn',
    'cloud server servers bucket instance domain dns machine image rolling',
    'hosting; region; ci; monitoring',
  ),
  area(
    'Data and services',
    'database schema migration migrations table query queries postgres cache queue storage backup backups limit quota endpoint api webhook payload',
    'data rate record records index service requests response row column upload download',
    'database; cache; queue',
  ),
  area(
    'Build and tooling',
    'build compile compiler bundler package packages dependency dependencies toolchain runtime node python lockfile monorepo linter lint formatter port ports version versions command makefile script cli install upgrade plugin',
    'tool tools run target binary config logger logging library framework editor flag',
    'package manager; JavaScript package manager; Python package manager; linter; runtime; language; framework; shell; operating system; JavaScript logging library; Python logging library; JVM logging library; logging library',
  ),
  area(
    'Code style',
    'style indent indentation formatting naming camelcase snake_case tab tabs spaces semicolon semicolons quotes convention conventions spelling spell comment comments docstring casing',
    'format line code type types prefix suffix name function refactor readable',
    'formatter; JavaScript formatter; Python formatter',
  ),
  area(
    'How to answer',
    'answer answers reply replies respond response tone concise brief verbose paragraph bullet bullets wording summary summaries explain explanation emoji table',
    'short long detail format table steps language english question',
    '',
  ),
  area(
    'Workflow',
    'commit commits branch branches pr prs merge rebase squash pull-request ticket tickets issue issues changelog codeowners',
    'approve approval approves ask before handoff process push main',
    'issue tracker; version control host',
  ),
  area(
    'People and ownership',
    'owner owns owned maintains maintainer review reviewer reviewers responsible contact colleague people person announce announcement channel slack',
    'ask approve person people write hire email manager team lead stakeholder customer client',
    'chat',
  ),
  area(
    'Schedule and deadlines',
    'deadline due schedule standup calendar meeting milestone sprint monday tuesday wednesday thursday friday saturday sunday date dates freeze roadmap launch',
    'daily weekly monthly day week month time timing morning afternoon plan planned target',
    '',
  ),
  area(
    'Family and friends',
    'family wife husband partner son daughter kid kids child children mother father mom mum dad sister brother parents grandmother grandfather friend friends married wedding pet dog cat puppy birthday',
    'love together home visit',
    '',
  ),
  area(
    'Health',
    'health doctor therapy therapist medication allergy allergic diet exercise gym workout sleep pain surgery hospital diagnosis vegan vegetarian yoga meditation injury',
    'run running stress weight eat',
    '',
  ),
  area(
    'Work and study',
    'job career employer company startup business university college degree school thesis professor student course research promotion interview salary office freelance clients',
    'work project study learn class boss',
    '',
  ),
  area(
    'Travel',
    'trip travel vacation holiday flight hotel airport camping hiking beach museum tour abroad passport itinerary',
    'visit city country mountain road',
    '',
  ),
  area(
    'Interests',
    'hobby hobbies music guitar piano violin painting pottery art book books novel movie movies film films game games gaming cooking baking recipe garden gardening photography dance dancing sport sports football basketball soccer tennis swimming cycling band concert festival',
    'play read watch listen paint favorite favourite enjoy',
    '',
  ),
  area(
    'About the user',
    'timezone based lives live born age nationality location hometown nickname pronouns hobby',
    'user name call prefer',
    'editor',
  ),
];

const strongWeight = 3;
const weakWeight = 1;

/** How much a statement belongs to each area, best first; areas without a word in it are left out. */
export function areasOf(words: readonly string[]): { area: Area; weight: number }[] {
  // "test:ci" and "deploy-prod" speak of testing and of deploying.
  const distinct = [
    ...new Set(words.flatMap((word) => (/^[^#@]*[:_/.]/u.test(word) ? [word, ...terms(word.split(/[^\p{L}]+/u).join(' '))] : [word]))),
  ];
  const kinds = distinct.map(kindOfThing);
  return areas
    .map((one) => ({
      area: one,
      weight:
        distinct.reduce(
          (sum, word) => sum + (one.strong.has(word) || one.strong.has(concept(word)) ? strongWeight : one.weak.has(word) ? weakWeight : 0),
          0,
        ) + kinds.reduce((sum, kind) => sum + (kind !== '' && one.things.has(kind) ? strongWeight : 0), 0),
    }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
}

/** A statement's words; who answers for something belongs to people, in whatever words it is said. */
export function topicWords(statement: string): string[] {
  return [...terms(statement), ...(responsibilityIn(statement) === null ? [] : [...answerable])];
}

const answerable = stems('owner responsible');

const otherHeading = 'Notes';

/** The heading for a statement. Of a conversation between people it is the person's name. */
export function topicOf(statement: string, person: string | null): string {
  if (person !== null) return person;
  if (isSessionNote(statement)) return sessionNotesTopic;
  const [best] = areasOf(topicWords(statement.slice(0, 2_000)));
  if (best !== undefined && best.weight >= 2) return best.area.heading;
  if (/\bthe user\b/i.test(statement)) return 'About the user';
  return best?.area.heading ?? otherHeading;
}
