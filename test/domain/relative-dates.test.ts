import { describe, expect, it } from 'vitest';
import { findRelativeDates } from '../../domain/relative-dates.ts';

const found = (text: string): string[] => findRelativeDates(text).map(({ start, end }) => text.slice(start, end));

describe('findRelativeDates', () => {
  it.each([
    ['The API moved yesterday.', 'yesterday'],
    ['Today we switched to pnpm.', 'Today'],
    ['- Tomorrow: the demo', 'Tomorrow'],
    ['The freeze ends tonight', 'tonight'],
    ['Decided last week to drop it.', 'last week'],
    ['The release is next Monday.', 'next Monday'],
    ['It broke this morning', 'this morning'],
    ['We hire next quarter', 'next quarter'],
    ['Ada left last March.', 'last March'],
    ['The outage was 3 days ago.', '3 days ago'],
    ['Changed a few weeks ago', 'a few weeks ago'],
    ['an hour ago it failed', 'an hour ago'],
    ['The audit is in two weeks.', 'in two weeks'],
    ['We meet in 3 days', 'in 3 days'],
    ['The other day it failed.', 'The other day'],
    ['the day before yesterday', 'the day before yesterday'],
    ["today's default is 8080", 'today'],
    ['The deadline is a month from now', 'a month from now'],
    ['1. Today the port changed', 'Today'],
    ['**Today** the port changed', 'Today'],
    ['earlier this week', 'earlier this week'],
  ])('finds it in %j', (text, phrase) => {
    expect(found(text)).toEqual([phrase]);
  });

  it.each([
    'The site runs on Next.js 15.',
    'Take the next step, then the next one.',
    'The last week of each month is a freeze.',
    'We meet on the last Friday of the month.',
    'The token expires in 30 days.',
    'Keys rotate in 90 days.',
    'Keep logs for 30 days.',
    'Backups run daily, reports on Mondays.',
    'The API moved on 2026-03-03.',
    'Run `date -d yesterday` first.',
    'The word "today" is parsed as a date.',
    'The button says ‘Now’.',
    'Open the Today tab.',
    'Call isToday() or read last_week.csv and /today/report.',
    'She reads USA Today.',
    'The current default is 8080; recently it grew.',
    'Alert at five errors in the last 10 minutes.',
    "The parser turns 'yesterday' into a date.",
    '```\nyesterday\n```',
    'Retry in 5 minutes.',
    'Twice in 3 weeks it failed.',
    'In the nightly build, this is skipped.',
    'May is the month of the audit.',
  ])('finds nothing in %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('gives every phrase in order, none overlapping', () => {
    expect(found('Yesterday and last week, then 2 days ago; tomorrow is next.')).toEqual([
      'Yesterday',
      'last week',
      '2 days ago',
      'tomorrow',
    ]);
  });

  it('reads long lines in linear time', () => {
    const started = performance.now();
    for (const unit of ['last ', 'in two ', '"', '`', "'a", 'the day ', '1 ']) findRelativeDates(unit.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
