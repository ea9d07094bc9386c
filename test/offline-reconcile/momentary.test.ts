// Notes of the store that served one moment, told from those that hold.
import { describe, expect, it } from 'vitest';
import { isMomentaryNote, oneOff } from '../../engines/offline/reconcile/momentary.ts';

const note = (text: string): Parameters<typeof isMomentaryNote>[0] => ({ text, kind: 'item' });

describe('isMomentaryNote', () => {
  it.each(['the badge printer is broken', 'no idea what the sidecar does', 'pr 512 needs a second look'])(
    'takes "%s" for a note of a moment',
    (text) => expect(isMomentaryNote(note(text))).toBe(true),
  );
  it.each(['The export runs on Mondays', 'Never restart the broker by hand', 'Invoices are due on the 9th of each month'])(
    'keeps "%s"',
    (text) => expect(isMomentaryNote(note(text))).toBe(false),
  );
});

describe('oneOff', () => {
  it('retires a rule that an aside limits to one event', () => {
    expect(oneOff(note('always copy the vendor (just for the June outage)'))).toContain('one occasion');
    expect(oneOff(note('Never move the logo (Ines said so on the Monday the film crew came)'))).toContain('one occasion');
  });
  it('keeps a rule whose aside gives its reason or speaks of every such event', () => {
    expect(oneOff(note('always copy the vendor (the contract asks for it)'))).toBeNull();
    expect(oneOff(note('copy the vendor (only for outages)'))).toBeNull();
  });
});
