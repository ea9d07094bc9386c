// Patterns found by statistics: from transcripts to rules.
import { describe, expect, it } from 'vitest';
import type { CandidateFact } from '../../domain/fact.ts';
import { minePatterns } from '../../engines/offline/patterns/mine-patterns.ts';
import { extract } from '../offline-extract/build-window.ts';
import type { Turn } from '../offline-extract/build-window.ts';

/** Work that has nothing to do with the pattern: the background that it must stand out from. */
const everyday: Turn[][] = [
  [{ user: 'the invoice page needs a footer' }, { agent: 'Added the footer.' }, { user: 'now the same for the order page' }],
  [{ user: 'where is the tax rate read?' }, { agent: 'In the settings table.' }, { user: 'ok, cache it for an hour' }],
  [{ user: 'rename the shop module' }, { agent: 'Renamed it.' }, { user: 'and the imports?' }, { agent: 'They follow.' }],
  [{ user: 'export the customers' }, { agent: 'Exported 40 rows.' }, { user: 'send the file to Mira' }],
  [{ user: 'the basket loses items' }, { agent: 'The cookie was too small.' }, { user: 'good find' }, { user: 'raise it' }],
  [{ user: 'look at the search box' }, { agent: 'It queries on every key.' }, { user: 'wait 200 ms then' }],
];

function factsOf(sessions: Turn[][]): CandidateFact[] {
  return sessions.flatMap((turns, index) => {
    const day = String(index + 1).padStart(2, '0');
    return extract(turns, { sessionId: `sesn_${day}`, ordinal: index, at: `2026-03-${day}T09:00:00Z` }).map((fact, position) => ({
      ...fact,
      id: `fact_${day}_${String(position).padStart(3, '0')}`,
    }));
  });
}

function patternsOf(own: Turn[][], background: Turn[][] = everyday): { statement: string; seenIn: number }[] {
  const sessions = [...background, ...own];
  const proposals = minePatterns({
    facts: factsOf(sessions),
    claims: [],
    instructions: null,
    sessions: sessions.map((_, index) => ({ id: `sesn_${String(index + 1).padStart(2, '0')}`, at: null })),
    minSessions: 2,
  });
  return proposals.flatMap((proposal) => (proposal.kind === 'pattern' ? [{ statement: proposal.statement, seenIn: proposal.seenIn }] : []));
}

describe('a wish that comes back in other words', () => {
  const wishes: Turn[][] = [
    [{ user: 'draw the sales' }, { agent: 'Here is the plot with a legend.' }, { user: 'no. the axes have no units, put units there' }],
    [{ user: 'plot the visits' }, { agent: 'Plotted.' }, { user: 'I said it before, without units nobody can read that' }],
    [{ user: 'a figure of the stock' }, { agent: 'Done.' }, { user: 'you forgot the units again' }],
  ];

  it('is told by the word that its sayings share, with two of them', () => {
    const [pattern] = patternsOf(wishes);
    expect(pattern?.statement).toMatch(/insists again and again on "units"/);
    expect(pattern?.statement).toMatch(/\(corrected in 3 of 9 sessions\)\.$/);
    expect(pattern?.seenIn).toBe(3);
  });

  it('is none in two sessions, nor where one of the three was imported twice', () => {
    expect(patternsOf(wishes.slice(0, 2))).toEqual([]);
    const twice = factsOf(wishes.slice(0, 2));
    const copies = twice
      .filter(({ sessionId }) => sessionId === 'sesn_02')
      .map((fact) => ({ ...fact, id: `${fact.id}_copy`, sessionId: 'sesn_99' }));
    const facts = [...twice, ...copies];
    expect(minePatterns({ facts, claims: [], instructions: null, sessions: [], minSessions: 2 })).toEqual([]);
  });

  it('is none where one sentence is only filled with other words', () => {
    const template = ['stock', 'sales', 'visits', 'returns'].map((thing): Turn[] => [
      { user: `plot the ${thing}` },
      { agent: 'Done.' },
      { user: `no, the units of the ${thing} chart are still missing there` },
    ]);
    expect(patternsOf(template)).toEqual([]);
  });

  it('is none where the user speaks of the thing everywhere', () => {
    const topic = [
      'print the units',
      'which units does the api send',
      'store units as text',
      'units come from the scale',
      'list all units',
    ].map((said): Turn[] => [{ user: 'hello' }, { agent: 'Ready.' }, { user: said }, { agent: 'Done.' }]);
    expect(patternsOf([...wishes, ...topic]).filter(({ statement }) => statement.includes('units'))).toEqual([]);
  });
});

