import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { textWidth } from '../../client/cli/review/columns.ts';
import { renderDiffMarkdown } from '../../client/cli/render/diff-markdown.ts';
import { renderDiff } from '../../client/cli/render/diff-text.ts';
import { press } from '../../client/cli/review/press.ts';
import { runReview } from '../../client/cli/review/run-review.ts';
import type { ReviewState } from '../../client/cli/review/state.ts';
import { currentChange, excludedIds, startReview } from '../../client/cli/review/state.ts';
import { view } from '../../client/cli/review/view.ts';
import { Interrupted } from '../../client/cli/interrupts.ts';
import { Terminal } from '../../client/cli/terminal.ts';
import type { DreamsClient } from '../../client/dreams-client.ts';
import { DreamsError } from '../../domain/errors.ts';
import { dreams, useEnvironment } from './calls.ts';
import { aChange, aReview } from './review-support.ts';

/** The keys one after the other, drawn in between as the shell does. */
function pressed(state: ReviewState, keys: readonly string[], [columns, rows] = [80, 24]): ReviewState {
  return keys.reduce((now, name) => {
    const next = press(now, { name, text: Array.from(name).length === 1 ? name : '' });
    const { scroll, within } = view(next, columns ?? 80, rows ?? 24);
    return { ...next, scroll, within };
  }, state);
}

function plain(state: ReviewState, columns = 80, rows = 24): string[] {
  return view(state, columns, rows).lines.map((line) => line.replaceAll(/[\u{f0000}-\u{f00ff}]/gu, ''));
}

const mixed = () =>
  aReview(
    [
      aChange({ id: 'chg_add', path: '/a.md', after: 'New here.' }),
      aChange({ id: 'chg_move', path: '/b.md', kind: 'move', before: 'Moved.', after: 'Moved.' }),
      aChange({ id: 'chg_pattern', path: '/c.md', kind: 'pattern' }),
      aChange({ id: 'chg_retire', path: '/d.md', kind: 'retire', before: 'Old.', after: null }),
      aChange({ id: 'chg_supersede', path: '/b.md', kind: 'supersede', before: 'The API listens on port 3000.' }),
    ],
    {
      changed_files: [
        { path: '/b.md', before: '# B\n\n- The API listens on port 3000.\n', after: '# B\n\n- The API listens on port 4100.\n' },
      ],
    },
  );

