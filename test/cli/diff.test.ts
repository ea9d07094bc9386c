import { expect, it } from 'vitest';
import { diffLines } from '../../client/cli/render/diff-lines.ts';
import { renderDiffMarkdown } from '../../client/cli/render/diff-markdown.ts';
import { renderDiff } from '../../client/cli/render/diff-text.ts';
import { diffWords } from '../../client/cli/render/diff-words.ts';
import { Terminal } from '../../client/cli/terminal.ts';
import { facade } from '../client/support.ts';
import { seedDream, seedStore } from '../support/seeds.ts';
import { dreams, useEnvironment } from './calls.ts';
import { aChange, aReview } from './review-support.ts';

const nasty = [
  '- item',
  '# heading',
  '1. first',
  '```\nfence\n````',
  '`code` *bold* _it_ ~~no~~',
  '[link](http://evil.example) ![image](http://evil.example/x.png)',
  '<b onclick="x">html</b> <!-- comment -->',
  '| a | b |',
  '> quote',
  '@alice #12 &amp; $x$ \\',
  '---',
];

/** The document without its fenced blocks, and what stands in those. */
function parts(markdown: string): { prose: string[]; fenced: string[] } {
  const [prose, fenced]: [string[], string[]] = [[], []];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const opens = /^(`{3,})diff$/.exec(line)?.[1];
    if (fence === null && opens !== undefined) fence = opens;
    else if (fence === line) fence = null;
    else (fence === null ? prose : fenced).push(line);
  }
  expect(fence).toBeNull();
  return { prose, fenced };
}

/** What is left of a line once escapes, code and our own comments are gone: the signs that Markdown would obey. */
function obeyed(line: string): string {
  return line
    .replaceAll(/\\[\\`*_[\]<>|~&$#+=.)-]/g, '')
    .replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '')
    .replaceAll('<!-- -->', '')
    .replaceAll(/[^\\`*_[\]<>|~&$]/g, '');
}

it('writes Markdown that foreign text can neither format nor break', () => {
  const about = (text: string) => {
    const [item] = aChange().evidence;
    if (item?.type !== 'event') throw new Error('no event');
    const evidence = [{ ...item, quote: text, session_title: text, context: { before: text, after: text } }];
    const path = `/a${text.replaceAll('\n', ' ')}.md`;
    return parts(
      renderDiffMarkdown(
        aReview([aChange({ id: 'chg_1', path, kind: 'supersede', before: text, after: `${text}!`, reason: text, evidence })]),
      ),
    );
  };
  const harmless = about('words');
  for (const text of nasty) {
    const { prose, fenced } = about(text);
    expect([text, prose.map(obeyed)]).toEqual([text, harmless.prose.map(obeyed)]);
    // Nothing of it begins a heading, a list or a quote; outside of code it calls nobody and names no issue.
    for (const line of prose) {
      if (line.startsWith('> ')) expect(line).not.toMatch(/^> ([-+#>=]|\d+[.)])/);
      if (!line.startsWith('## `')) expect(line).not.toMatch(/@[a-z]|#\d/);
    }
    expect(fenced).toEqual([...text.split('\n').map((line) => `- ${line}`), ...`${text}!`.split('\n').map((line) => `+ ${line}`)]);
  }
});

it('says in Markdown what changed, why, who said it, and what the guards said', () => {
  const review = aReview([aChange({ kind: 'supersede', before: 'The API listens on port 3000.' })], {
    totals: { supersede: 1 },
    guards: [
      { guard: 'no-secret', title: 'No secret in the result', ok: true, checked: 1, refused: [], incurable: 0, message: '1 secret stays.' },
    ],
  });
  const markdown = renderDiffMarkdown(review);
  expect(markdown).toContain('# Draft 1 of the dream `drm_1`');
  expect(markdown).toContain('| supersede | 1 (replaced by what holds now) |');
  expect(markdown).toContain('```diff\n- The API listens on port 3000.\n+ The API listens on port 4100.\n```');
  expect(markdown).toContain('> By the way, the API **“listens on port 4100”** since yesterday.\n>\n> — Moving the port, 2026-10-01, user');
  expect(markdown).toContain('- Note: No secret in the result: 1 secret stays.');
});

it('marks words on a terminal and lets nothing pass that one would obey', () => {
  const review = aReview([
    aChange({
      kind: 'supersede',
      before: 'Version 4.2.0 is out.',
      after: 'Version 4.3.0 is out.',
      reason: 'So it \u001b]0;owned\u0007 is.\u{f0000}',
    }),
  ]);
  const write = (isTTY: boolean): string => {
    let written = '';
    new Terminal({ stdout: { isTTY, write: (text: string) => (written += text) }, stderr: { write: () => undefined } }).result(
      renderDiff(review),
    );
    return written;
  };
  const colored = write(true);
  expect(colored).toContain('Version \u001b[31m\u001b[9m4.2.0\u001b[29m\u001b[39m is out.');
  expect(colored).toContain('Version \u001b[32m\u001b[1m4.3.0\u001b[22m\u001b[39m is out.');
  expect(colored).toContain('So it ␛]0;owned␇ is.');
  expect(write(false).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

it('tells words apart in every script and gives both texts back whole', () => {
  const pairs: [string, string][] = [
    ['Deploys go out on Tuesdays.', 'Deploys go out on Fridays.'],
    ['', 'new'],
    ["don't use 10.0.0.1:80", "don't use 10.0.0.2:80"],
    ['毎週火曜日に公開します', '毎週金曜日に公開します'],
    ['one\ntwo  three', 'one\ntwo three'],
    ['a '.repeat(3_000), 'b '.repeat(3_000)],
  ];
  for (const [before, after] of pairs) {
    const diff = diffWords(before, after);
    expect(diff.before.map((piece) => piece.text).join('')).toBe(before);
    expect(diff.after.map((piece) => piece.text).join('')).toBe(after);
  }
  const changed = (before: string, after: string) =>
    diffWords(before, after)
      .after.filter((piece) => piece.changed)
      .map((piece) => piece.text);
  expect(changed(...(pairs[0] ?? ['', '']))).toEqual(['Fridays']);
  expect(changed(...(pairs[2] ?? ['', '']))).toEqual(['10.0.0.2:80']);
  expect(changed(...(pairs[3] ?? ['', '']))).toEqual(['金']);
});

it('finds the lines of two files that have nothing in common without delay', () => {
  const strangers = ['x', 'y'].map((word) => Array.from({ length: 20_000 }, (_, n) => `${word}${String(n)}`).join('\n'));
  const from = performance.now();
  expect(diffLines(strangers[0] ?? '', strangers[1] ?? '')).toHaveLength(40_000);
  expect(performance.now() - from).toBeLessThan(2_000);
});

it('ends with exit code 3 and a sentence where there is no dream or no draft', async () => {
  const { url, database } = await facade({ address: null });
  useEnvironment({ DATABASE_URL: url });
  const id = await seedDream(database, { storeId: await seedStore(database, {}), sessionIds: [] });
  expect(await dreams('diff', id, '--json')).toMatchObject({
    exitCode: 3,
    stdout: '',
    stderr: `{"error":{"code":"not_found","message":"The dream ${id} has no draft yet; it is at pending.","hint":"Watch it: \\"dreams watch ${id}\\"."}}\n`,
  });
  expect(await dreams('diff', 'drm_1')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('There is no dream drm_1') as string,
  });
  expect(await dreams('diff', id, '--json', '--markdown')).toMatchObject({ exitCode: 2 });
});
