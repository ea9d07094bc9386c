import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { childEnvironment } from '../../config/environment.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Both cases begin with the same words in a session of the same id, as two variants of one case would. */
const greeting = { id: 'e1', role: 'user', time: '2026-10-01T09:00:00Z', text: 'Good morning, let us look at the billing service.' };
const shared = [{ path: 'notes.md', content: '# Notes\n\n- The billing service listens on port 3000.\n- Deploys go out on Tuesdays.\n' }];
const hidden = { questions: [{ id: 'q1', q: 'HIDDEN-QUESTION', answer: 'HIDDEN-ANSWER' }], gold: { facts: ['HIDDEN-GOLD'] } };

const cases = {
  alpha: {
    name: 'alpha',
    source: 'HIDDEN-SOURCE',
    memory_store: shared,
    ...hidden,
    sessions: [
      {
        id: 's1',
        title: 'Port',
        created_at: '2026-10-01T09:00:00Z',
        events: [
          greeting,
          { id: 'e2', role: 'user', time: '2026-10-01T09:01:00Z', text: 'The billing service listens on port 4100 now.' },
          { id: 'e3', role: 'user', time: '2026-10-01T09:02:00Z', text: 'Always round invoices to whole cents.' },
        ],
      },
      {
        id: 's2',
        title: 'Habits',
        created_at: '2026-10-02T09:00:00Z',
        events: [{ id: 'e1', role: 'user', time: '2026-10-02T09:00:00Z', text: 'Always run the linter before you commit.' }],
      },
    ],
  },
  beta: {
    name: 'beta',
    memory_store: shared,
    ...hidden,
    sessions: [
      {
        id: 's1',
        title: 'Port',
        created_at: '2026-10-01T09:00:00Z',
        events: [greeting, { id: 'e2', role: 'user', time: '2026-10-01T09:01:00Z', text: 'The billing service listens on port 5200 now.' }],
      },
    ],
  },
};

/** Enough to be dreamed over for a while beside the others: the same few matters, said again and changed from session to session. */
const generated = {
  name: 'gamma',
  memory_store: shared,
  ...hidden,
  sessions: Array.from({ length: 8 }, (_, day) => {
    const date = `2026-10-${String(day + 1).padStart(2, '0')}`;
    const texts = ['billing', 'search', 'mail', 'report'].flatMap((name, place) => [
      `The ${name} service listens on port ${String(5000 + 100 * place + day)} now.`,
      `Always run the ${name} tests before you deploy the ${name} service.`,
      `What does the ${name} service log when it starts?`,
    ]);
    const events = [greeting.text, ...texts].map((text, index) => ({
      id: `e${String(index + 1)}`,
      role: 'user',
      time: `${date}T09:${String(index).padStart(2, '0')}:00Z`,
      text,
    }));
    return { id: `s${String(day + 1)}`, title: `Day ${String(day + 1)}`, created_at: `${date}T09:00:00Z`, events };
  }),
};

interface Source {
  session?: string;
  event?: string;
  memory?: string;
  quote: string;
  anchor: string;
}
interface Store {
  memories: { path: string; content: string; provenance: Source[] }[];
}
interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

let folder: string;
let out: string;
let run: Run;
let outAtOnce: string;
let runAtOnce: Run;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'driver-test-'));
  // PostgreSQL of a test run by root has an account of its own, which must reach the driver's folder in here.
  chmodSync(folder, 0o711);
  out = join(folder, 'out');
  const input = join(folder, 'cases');
  mkdirSync(input);
  mkdirSync(out);
  writeFileSync(join(input, 'alpha.json'), JSON.stringify(cases.alpha));
  writeFileSync(join(input, 'beta.json.gz'), gzipSync(JSON.stringify(cases.beta)));
  writeFileSync(join(input, 'broken.json'), '{"name": "broken", "sessions": [');
  writeFileSync(join(input, 'gamma.json'), JSON.stringify(generated));
  writeFileSync(join(input, 'README.txt'), 'not a case');
  writeFileSync(join(out, 'broken.json'), '"the answer of an earlier run"');
  outAtOnce = join(folder, 'out-at-once');
  const noScorer = ['--scorers', join(folder, 'nowhere')];
  run = await driver([input, '--out', out, '--jobs', '1', ...noScorer]);
  runAtOnce = await driver([input, '--out', outAtOnce, '--jobs', '4', ...noScorer]);
  return () => rmSync(folder, { recursive: true, force: true });
}, 240_000);

async function driver(args: string[]): Promise<Run> {
  const env = childEnvironment({ DATABASE_URL: undefined, TEMPORAL_ADDRESS: undefined, OPEN_DREAMS_DATA: undefined, TMPDIR: folder });
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'evals', 'main.ts'), ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
  ]);
  return { code, stdout, stderr };
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  let all = '';
  for await (const chunk of stream) all += String(chunk);
  return all;
}