describe('going through a draft', () => {
  it('begins with the risky changes and keeps the changes of a file together', () => {
    expect(mixed().changes.map((change) => change.id)).toEqual(['chg_retire', 'chg_supersede', 'chg_move', 'chg_pattern', 'chg_add']);
  });

  it('accepts, excludes and includes again, and moves on', () => {
    let state = pressed(startReview(mixed()), ['a', 'x', 'n', 'space', 'enter', 'x', 'x']);
    expect(currentChange(state)?.id).toBe('chg_add');
    expect(Object.fromEntries(state.marks)).toEqual({
      chg_retire: 'accepted',
      chg_supersede: 'excluded',
      chg_move: 'accepted',
      chg_pattern: 'accepted',
      chg_add: 'accepted',
    });
    expect(excludedIds(state)).toEqual(['chg_supersede']);
    // The answer to the last one leads to the summary.
    state = pressed(state, ['a']);
    expect(state.screen).toBe('summary');
    expect(pressed(state, ['A']).ending).toBe('approve');
  });

  it('finds the next file, the next unmarked change and one kind at a time', () => {
    const start = startReview(mixed());
    const idAfter = (...keys: string[]) => currentChange(pressed(start, keys))?.id;
    expect(idAfter('n', 'g')).toBe('chg_pattern');
    expect(idAfter('n', 'n', 'p')).toBe('chg_supersede');
    expect(idAfter('p')).toBe('chg_retire');
    expect(idAfter('a', 'end', 'u', 'u')).toBe('chg_move');
    expect(idAfter('f')).toBe('chg_retire');
    expect(plain(pressed(start, ['f', 'f']))[0]).toContain('1 of 1 · only supersede · /b.md');
    // After the last kind all of them are there again, and one stays where one was.
    expect(plain(pressed(start, ['f', 'f', 'f', 'f', 'f', 'f']))[0]).toContain('5 of 5 · /a.md');
  });

  it('asks again before it approves what nobody marked, before it rejects, and never approves nothing', () => {
    const summary = pressed(startReview(mixed()), ['a', 's']);
    const asked = pressed(summary, ['A']);
    expect([asked.ending, asked.message]).toEqual([null, '4 unmarked changes would be approved too. A again does it.']);
    expect(pressed(asked, ['A']).ending).toBe('approve');
    expect(pressed(asked, ['j', 'A']).ending).toBeNull();
    expect(pressed(summary, ['R']).ending).toBeNull();
    expect(pressed(summary, ['R', 'R']).ending).toBe('reject');
    expect(pressed(summary, ['a', 'r']).ending).toBeNull();
    const none = pressed(startReview(mixed()), ['x', 'n', 'x', 'n', 'x', 'n', 'x', 'n', 'x', 's', 'A', 'A']);
    expect([none.ending, none.message]).toEqual([null, expect.stringContaining('nothing is left to approve')]);
  });

  it('takes a note of at most 500 characters, in which every key is a letter', () => {
    const noting = pressed(startReview(mixed()), ['s', 'n', 'q', 'A', '?', 'backspace']);
    expect([noting.screen, noting.note, noting.ending]).toEqual(['note', 'qA', null]);
    expect(pressed(noting, ['enter']).screen).toBe('summary');
    expect(pressed(noting, ['escape']).note).toBe('');
    expect(plain(pressed(noting, ['enter'])).join('\n')).toMatch(/note {6}qA/);
    const full = pressed({ ...noting, note: 'x'.repeat(500) }, ['y']);
    expect([full.note.length, full.message]).toEqual([500, 'A note has at most 500 characters.']);
  });

  it('leaves with q, and with Ctrl-C from wherever one is', () => {
    expect(pressed(startReview(mixed()), ['q']).ending).toBe('leave');
    expect(pressed(startReview(mixed()), ['escape']).ending).toBe('leave');
    for (const keys of [[], ['?'], ['o'], ['s'], ['s', 'n']])
      expect(pressed(startReview(mixed()), [...keys, 'ctrl-c']).ending).toBe('interrupt');
  });
});

describe('leaving', () => {
  it('asks once where marks or a note would be lost, and another key only stays', () => {
    for (const keys of [['x'], ['x', 's'], ['s', 'n', 'z', 'enter']]) {
      const asked = pressed(startReview(mixed()), [...keys, 'q']);
      expect([asked.ending, asked.message]).toEqual([null, expect.stringContaining('The marks are lost; nothing is decided.')]);
      for (const key of ['q', 'escape']) expect(pressed(asked, [key]).ending).toBe('leave');
      expect(pressed(asked, ['ctrl-c']).ending).toBe('interrupt');
      for (const key of ['a', 'A', 'R', 'n', 'x']) {
        const stays = pressed(asked, [key]);
        expect([stays.ending, stays.screen, stays.at, stays.message, [...stays.marks]]).toEqual([
          null,
          asked.screen,
          asked.at,
          '',
          [...asked.marks],
        ]);
        // It has to be asked anew.
        expect(pressed(stays, ['q']).ending).toBeNull();
      }
    }
    expect(pressed(startReview(mixed()), ['x', 'escape']).ending).toBeNull();
    expect(pressed(startReview(mixed()), ['x', 'escape', 'q']).ending).toBe('leave');
  });
});

