import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReplayedRun } from '../../client/replay-dreams.ts';
import { recordedHistories } from '../histories/read.ts';
import { historiesFolder } from '../histories/save.ts';
import { replayFolder } from '../support/replay-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tenMinutes = 600_000;

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

let folder: string;
let project: string;
let data: string;
let packed: string[];
let demo: Run;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'package-test-'));
  [project, data] = [join(folder, 'project'), join(folder, 'data')];
  for (const made of [project, data]) mkdirSync(made);
  // PostgreSQL of a test run by root has an account of its own, which must reach the data folder.
  for (const passed of [folder, data]) chmodSync(passed, 0o711);
  await succeed('npm', ['pack', '--pack-destination', folder], root);
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'none');
  packed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((name) => name.replace(/^package\//, ''));
  await succeed('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], project);
  // What only a checkout may use: had the package to compile something, it would fail now.
  for (const tool of ['tsx', 'typescript']) rmSync(join(project, 'node_modules', tool), { recursive: true, force: true });
  demo = await run('npx', ['dreams', 'demo', '--data', data], project);
  return () => rmSync(folder, { recursive: true, force: true });
}, tenMinutes);

async function succeed(command: string, args: string[], cwd: string): Promise<void> {
  const { code, stderr } = await run(command, args, cwd);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(code)}: ${stderr.slice(-2_000)}`);
}

async function run(command: string, args: string[], cwd: string): Promise<Run> {
  const child = spawn(command, args, { cwd, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
  ]);
  return { code, stdout, stderr };
}

/** Without servers of somebody else, and without what an `npm test` around this tells its children about our own folder. */
function environment(): NodeJS.ProcessEnv {
  const dropped =
    /^(?:DATABASE_URL|TEMPORAL_ADDRESS|OPEN_DREAMS_DATA|INIT_CWD|NODE_OPTIONS|npm_(?:lifecycle|package|command|config_local_prefix).*)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !dropped.test(name)));
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  let all = '';
  for await (const chunk of stream) all += String(chunk);
  return all;
}

describe('the package', () => {
  it('holds compiled code, the workflow bundle, the migrations, the example and what gets the server, and nothing else', () => {
    const expected =
      /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|bin\/dreams\.js|dist\/workflow-bundle\.js|dist\/db\/migrations\/(?:\d{4}_[\w-]+\.sql|meta\/_journal\.json)|dist\/(?:domain|engines|db|sources|activities|workflows|workers|client|config)\/[\w./-]+\.js|examples\/[\w./-]+|temporal-dev\.sh|temporal-dev\/[\w.-]+)$/;
    expect(packed.filter((name) => !expected.test(name))).toEqual([]);
    for (const name of [
      'dist/workflow-bundle.js',
      'dist/workers/main.js',
      'dist/client/cli/main.js',
      'dist/engines/offline/thread.js',
      'dist/db/migrations/meta/_journal.json',
      'temporal-dev/go.sum',
      'LICENSE',
      'README.md',
    ])
      expect(packed).toContain(name);
    expect(packed.filter((name) => name.endsWith('.sql'))).toHaveLength(
      readdirSync(join(root, 'db', 'migrations')).filter((name) => name.endsWith('.sql')).length,
    );
  });

  it('names no folder of the machine that built it', () => {
    const installed = join(project, 'node_modules', 'open-dreams');
    const naming = packed.filter((name) => !name.endsWith('/') && readFileSync(join(installed, name)).includes(root));
    const bundle = readFileSync(join(installed, 'dist', 'workflow-bundle.js'), 'utf8');
    const map = Buffer.from(bundle.slice(bundle.lastIndexOf(';base64,') + ';base64,'.length), 'base64').toString();
    expect([naming, map.includes('workflows/dream.ts'), map.includes(root)]).toEqual([[], true, false]);
  });
});

describe('the package, installed in an empty folder', () => {
  it('dreams over its example and lists what changed with its evidence', () => {
    expect(demo).toMatchObject({ code: 0 });
    expect(demo.stdout).toMatch(/^drm_\w+ +completed \(committed\)$/m);
    expect(demo.stdout).toMatch(/^\/notes\/[\w-]+\.md$/m);
    expect(demo.stdout).toMatch(/^ +supersede|^ +merge|^ +retire/m);
    expect(demo.stdout).toMatch(/^ +why: /m);
    expect(demo.stdout).toMatch(/^ +from: .*“.+”$/m);
  });

  it('shows on stderr how far it is', () => {
    for (const step of ['takeSnapshot: 17 sessions', 'extractFacts: ', 'checkDraft: ', 'closeDream: ']) expect(demo.stderr).toContain(step);
  });

  it('leaves the new store as a folder with its provenance', () => {
    const exported = /^The new store: (.+)$/m.exec(demo.stdout)?.[1] ?? '';
    expect(exported.startsWith(data)).toBe(true);
    expect(readdirSync(exported)).toEqual(expect.arrayContaining(['_index.md', 'provenance.json']));
  });

  it('stops everything that it started', () => {
    expect(existsSync(join(data, 'up.json'))).toBe(false);
    expect(
      execFileSync('ps', ['-ww', '-eo', 'args'], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => line.includes(folder)),
    ).toEqual([]);
  });

  // Without a checkout around it: the compiled replay process, the bundle in the package, the SDK's own reading of JSON.
  it('replays recorded runs with the code that is in it', async () => {
    const recorded = recordedHistories().filter(({ name }) => /\/(?:committed|approved-by-update)$/.test(name));
    const files = recorded.map(({ name }) => join(historiesFolder, `${name}.json`));
    expect(files.length).toBeGreaterThan(1);
    const { code, stdout, stderr } = await run('env', [`OPEN_DREAMS_DATA=${data}`, 'npx', 'dreams', 'replay', ...files, '--json'], project);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('error') as string]);
    const { runs } = JSON.parse(stdout) as { runs: ReplayedRun[] };
    expect(runs.map(({ file, verdict, code: replayedBy }) => [file, verdict, replayedBy])).toEqual(
      files.map((file) => [file, 'same', 'today']),
    );
  });

  it('ran what the checkout would have run', async () => {
    expect(await replayFolder(data)).toBe(1);
  });
});
