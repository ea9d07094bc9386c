import { describe, expect, it } from 'vitest';
import { extract, statements } from './build-window.ts';

const greeting = [{ user: 'Ines: Hey Tom! How are you?' }, { agent: 'Tom: Hi Ines! All fine here.' }];

describe('a chat between people', () => {
  it('is told with their names, both sides', () => {
    expect(
      statements([...greeting, { user: 'Ines: I work as a carpenter in Ghent.' }, { agent: 'Tom: Wow! I adopted two cats last week.' }]),
    ).toEqual(['Ines works as a carpenter in Ghent.', 'Tom adopted two cats in the week before 14 May 2026.']);
  });

  it('keeps a statement with what the next sentence adds to it', () => {
    const [fact] = extract([...greeting, { user: 'Ines: I went to a pottery class yesterday. It was run by an old sailor.' }]);
    expect(fact?.statement).toBe('Ines went to a pottery class on 13 May 2026. It was run by an old sailor.');
    expect(fact?.evidence).toHaveLength(2);
    expect(fact?.durability).toBe('episode');
  });

  it('puts the subject back that people leave out', () => {
    expect(statements([...greeting, { agent: 'Tom: Been painting the old garden shed.' }])).toEqual([
      'Tom has been painting the old garden shed.',
    ]);
    expect(statements([...greeting, { agent: 'Tom: Baking bread every Sunday is my favourite ritual.' }])).toEqual([
      "Baking bread every Sunday is Tom's favourite ritual.",
    ]);
  });

  it('leaves out greetings, praise and good wishes', () => {
    const praise = [
      'That is so cool, Tom!',
      "You're doing great!",
      'I am so proud of you!',
      'Take care, talk soon!',
      'Thanks for the kind words.',
      'How was your trip?',
    ];
    expect(praise.filter((said) => statements([...greeting, { user: `Ines: ${said}` }]).length > 0)).toEqual([]);
  });

  it('joins an answer to its question', () => {
    expect(statements([...greeting, { user: 'Ines: Which instruments do you play?' }, { agent: 'Tom: Oboe and lute!' }])).toEqual([
      'The instruments Tom plays are Oboe and lute.',
    ]);
  });

  it('cuts the name of the other out of the statement', () => {
    expect(statements([...greeting, { user: 'Ines: Tom, my sister lives in Turku, Tom.' }])).toEqual(["Ines's sister lives in Turku."]);
  });

  it('is not seen in labels of an ordinary session', () => {
    expect(statements([{ user: 'Note: the API listens on port 81.' }, { agent: 'Understood.' }, { user: 'Run the tests' }])).toEqual([
      'The API listens on port 81.',
    ]);
  });
});