describe('a credential that a change would mask', () => {
  const masking = () =>
    aReview([
      aChange({ id: 'chg_plain', path: '/z.md' }),
      aChange({
        id: 'chg_mask',
        path: '/a.md',
        kind: 'rewrite',
        before: 'token: [secret removed]',
        after: 'token: [secret removed]',
        reason_code: 'secret',
        holds_credential: true,
      }),
      aChange({
        id: 'chg_gone',
        path: '/b.md',
        kind: 'retire',
        before: 'key: [secret removed]',
        after: null,
        reason_code: 'secret',
        holds_credential: true,
      }),
    ]);

  it('is said to stay when the change is left out: below the change, with the key, and before the decision', () => {
    const start = startReview(masking());
    expect(currentChange(start)?.id).toBe('chg_gone');
    expect(plain(start).join('\n')).toContain('Leaving this out keeps the credential in the store.');
    const excluded = pressed(start, ['x']);
    expect(plain(excluded, 120).join('\n')).toContain('Excluded: the credential then stays in the store as it is.');
    expect(pressed(excluded, ['x']).message).toBe('Included again.');
    const summary = (...keys: string[]) => plain(pressed(start, [...keys, 's']), 100, 40).join('\n');
    expect(summary()).not.toContain('credential');
    expect(summary('x')).toMatch(/1 credential stays in the store[^]* A /);
    expect(summary('x', 'n', 'x')).toMatch(/2 credentials stay in the store[^]* A /);
    expect(summary('x', 'n', 'x', 'x')).toContain('1 credential stays');
  });

  it('is spoken of in "dreams diff" as long as somebody can leave the change out, and where somebody did', () => {
    const sentence = 'Leaving this out keeps the credential in the store.';
    for (const render of [renderDiff, renderDiffMarkdown]) {
      expect(render(masking()).split(sentence)).toHaveLength(3);
      expect(render({ ...masking(), ends_at: null, outcome: 'committed' })).not.toContain(sentence);
      const [first] = masking().changes;
      if (first === undefined) throw new Error('no change');
      const without = (why: 'reviewer' | 'guard') => render(aReview([], { left_out: [{ ...first, why }] }));
      expect(without('reviewer')).toContain('a reviewer left it out; its credential stays in the store');
      expect(without('guard')).not.toContain('its credential');
    }
  });

  it('is not spoken of where a change takes none out', () => {
    const plainOne = pressed(startReview(masking()), ['end']);
    expect(currentChange(plainOne)?.id).toBe('chg_plain');
    expect(plain(plainOne).join('\n')).not.toContain('credential');
    const excluded = pressed(plainOne, ['x']);
    expect(excluded.message).toBe('Excluded; x again includes it.');
    expect(plain(pressed(excluded, ['s']), 100, 40).join('\n')).not.toContain('credential');
  });
});