function storeOf(name: string): Store {
  return JSON.parse(readFileSync(join(out, `${name}.json`), 'utf8')) as Store;
}

describe('the evaluation driver, over a folder with three cases and a broken one', () => {
  it('writes a store for each case that can be read, and none for the broken one, not even an old one', () => {
    expect(readdirSync(out).sort()).toEqual(['alpha.json', 'beta.json', 'gamma.json']);
  });

  it('goes on after the broken case, says what is wrong with it, and ends with exit code 1', () => {
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/^\[3\/4\] broken: failed after \d+\.\d s: The file is not JSON\.$/m);
    expect(run.stderr).toMatch(/^\[4\/4\] gamma: \d+\.\d s, 8 sessions, \d+ facts, \d+ changes$/m);
    expect(run.stdout).toMatch(/^alpha +2 +4 +\d+ +\d+ +\d+ /m);
    expect(run.stdout).toMatch(/^beta +1 +2 +\d+ /m);
    expect(run.stdout).toMatch(/^broken +failed: /m);
    expect(run.stdout).toMatch(/^3 of 4 cases in \d+\.\d s, 1 at once/m);
  });

  it('writes the same bytes and the same rows with four dreams at once', () => {
    expect([runAtOnce.code, readdirSync(outAtOnce).sort()]).toEqual([1, readdirSync(out).sort()]);
    for (const name of ['alpha', 'beta', 'gamma'])
      expect(readFileSync(join(outAtOnce, `${name}.json`), 'utf8')).toBe(readFileSync(join(out, `${name}.json`), 'utf8'));
    expect(storeOf('gamma').memories.length).toBeGreaterThan(1);
    // The broken one is done before the others have dreamed, and has its row in its place all the same.
    expect(runAtOnce.stderr).toMatch(/^\[1\/4\] broken: failed after /m);
    expect(runAtOnce.stdout.match(/^(?:alpha|beta|broken|gamma) /gm)).toEqual(['alpha ', 'beta ', 'broken ', 'gamma ']);
    expect(runAtOnce.stdout).toMatch(/^3 of 4 cases in \d+\.\d s, 4 at once/m);
  });

  it('says in a sentence why there are no scores, and does not fail for that', () => {
    expect(run.stdout).toMatch(/^No scores: .* holds no run_all\.py; --scorers names the folder that does\.$/m);
  });

  it.each(['alpha', 'beta'] as const)(
    'gives each quote of %s as it stands in the event that it names, and each anchor as it stands in the memory',
    (name) => {
      const { memories } = storeOf(name);
      const events = new Map(
        cases[name].sessions.flatMap((session) => session.events.map((event) => [`${session.id} ${event.id}`, event.text])),
      );
      const sources = memories.flatMap((memory) => memory.provenance.map((source) => ({ memory, source })));
      expect(sources.some(({ source }) => source.session === 's1' && source.event === 'e2')).toBe(true);
      for (const { memory, source } of sources) {
        expect(memory.content).toContain(source.anchor);
        if (source.session === undefined) expect(shared.find((file) => file.path === source.memory)?.content).toContain(source.quote);
        else expect(events.get(`${source.session} ${source.event ?? ''}`)).toContain(source.quote);
      }
    },
  );

  it('keeps the cases apart, although their sessions have the same id and the same beginning', () => {
    const words = (name: string) =>
      storeOf(name)
        .memories.map((memory) => memory.content)
        .join('\n');
    expect(words('alpha')).toContain('4100');
    expect(words('alpha')).toContain('cents');
    expect(words('alpha')).not.toContain('5200');
    expect(words('beta')).toContain('5200');
    expect(words('beta')).not.toMatch(/4100|linter|cents/);
  });

  it('lets nothing of gold, questions or source through', () => {
    expect(JSON.stringify([storeOf('alpha'), storeOf('beta'), storeOf('gamma'), run, runAtOnce])).not.toContain('HIDDEN');
  });

  it('leaves nothing behind: no process, no folder', () => {
    expect(readdirSync(folder).filter((name) => name.startsWith('open-dreams-'))).toEqual([]);
    expect(
      execFileSync('ps', ['-ww', '-eo', 'args'], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => line.includes(folder)),
    ).toEqual([]);
  });
});

describe('the evaluation driver, asked for what cannot be', () => {
  it('says that a folder holds no case, starts nothing, and ends with an exit code of its own', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'driver-test-'));
    onTestFinished(() => rmSync(empty, { recursive: true }));
    const { code, stderr } = await driver([empty, '--out', out]);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/holds no case.*\nhint: .*\.json\.gz/)]);
  });

  it('says that --out and --earlier must not be one folder', async () => {
    const { code, stderr } = await driver([folder, '--out', out, '--earlier', out]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('The folders of --out and --earlier are the same.')]);
  });

  it('says that --out is missing', async () => {
    const { code, stderr } = await driver([folder]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--out')]);
    expect(existsSync(join(folder, 'undefined'))).toBe(false);
  });
});