describe('a ritual', () => {
  it('is told by the words that come together each time', () => {
    const closing = [
      'good. and the usual: a changelog entry, a screenshot, and tell Mira',
      'then screenshot and changelog please, Mira waits for it',
      'changelog and screenshot as always, copy to Mira',
    ].map((said): Turn[] => [{ user: 'finish the card' }, { agent: 'The card is done.' }, { user: said }]);
    const [pattern] = patternsOf(closing);
    expect(pattern?.statement).toMatch(/changelog/);
    expect(pattern?.statement).toMatch(/screenshot/);
    expect(pattern?.seenIn).toBe(3);
  });
});

describe('the same failure with the same cause', () => {
  const failure = (output: string, said: string, before: Turn = { user: 'it is red' }): Turn[] => [
    before,
    { use: { command: 'just smoke' } },
    { tool: output, isError: true },
    { agent: said },
    { user: 'fine' },
  ];
  const told: Turn[][] = [
    failure('Error: 3 checks failed', 'The voucher pool was empty, so every checkout stopped. I refilled the pool and all pass.'),
    failure('Error: timeout in checkout', 'No voucher was left in the pool. After a refill the checks are green.', { user: 'red again' }),
    failure('FAIL smoke/pay', 'Same cause as last month: the voucher pool ran dry. Refilled.'),
  ];

  it('is told by the clearest of the diagnoses', () => {
    const [pattern] = patternsOf(told);
    expect(pattern?.statement).toMatch(/^The same failure comes back, with the same cause: .*voucher.*pool/);
    expect(pattern?.seenIn).toBe(3);
  });

  it('is none when nobody noticed that it came back, nor without a failing tool', () => {
    const unnoticed = told.map((turns): Turn[] =>
      turns.map((turn) =>
        'agent' in turn
          ? { agent: turn.agent.replace('Same cause as last month: the', 'The') }
          : 'user' in turn
            ? { user: 'it is red' }
            : turn,
      ),
    );
    expect(patternsOf(unnoticed)).toEqual([]);
    expect(patternsOf(told.map((turns) => turns.filter((turn) => !('tool' in turn || 'use' in turn))))).toEqual([]);
  });

  it('is none when the agent words all its reports alike', () => {
    const alike = ['voucher', 'voucher', 'voucher'].map((thing) =>
      failure('Error: red again', `I looked through it and found that the ${thing} pool is read before it is filled again.`),
    );
    expect(patternsOf(alike)).toEqual([]);
  });
});

describe('a preference shown by choices', () => {
  const choices: [string, string][] = [
    ['I can install `gridline`, or draw it with the canvas we already have.', 'the canvas'],
    ['Options:\n1. add the `fast-mail` package\n2. plain SMTP, which is built in', '2'],
    ['Shall I pull in `moonphase`, or write the few lines by hand?', 'By hand.'],
  ];
  const asked = (offer: string, reply: string): Turn[] => [{ user: 'how shall we do it?' }, { agent: offer }, { user: reply }];

  it('is told with the ways taken and passed over', () => {
    const [pattern] = patternsOf(choices.map(([offer, reply]) => asked(offer, reply)));
    expect(pattern?.statement).toMatch(/^Given options, the user chooses what is there already, .* rather than a new dependency/);
    expect(pattern?.statement).toContain(' over ');
    expect(pattern?.seenIn).toBe(3);
  });

  it('is none where the choices contradict each other', () => {
    const contrary: [string, string][] = [
      ['I can install `chartling`, or extend the widget we already have.', 'install chartling'],
      ['Options:\n1. add the `dateful` package\n2. plain parsing, which is built in', '1'],
    ];
    expect(patternsOf([...choices, ...contrary].map(([offer, reply]) => asked(offer, reply)))).toEqual([]);
  });
});

describe('a step asked for at the same kind of moment', () => {
  const release = (said: string, version: string): Turn[] => [
    { user: said },
    { use: { command: `linkcheck site --since v${version}` } },
    { tool: '0 dead links' },
    { agent: 'All links are alive.' },
  ];
  const releases = [
    release('about to publish the newsletter, links first', '3.1'),
    release('newsletter goes out in an hour, you know what to do', '3.2'),
    release('before the newsletter: are all links fine?', '3.3'),
  ];

  it('is told with the command, the moment and the request', () => {
    const statement = patternsOf(releases)
      .map((pattern) => pattern.statement)
      .join('\n');
    expect(statement).toMatch(/`linkcheck site`/);
    expect(statement).toMatch(/newslett/);
  });

  it('is none for a command that is run whatever is spoken of', () => {
    const everywhere = ['fix the menu', 'shorten the title', 'sort the tags', 'tidy the feed'].map((said) => release(said, '1.0'));
    expect(patternsOf(everywhere)).toEqual([]);
  });
});