describe('the files of a change', () => {
  const merged = () =>
    aReview(
      [
        aChange({
          id: 'chg_merge',
          kind: 'merge',
          path: '/a.md',
          before: 'Node 20.',
          after: 'Node 20 everywhere.',
          removed: [
            { path: '/a.md', text: 'Node 20.' },
            { path: '/b.md', text: 'We use Node 20.' },
            { path: '/old.md', text: 'Node is 20.' },
            { path: '/b.md', text: 'Node: 20.' },
          ],
        }),
      ],
      {
        changed_files: [
          { path: '/a.md', before: '- Node 20.\n', after: '- Node 20 everywhere.\n' },
          { path: '/b.md', before: '# B\n- We use Node 20.\n- Other.\n- Node: 20.\n', after: '# B\n- Other.\n' },
          { path: '/old.md', before: '# Old\n- Node is 20.\n', after: null },
        ],
      },
    );

  it('are gone through with o or Tab: that of the result, those that lose a line, one that goes', () => {
    const seen = (...keys: string[]) => plain(pressed(startReview(merged()), ['o', ...keys])).map((line) => line.trimEnd());
    expect(seen()[0]).toBe(' The file as it would be · file 1 of 3 · /a.md');
    expect(seen()).toContain('1 + - Node 20 everywhere.');
    for (const key of ['o', 'tab']) {
      expect(seen(key)[0]).toBe(' The file as it would be · file 2 of 3 · /b.md');
      expect(seen(key).slice(2, 6)).toEqual(['1   # B', '  - - We use Node 20.', '2   - Other.', '  - - Node: 20.']);
      expect(seen(key, key)[0]).toBe(' The file as it was; it would go · file 3 of 3 · /old.md');
      expect(seen(key, key).slice(2, 4)).toEqual(['  - # Old', '  - - Node is 20.']);
      expect(seen(key, key, key)[0]).toContain('file 1 of 3');
    }
    // The next time the first one is opened again.
    expect(seen('o', 'q', 'o')[0]).toContain('file 1 of 3');
  });

  it('of which there is only one say so', () => {
    const state = pressed(startReview(mixed()), ['n', 'o', 'o']);
    expect([state.screen, state.message]).toEqual(['file', 'The change concerns no other file; q goes back.']);
    expect(plain(state)[0]).not.toContain('file 1 of');
  });

  it('show every word of a long line, forward and back, also of one that fills more than the window', () => {
    const words = (name: string, count: number) => Array.from({ length: count }, (_, n) => `${name}${String(n)}`);
    const long = [...words('first', 300), '日本語'.repeat(60), ...words('last', 3)].join(' ');
    const text = ['# Top', long, 'between', `x${'y'.repeat(500)}z`, 'end'].join('\n');
    const review = aReview([aChange({ path: '/long.md', after: long })], {
      changed_files: [{ path: '/long.md', before: null, after: text }],
    });
    for (const [columns, rows] of [
      [80, 24],
      [60, 20],
      [20, 6],
    ] as const) {
      const size: [number, number] = [columns, rows];
      const body = (state: ReviewState) =>
        plain(state, columns, rows)
          .slice(2, -2)
          .map((line) => line.slice(4));
      let state = pressed(startReview(review), ['o'], size);
      const top: string[] = [];
      const frames: string[] = [];
      for (;;) {
        frames.push(body(state).join('\n'));
        top.push(body(state)[0] ?? '');
        const next = pressed(state, ['j'], size);
        if (next.scroll === state.scroll && next.within === state.within) break;
        state = next;
      }
      expect(top.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      const back: string[] = [];
      for (let at = 0; at < frames.length; at += 1) {
        back.unshift(body(state).join('\n'));
        state = pressed(state, ['k'], size);
      }
      expect(back).toEqual(frames);
      expect([state.scroll, state.within]).toEqual([0, 0]);
      expect(pressed(pressed(state, ['pagedown'], size), ['pageup'], size)).toMatchObject({ scroll: 0, within: 0 });
    }
    // The change's own screen sends whoever wants all of a long statement there.
    const tooLong = aReview([aChange({ path: '/long.md', after: 'word '.repeat(2_000) })]);
    expect(plain(startReview(tooLong), 200, 80).join(' ').replaceAll(/\s+/g, ' ')).toContain('at least; o opens the file');
  });
});

describe('a narrow window', () => {
  it('shows how a change is marked, whatever signs its path is made of', () => {
    for (const path of [`/${'記憶'.repeat(40)}.md`, `/${'a/'.repeat(60)}end.md`, `/${'e\u0301'.repeat(80)}.md`, `/${'🎉x'.repeat(40)}.md`])
      for (const columns of [40, 60, 61, 80]) {
        const start = startReview(aReview([aChange({ path, kind: 'retire' }), aChange({ path: '/z.md' })]));
        const head = (...keys: string[]) => plain(pressed(start, keys), columns, 20)[0] ?? '';
        expect(head()).toMatch(/^ 1 of 2 · \/.*….*\.md +unmarked $/u);
        expect(head('x')).toMatch(/ excluded $/);
        expect(head('a', 'p')).toMatch(/ accepted $/);
        expect(textWidth(head())).toBe(columns);
      }
  });

  it('says messages to their end', () => {
    const all = ['x', 'n', 'x', 'n', 'x', 'n', 'x', 'n', 'x'];
    for (const [keys, end] of [
      [['x', 'q'], 'any other key stays.'],
      [[...all, 's', 'A'], 'rejects the draft.'],
      [['s', 'z'], 'q leaves.'],
      [['o', 'z'], 'q goes back.'],
    ] as const) {
      const state = pressed(startReview(mixed()), keys, [60, 20]);
      const lines = plain(state, 60, 20);
      expect(lines).toHaveLength(20);
      expect(lines.at(-2)?.slice(-end.length)).toBe(end);
      expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toContain(state.message);
    }
    // Where there is no room even for that, one sees that something is missing.
    expect(plain(pressed(startReview(mixed()), ['x', 'q']), 20, 5).at(-2)).toMatch(/…$/);
  });
});

describe('what is seen', () => {
  it('shows before and after word by word, the reason, and each quote in its context', () => {
    const state = pressed(startReview(mixed()), ['n']);
    const marked = view(state, 100, 24).lines.join('\n');
    const text = plain(state, 100).join('\n');
    expect(text).toContain(' - The API listens on port 3000.');
    expect(text).toContain(' + The API listens on port 4100.');
    // Only the number is struck and added.
    const [removed, added] = ['removed', 'added'].map(
      (name) => new RegExp(`[\\u{f0000}-\\u{f000f}]${name === 'removed' ? '3000' : '4100'}\\u{f00ff}\\.`, 'u'),
    );
    expect(marked).toMatch(removed as RegExp);
    expect(marked).toMatch(added as RegExp);
    expect(text).toContain(' why New: 2026-10-01, the user said');
    expect(text).toContain('Moving the port, 2026-10-01, user:');
    expect(text).toContain('By the way, the API “listens on port 4100” since yesterday.');
  });

  it('opens the file at the change, with its lines marked', () => {
    const state = pressed(startReview(mixed()), ['n', 'o']);
    const text = plain(state);
    expect(text[0]).toContain('The file as it would be · /b.md');
    expect(text).toContain('  - - The API listens on port 3000.');
    expect(text).toContain('3 + - The API listens on port 4100.');
    expect(pressed(state, ['q'])).toMatchObject({ screen: 'changes', ending: null, at: 1 });
  });

  it('says in the summary what happens then', () => {
    const review = aReview(mixed().changes, {
      alias: 'agent',
      guards: [
        {
          guard: 'no-secret',
          title: 'No secret in the result',
          ok: true,
          checked: 1,
          refused: [],
          incurable: 0,
          message: '1 secret stays.',
        },
      ],
      conflicts: [{ path: '/e.md', base: 'a', ours: 'b', theirs: 'c' }],
    });
    const text = plain(pressed(startReview(review), ['x', 's']), 160, 40).join('\n');
    expect(text).toContain('retire: 0 accepted, 1 excluded');
    expect(text).toContain('No secret in the result: 1 secret stays.');
    expect(text).toContain('others changed /e.md meanwhile');
    expect(text).toContain(
      'leaves out 1 change, has the guards look at the rest, and commits 4 changes to memstore_2; the alias agent moves there',
    );
    expect(text).toContain('awaits a decision until 2026-11-30 12:00 UTC; then it is rejected');
  });

  it('fills windows of every size exactly, wide signs and escapes included', () => {
    const nasty = '日本語のテキスト🎉 \u001b[2J\u001b]0;owned\u0007 \u202e\tend '.repeat(8);
    const review = aReview(
      [
        aChange({ path: `/${nasty.slice(0, 40)}.md`, kind: 'supersede', before: nasty, after: `${nasty}!`, reason: nasty }),
        aChange({ path: '/x.md', after: 'word'.repeat(400) }),
      ],
      { changed_files: [{ path: '/x.md', before: nasty, after: `${nasty}\n${nasty}` }] },
    );
    for (const [columns, rows] of [
      [60, 20],
      [100, 30],
      [20, 6],
      [9, 3],
      [200, 60],
    ] as const)
      for (const keys of [[], ['n'], ['n', 'o'], ['s'], ['s', 'n', 'é'], ['?'], ['j', 'j', 'j', 'pagedown']]) {
        const lines = view(pressed(startReview(review), keys, [columns, rows]), columns, rows).lines;
        expect(lines).toHaveLength(rows);
        for (const line of lines) {
          expect(textWidth(line)).toBeLessThanOrEqual(columns);
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        }
      }
  });

  it('scrolls no further than the end, so that the way back is as short', () => {
    const long = startReview(aReview([aChange({ after: 'word '.repeat(600) })]));
    const end = pressed(
      long,
      Array.from({ length: 200 }, () => 'j'),
    );
    const lines = plain(end);
    expect(lines.join('\n')).toContain('chg_');
    expect(plain(pressed(end, ['k']))).not.toEqual(lines);
  });

  it('stays quick with 500 changes and with a file of 5,000 lines', () => {
    const changes = Array.from({ length: 500 }, (_, n) =>
      aChange({
        path: `/folder-${String(n % 20)}/file.md`,
        kind: (['retire', 'supersede', 'merge', 'add'] as const)[n % 4] ?? 'add',
        before: `The service number ${String(n)} listens on port ${String(3000 + n)}. ${'It has been so for long. '.repeat(8)}`,
        after:
          n % 4 === 0
            ? null
            : `The service number ${String(n)} listens on port ${String(4000 + n)}. ${'It has been so for long. '.repeat(8)}`,
      }),
    );
    const lines = Array.from({ length: 5_000 }, (_, n) => `- line ${String(n)}`);
    const review = aReview(changes, {
      changed_files: Array.from({ length: 20 }, (_, n) => ({
        path: `/folder-${String(n)}/file.md`,
        before: lines.join('\n'),
        after: lines.map((line, at) => (at % 50 === 0 ? `${line} changed` : line)).join('\n'),
      })),
    });
    let state = startReview(review);
    const took: number[] = [];
    for (const name of [...Array.from({ length: 499 }, () => 'a'), 's', 'b', 'u', 'o', 'n', 'n', 'pagedown', 'q', 'f', 'g', 's']) {
      const from = performance.now();
      state = press(state, { name, text: '' });
      const { scroll } = view(state, 120, 50);
      took.push(performance.now() - from);
      state = { ...state, scroll };
    }
    expect(state.marks.size).toBe(499);
    took.sort((a, b) => b - a);
    // The slowest one finds the lines of a file for the first time; other tests may hold the cores for a moment.
    expect(took[0]).toBeLessThan(500);
    expect(took[10]).toBeLessThan(50);
  });
});

/** A terminal that remembers what was drawn and can be typed into. */
function fakeTerminal(columns = 80, rows = 24) {
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    raw: [] as boolean[],
    setRawMode: (on: boolean) => void stdin.raw.push(on),
  });
  const written = { stdout: '', stderr: '' };
  let resized: (() => void) | undefined;
  const stdout = {
    isTTY: true,
    columns,
    rows,
    write: (text: string) => void (written.stdout += text),
    on: (_: 'resize', listener: () => void) => (resized = listener),
    off: () => (resized = undefined),
  };
  const terminal = new Terminal({ stdout, stderr: { write: (text: string) => void (written.stderr += text) } });
  return {
    stdin,
    written,
    terminal,
    resize: (to: { columns: number; rows: number }) => {
      Object.assign(stdout, to);
      resized?.();
    },
    isListening: () => resized !== undefined,
    lastFrame: () =>
      written.stdout
        .split('\u001b[H')
        .at(-1)
        ?.split('\u001b[?25h')[0]
        ?.replaceAll(/\u001b\[[0-9;?]*[a-zA-Z]/g, '') ?? '',
  };
}

