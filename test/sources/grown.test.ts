import { expect, test } from 'vitest';
import { readSources } from '../../sources/detect.ts';
import { newEvents } from '../../sources/grown.ts';
import { makeEvent, textContent, type ImportedEvent } from '../../sources/source.ts';
import { transcript } from './build.ts';

const events = (...texts: string[]): ImportedEvent[] =>
  texts.map((text) => makeEvent('user.message', { content: textContent(text) }, null, null));

test('a session imported again brings nothing, and so does an older copy of it', () => {
  const stored = events('a', 'b', 'c');
  expect(newEvents(stored, events('a', 'b', 'c'))).toEqual({ kind: 'same' });
  expect(newEvents(stored, events('a', 'b'))).toEqual({ kind: 'same' });
});

test('a session that grew brings its new events only', () => {
  expect(newEvents(events('a'), events('a', 'b', 'a'))).toEqual({ kind: 'grew', events: events('b', 'a') });
  expect(newEvents([], events('a'))).toEqual({ kind: 'grew', events: events('a') });
});

test('a session that tells another story says where, and which events are not stored, each repetition answered once', () => {
  const growth = newEvents(events('a', 'ok', 'c'), events('a', 'x', 'ok', 'ok', 'c'));
  expect(growth).toEqual({ kind: 'diverged', at: 1, events: events('x', 'ok') });
});

test('a Claude Code file that was written on grows by exactly the lines that came after', () => {
  const t = transcript();
  t.user('one');
  t.assistant([{ type: 'text', text: 'two' }], {}, { id: 'msg_1' });
  const before = readSources([t.file('a.jsonl')]).sessions[0];
  t.assistant(
    [
      { type: 'text', text: 'two' },
      { type: 'text', text: 'three' },
    ],
    {},
    { id: 'msg_2' },
  );
  t.user('four');
  const after = readSources([t.file('a.jsonl')]).sessions[0];
  expect(after?.firstEventSha256).toBe(before?.firstEventSha256);
  const growth = newEvents(before?.events ?? [], after?.events ?? []);
  expect(growth.kind === 'grew' && growth.events.map((event) => event.type)).toEqual(['agent.message', 'user.message']);
});
