import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../engines/offline/extract/fragments.ts';
import { piecesOf } from '../../engines/offline/extract/pieces.ts';
import { topicsIn } from '../../engines/offline/extract/question-topics.ts';
import { subjectName, withFullVerb, withOwner } from '../../engines/offline/extract/third-persons.ts';
import { extract, kept } from './build-window.ts';
import type { Turn } from './build-window.ts';

/** The lines that a talk gives. */
function lines(...turns: Turn[]): string[] {
  return kept(extract(turns))
    .filter(({ durability }) => durability !== 'episode')
    .map(({ statement }) => statement);
}

const labels = (question: string): string[] => topicsIn(question).map(({ label }) => label);

describe('an answer that is no sentence', () => {
  it('gets the topic of the question, and both messages are evidence', () => {
    const [fact] = extract([{ agent: 'Good to know. Do you know your price per crate?' }, { user: '12.40, fixed until next March.' }]);
    expect(fact?.statement).toBe("The user's price per crate: 12.40, fixed until March 2027.");
    expect(fact?.durability).toBe('current');
    expect(fact?.evidence.map(({ quote }) => quote)).toEqual(['12.40, fixed until next March.', 'Do you know your price per crate?']);
  });

  it('takes the subject of the question where the verb is the same', () => {
    expect(lines({ agent: 'When does your permit end, and is there a fee?' }, { user: 'Ends 30 June 2027.' })).toEqual([
      "The user's permit ends 30 June 2027.",
    ]);
  });

  it('answers two questions in their order', () => {
    expect(
      lines({ agent: 'How many boats do you keep, and what do you charge?' }, { user: 'Six boats. £40 a day, fuel included.' }),
    ).toEqual(['How many boats the user keeps: six boats.', 'What the user charges: £40 a day, fuel included.']);
  });

  it('puts a bare question word to the sentence before it', () => {
    expect(lines({ agent: 'Petra: Tuesday and one more morning. Which one?' }, { user: 'Friday.' })).toEqual([
      'Petra: Tuesday and one more morning – Friday.',
    ]);
  });

  it('is nothing where the question was how to go on', () => {
    expect(lines({ agent: 'Shall I draft the letter?' }, { user: 'Two copies please.' })).toEqual([]);
  });

  it.each([
    ['What stage is the barn at?', ['Stage of the barn']],
    ['What grain are you milling for the bakery?', ['Grain the user is milling for the bakery']],
    ['What is your angle — price, taste, or both?', ["The user's angle"]],
    ['How about the roof?', ['Roof']],
    ['Want to plan that?', []],
    ['Does your sister help you?', ["Whether the user's sister helps them"]],
  ])('%s', (question, expected) => {
    expect(labels(question)).toEqual(expected);
  });
});

describe('news in pieces', () => {
  it('goes on with the sentence before it', () => {
    expect(lines({ user: "We're moving! Same village, other barn, the old dairy on Mill Lane, lease signed last Friday." })).toEqual([
      'The team is moving: same village, other barn, the old dairy on Mill Lane, lease signed on 8 May 2026.',
    ]);
  });

  it('knows a person by the name that is given', () => {
    expect(lines({ user: "Hired! Her name's Petra Voss, started last Tuesday, used to bake in Hull." })).toEqual([
      'Hired: Petra Voss, started on 12 May 2026, used to bake in Hull.',
    ]);
  });

  it('keeps the subject of the sentence before it', () => {
    expect(lines({ user: 'I write for gardening papers. Currently working on a book about 40 kinds of moss.' })).toContain(
      'The user is working on a book about 40 kinds of moss.',
    );
  });

  it('does not join what turns to something else', () => {
    const said = lines({ user: 'Last month hay came to £340. Oh and it is pouring down here, the yard is a lake.' });
    expect(said.join(' ')).toContain('£340');
    expect(said.join(' ')).not.toContain('pouring');
  });
});

describe('what is told of others', () => {
  it('is cut where another one becomes the subject, with the owner named', () => {
    const pieces = piecesOf("Otto goes down to two days from June, his wife's having twins, so it'll be Petra who runs the Monday class");
    expect(pieces).toEqual(['Otto goes down to two days from June', "his wife's having twins", 'Petra runs the Monday class']);
    expect(subjectName(pieces[0] ?? '')).toBe('Otto');
    expect(withFullVerb(withOwner(pieces[1] ?? '', ['Otto']))).toBe("Otto's wife is having twins");
    expect(withOwner("his wife's having twins", ['Otto', 'Petra'])).toBe("his wife's having twins");
  });

  it('is kept from a sentence that as a whole only tells of the day', () => {
    expect(lines({ user: 'And the rides are £40 from June, I gave in to my aunt by a bit.' })).toEqual(['The rides are £40 from June.']);
  });

  it('is found beside a fragment', () => {
    expect(
      lines({ agent: 'Who works there?' }, { user: 'Two of us in the mill, me and Otto who does the sacks and half the books.' }),
    ).toContain('Otto does the sacks and half the books.');
  });

  it.each([
    'Wednesday turned out to be her choir evening.',
    'My aunt says I should charge 60 for it.',
    'Otto keeps joking we should open a second mill in Brannock.',
    'Parking at the Brannock mill is a nightmare tonight, some match on.',
    'If I ever moved I would want 3 rooms by the sea.',
  ])('is left out when nobody can tell of whom, or nobody means it: %s', (user) => {
    expect(lines({ user })).toEqual([]);
  });
});

describe('a name that is given', () => {
  it('stands with the next line about the speaker', () => {
    expect(lines({ user: 'Morning. Lene here, Lene Ahr-Winter. I run a mill in Brannock called Stone Row.' })).toEqual([
      "The user's name is Lene Ahr-Winter.",
      'The user, Lene Ahr-Winter, runs a mill in Brannock called Stone Row.',
    ]);
  });
});

it('leaves sessions at work alone', () => {
  const work: Turn[] = [
    { use: { command: 'ls' } },
    { tool: 'ok' },
    { agent: 'How many boats do you keep, and what do you charge?' },
    { user: 'Six boats. £40 a day, fuel included.' },
  ];
  expect(lines(...work)).toEqual([]);
});

it.each([
  ['Sold to a dealer for 300.', 'elided'],
  ['First week of March, closed after.', 'fragment'],
  ["Otto's allergic to bees", 'clause'],
  ["Otto's old cart", 'fragment'],
  ["I'm off", 'clause'],
  ['Taking it out freed a corner', 'clause'],
])('%s is %s', (text, shape) => {
  expect(shapeOf(text)).toBe(shape);
});

it('cuts a sentence only where somebody else becomes its subject', () => {
  expect(piecesOf('The classes are £40 from May, I gave in to my aunt')).toEqual(['The classes are £40 from May', 'I gave in to my aunt']);
  expect(piecesOf('The barn is long, narrow, and it leaks because the roof is old')).toHaveLength(1);
});
