import { describe, expect, it } from 'vitest';
import type { CandidateFact } from '../../domain/fact.ts';
import { blockText, extract, statements, windowOf } from './build-window.ts';
import type { Turn } from './build-window.ts';

const filler = 'Each of these can be adapted once you know more about the place and the people who will use it. '.repeat(4);
const layout = `Here is a first layout for you.

### Orchard layout

1. **Apple rows:** 12 trees along the north fence
2. **Bee corner:** two hives behind the shed
3. **Why it works:** shade in the afternoon

${filler}`;

const opening = "I want to turn my grandmother's meadow near Brixen into an orchard with apples and bees.";
const talk = (answer: string, offered = layout): Turn[] => [{ user: opening }, { agent: offered }, { user: answer }];

function noteOf(turns: Turn[]): CandidateFact | undefined {
  return extract(turns).find((fact) => fact.signal === 'progress');
}

describe('a talk about a project', () => {
  it('becomes one line with its day, what the user brings up and decides, and what they accept', () => {
    const note = noteOf(talk("This layout is great. Let's start with the bee corner in front of our shed."));
    expect(note?.statement).toBe(
      "Session of 14 May 2026: The user wants to turn their grandmother's meadow near Brixen into an orchard with apples and bees. " +
        "Agreed: Orchard layout: Apple rows 12 trees along the north fence, Bee corner, Why it works. Chose to start with the bee corner in front of the team's shed.",
    );
    expect(note).toMatchObject({ durability: 'episode', origin: 'user' });
  });

  it('quotes every message that it tells of, word for word', () => {
    const turns = talk("This layout is great. Let's start with the bee corner in front of our shed.");
    const window = windowOf(turns);
    const evidence = noteOf(turns)?.evidence ?? [];
    expect(new Set(evidence.map(({ eventId }) => eventId))).toEqual(new Set(['sevt_1', 'sevt_2', 'sevt_3']));
    for (const { eventId, block, start, end, quote } of evidence) expect(blockText(window, eventId, block).slice(start, end)).toBe(quote);
  });

  it.each([
    ['takes half of it back', 'This layout is great, but our bees need the sunny corner of the meadow.'],
    ['objects', 'No, our bees need the sunny corner of the meadow.'],
    ['passes over it', 'We bought seedlings of three old apple kinds for the meadow.'],
    ['asks back', 'Is this layout good for our bees?'],
  ])('holds nothing of an answer when the user %s', (_how, answer) => {
    expect(noteOf(talk(answer))?.statement).toContain('orchard');
    expect(noteOf(talk(answer))?.statement).not.toContain('Agreed');
  });

  it('holds nothing of an answer that nobody has answered yet', () => {
    const note = noteOf([
      ...talk('We bought seedlings of three old apple kinds for the meadow.'),
      { agent: '### Beehive calendar\n\nMarch.' },
    ]);
    expect(note?.statement).toContain('seedlings');
    expect(note?.statement).not.toContain('calendar');
  });

  it('takes an offer that the user says yes to', () => {
    const offered = `${filler}\n\nWould you like me to draft a planting calendar for your apple rows?`;
    expect(noteOf(talk('Yes, please. We have the spades ready in the barn.', offered))?.statement).toContain(
      "Agreed to draft a planting calendar for the user's apple rows.",
    );
    expect(noteOf(talk('Not yet. We have the spades ready in the barn.', offered))?.statement).not.toContain('Agreed');
  });

  it('names what an accepted answer without headings brings', () => {
    const offered = `Here is a letter to the water office of Brixen. ${filler}`;
    expect(noteOf(talk('That works well, I will post it with our map of the meadow.', offered))?.statement).toContain(
      'Agreed: a letter to the water office of Brixen.',
    );
  });

  it('dates what is said of a day and leaves credentials out', () => {
    const note = noteOf(talk('Our surveyor measures the meadow tomorrow. My password for the beekeeper forum is hunter2hunter2.'));
    expect(note?.statement).toContain('measures the meadow on 15 May 2026');
    expect(note?.statement).not.toContain('hunter2');
  });

  it('leaves a credential out of what was accepted, too', () => {
    const offered = `${filler}\n\n### Access for helpers\n\n- **Gate code:** see the barn door\n- **Forum login:** password: Wq7!rTz92LmPx\n`;
    const note = noteOf(talk('This is perfect for our helpers in the meadow.', offered));
    expect(note?.statement).toContain('Agreed: Access for helpers');
    expect(JSON.stringify(note)).not.toContain('Wq7!rTz92LmPx');
  });

  it('tells an order as one, and orders of impatience not at all', () => {
    const note = noteOf(talk("Show me the shopping list for our bee corner. Don't waste time on the apple rows of my aunt."));
    expect(note?.statement).toContain("Asked to show the user the shopping list for the team's bee corner.");
    expect(note?.statement).not.toContain('aunt');
  });

  it('stays within what is read at one glance, however long the talk', () => {
    const turns = Array.from({ length: 60 }, (_, index): Turn[] => [
      { user: `My neighbour Ilse number ${index} gave us ${index + 3} crates of plum seedlings for the lower meadow.` },
      { agent: layout },
    ]).flat();
    expect(noteOf(turns)?.statement.length).toBeLessThan(800);
  });

  it.each<[string, Turn[]]>([
    ['with tools', [...talk('This layout is great for our meadow.'), { tool: 'done' }]],
    ['with short answers', talk('This layout is great for our meadow.', 'Sounds lovely. How large is it?')],
    ['of one message', [{ user: opening }, { agent: layout }]],
    [
      'that only hands over tasks',
      [
        { user: 'Summarise the history of apple growing in Tyrol.' },
        { agent: layout },
        { user: 'Make it shorter and add a table of apple kinds.' },
      ],
    ],
  ])('is not seen in a session %s', (_what, turns) => {
    expect(noteOf(turns)).toBeUndefined();
  });
});

describe('beside long answers', () => {
  it('lines are rules and what users say of themselves for good', () => {
    const lines = statements([
      { user: 'I prefer metric units. From now on, answer in French. Don’t make me wait. The lower meadow is 40 metres wide.' },
      { agent: layout },
    ]);
    expect(lines).toEqual(['The user prefers metric units.', 'From now on, answer in French.']);
  });

  it('a text that is handed over leaves no lines', () => {
    const pasted =
      'Rewrite this: Goldmoor Insurance is the leader in hail cover. All claims must be paid within 14 days. Our agents are trained in Linz.';
    expect(statements([{ user: pasted }, { agent: layout }])).toEqual([]);
    expect(statements([{ user: pasted }, { agent: 'Done.' }])).not.toEqual([]);
  });
});