function clientOf(parts: Partial<DreamsClient>): DreamsClient {
  return parts as DreamsClient;
}

describe('the shell around it', () => {
  it('draws, takes keys, redraws when resized, decides, and leaves the terminal as it was', async () => {
    const screen = fakeTerminal();
    const review = mixed();
    const decideDream = vi.fn<(id: string, decision: unknown) => Promise<never>>((_, decision) => Promise.resolve(decision as never));
    const done = runReview(
      clientOf({ reviewDream: () => Promise.resolve(review), decideDream }),
      'drm_1',
      screen.terminal,
      screen.stdin,
      new AbortController().signal,
    );
    await vi.waitFor(() => expect(screen.lastFrame()).toContain('1 of 5 · /d.md'));
    expect(screen.stdin.raw).toEqual([true]);
    screen.stdin.write('x');
    screen.stdin.write('\u001b[C');
    await vi.waitFor(() => expect(screen.lastFrame()).toContain('2 of 5'));
    screen.resize({ columns: 60, rows: 20 });
    const frame = screen.lastFrame().split('\r\n');
    expect([frame.length, frame[0]?.length]).toEqual([20, 60]);
    screen.stdin.write('aaaa');
    await vi.waitFor(() => expect(screen.lastFrame()).toContain('A approve'));
    screen.stdin.write('nfine\rA');
    await done;
    expect(decideDream).toHaveBeenCalledExactlyOnceWith('drm_1', {
      verdict: 'approve',
      digest: review.digest,
      exclude: ['chg_retire'],
      note: 'fine',
      by: expect.any(String) as string,
    });
    expect(screen.written.stdout.startsWith('\u001b[?1049h')).toBe(true);
    expect(screen.written.stdout.endsWith('\u001b[?7h\u001b[?25h\u001b[?1049l')).toBe(true);
    expect([screen.stdin.raw, screen.stdin.isPaused(), screen.isListening()]).toEqual([[true, false], true, false]);
  });

  it('leaves without a decision, says how to come back and what was excluded', async () => {
    const screen = fakeTerminal();
    const decideDream = vi.fn<() => Promise<never>>();
    const done = runReview(
      clientOf({ reviewDream: () => Promise.resolve(mixed()), decideDream }),
      'drm_1',
      screen.terminal,
      screen.stdin,
      new AbortController().signal,
    );
    screen.stdin.write('xqq');
    expect(await done).toBeNull();
    expect(decideDream).not.toHaveBeenCalled();
    expect(screen.written.stderr).toContain('Nothing was decided.');
    expect(screen.written.stderr).toContain('Come back with: dreams review drm_1');
    expect(screen.written.stderr).toContain(`dreams approve drm_1 --digest ${'ab'.repeat(6)} --exclude chg_retire`);
  });

  it('shows the draft again when it changed meanwhile, with what was said about changes that read the same', async () => {
    const screen = fakeTerminal();
    const [first, second] = [
      mixed(),
      aReview([...mixed().changes.slice(0, 2), aChange({ id: 'chg_late', path: '/z.md' })], { digest: 'cd'.repeat(32) }),
    ];
    const reviews = [first, second];
    const decideDream = vi
      .fn<(id: string, decision: { digest?: string; exclude?: string[] }) => Promise<never>>()
      .mockRejectedValueOnce(new DreamsError('draft_changed', 'It is another one.'))
      .mockResolvedValueOnce({ verdict: 'approve' } as never);
    const done = runReview(
      clientOf({ reviewDream: () => Promise.resolve(reviews.shift() ?? second), decideDream }),
      'drm_1',
      screen.terminal,
      screen.stdin,
      new AbortController().signal,
    );
    screen.stdin.write('xsAA');
    await vi.waitFor(() => expect(screen.lastFrame()).toContain('The draft changed meanwhile'));
    expect(screen.lastFrame()).toContain('1 of 3');
    expect(screen.lastFrame()).toContain('0 accepted · 1 excluded · 2 unmarked');
    screen.stdin.write('sAA');
    await done;
    expect(decideDream.mock.calls.map(([, { digest, exclude }]) => [digest, exclude])).toEqual([
      [first.digest, ['chg_retire']],
      [second.digest, ['chg_retire']],
    ]);
  });

  it('restores the terminal after Ctrl-C, a signal, an error and the end of the input', async () => {
    const start = (parts: Partial<DreamsClient> = {}) => {
      const screen = fakeTerminal();
      const controller = new AbortController();
      const client = clientOf({ reviewDream: () => Promise.resolve(mixed()), ...parts });
      return { screen, controller, done: runReview(client, 'drm_1', screen.terminal, screen.stdin, controller.signal) };
    };
    const restored = ({ written, stdin }: ReturnType<typeof fakeTerminal>) => [written.stdout.endsWith('\u001b[?1049l'), stdin.raw.at(-1)];
    const listeners = process.listenerCount('exit');

    const interrupted = start();
    interrupted.screen.stdin.write('\u0003');
    await expect(interrupted.done).rejects.toBeInstanceOf(Interrupted);
    expect(restored(interrupted.screen)).toEqual([true, false]);

    const signaled = start();
    await vi.waitFor(() => expect(signaled.screen.lastFrame()).toContain('1 of 5'));
    signaled.controller.abort(new Interrupted('SIGTERM'));
    await expect(signaled.done).rejects.toMatchObject({ exitCode: 143 });
    expect(signaled.screen.written.stderr).toContain('Nothing was decided.');
    expect(restored(signaled.screen)).toEqual([true, false]);

    const failed = start({ decideDream: () => Promise.reject(new DreamsError('already_decided', 'Somebody was quicker.')) });
    failed.screen.stdin.write('sAA');
    await expect(failed.done).rejects.toThrow('Somebody was quicker.');
    expect(restored(failed.screen)).toEqual([true, false]);

    const ended = start();
    ended.screen.stdin.end();
    expect(await ended.done).toBeNull();
    expect(restored(ended.screen)).toEqual([true, false]);
    expect(process.listenerCount('exit')).toBe(listeners);
  });
});

it('points elsewhere where there is no terminal', async () => {
  useEnvironment();
  expect(await dreams('review', 'drm_1')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      'error: A review needs a terminal to show the changes on and to read keys from.\n' +
      'hint: Without one: "dreams diff drm_1", then "dreams approve drm_1 --digest ..." or "dreams reject drm_1".\n',
  });
});
