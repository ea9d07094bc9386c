import { wrapRow } from './columns.ts';

const keys: [string, string][] = [
  ['a, Enter, Space', 'accept this change, go on'],
  ['x', 'leave this change out; again: take it in'],
  ['n, p, arrows', 'next change, the one before'],
  ['Home, End', 'first change, last change'],
  ['g', 'first change of the next file'],
  ['u', 'next unmarked change: neither accepted nor excluded'],
  ['f', 'only one kind of change; again: the next kind, then all'],
  ['j, k, PageDown, PageUp', 'scroll what does not fit'],
  ['o', 'open the whole file, changed lines marked; again: the next file that the change takes from; q goes back'],
  ['s', 'summary: there you approve, reject or add a note'],
  ['q', 'leave; nothing is decided, and it asks again where marks would be lost'],
];

export function helpBody(columns: number): string[] {
  return [
    ...keys.flatMap(([key, what]) => wrapRow(` ${key.padEnd(24)}`, [{ text: what }], columns)),
    '',
    ...wrapRow(
      ' ',
      [
        {
          text: 'The risky changes come first: what takes away or replaces, patterns, open conflicts. Nothing is decided before the summary.',
        },
      ],
      columns,
    ),
  ];
}
