import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { listSets } from '../../evals/list-sets.ts';
import { scoreSets, shareSame } from '../../evals/score-sets.ts';

let folder: string;
let scorers: string;
let asked: string;
let told: string[];

const recorded = (name: string) => readFileSync(new URL(`recorded-${name}`, import.meta.url), 'utf8');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'score-sets-'));
  scorers = join(folder, 'scorers');
  asked = join(folder, 'asked.json');
  told = [];
  for (const name of ['scorers', 'bin', 'out', 'cases', 'cases/plant_dev']) mkdirSync(join(folder, name));
  for (const name of ['a', 'b']) writeFileSync(join(folder, 'cases/plant_dev', `${name}.json`), '{}');
  writeFileSync(join(scorers, 'run_all.py'), '');
  return () => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  };
});

/** Stands for Python, so that the tests need none: a program that remembers what it was asked and does as it is told. */
function python(does: string): void {
  const file = join(folder, 'bin', 'python3');
  writeFileSync(
    file,
    `#!${process.execPath}\nconst fs = require('node:fs');\nconst args = process.argv.slice(2);\nconst out = args[args.indexOf('--out') + 1];\nfs.writeFileSync(${JSON.stringify(asked)}, JSON.stringify(args));\n${does}\n`,
  );
  chmodSync(file, 0o755);
  vi.stubEnv('PATH', `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`);
}

const writes = (text: string) => python(`fs.writeFileSync(out, ${JSON.stringify(text)});`);

async function scored(changes: { scorers?: string; earlier?: string; signal?: AbortSignal } = {}): Promise<string> {
  return await scoreSets(listSets(join(folder, 'cases', 'plant_dev')), {
    scorers: changes.scorers ?? scorers,
    out: join(folder, 'out'),
    earlier: changes.earlier,
    progress: (line) => told.push(line),
    signal: changes.signal ?? new AbortController().signal,
  });
}

const questionsAsked = () => JSON.parse(readFileSync(asked, 'utf8')) as string[];

describe('the scores after a run', () => {
  it("come from the scorer, given the set and our stores, beside the scorer's own table of as many cases", async () => {
    writes(recorded('scores.json'));
    writeFileSync(join(scorers, 'BASELINES.md'), recorded('baselines.md'));
    const text = await scored();
    expect(text).toMatch(/^noise rejected +0\.7500 +0\.519 cue +≥ 0\.75 +met$/m);
    const args = questionsAsked();
    expect(args.slice(0, 2)).toEqual([join(scorers, 'run_all.py'), join(folder, 'cases', 'plant_dev')]);
    expect(args[args.indexOf('--stores') + 1]).toBe(join(folder, 'out'));
    expect(args).not.toContain('--kinds');
  });

  it('have the baselines made for other cases than those of the table', async () => {
    writes(recorded('scores.json'));
    writeFileSync(join(scorers, 'BASELINES.md'), recorded('baselines.md').replace('plant_dev (2 cases)', 'plant_dev (12 cases)'));
    expect(await scored()).toMatch(/^duplicates per 100 units +4\.1500 +30\.250 keep_everything +≤ 4 /m);
    const args = questionsAsked();
    expect(args[args.indexOf('--kinds') + 1]).toBe('store_only,keep_everything,keep_user,dedup_latest,most_recent,cue');
    expect(told).toEqual(['Scoring plant_dev and its baselines, which takes a minute or more']);
  });

  it('tell how many stores are byte for byte those of an earlier run', async () => {
    writes(recorded('scores.json'));
    const earlier = join(folder, 'earlier');
    mkdirSync(earlier);
    for (const [name, text] of Object.entries({ a: 'same', b: 'one' })) writeFileSync(join(folder, 'out', `${name}.json`), text);
    for (const [name, text] of Object.entries({ a: 'same', b: 'other' })) writeFileSync(join(earlier, `${name}.json`), text);
    expect(await scored({ earlier })).toMatch(/^two runs identical +0\.5000 .*missed by 0\.5000$/m);
    expect(shareSame(join(folder, 'out'), earlier, ['a'])).toBe(1);
    expect(shareSame(join(folder, 'out'), earlier, ['never dreamed'])).toBe(0);
  });

  it('are one sentence where no scorer is', async () => {
    expect(await scored({ scorers: join(folder, 'nowhere') })).toBe(
      `No scores: ${JSON.stringify(join(folder, 'nowhere'))} holds no run_all.py; --scorers names the folder that does.`,
    );
  });

  it('are one sentence where no Python is', async () => {
    vi.stubEnv('PATH', join(folder, 'bin'));
    expect(await scored()).toBe('No scores for plant_dev: python3 was not found; install Python 3.11 or newer to have them.');
  });

  it('are one sentence where the scorer fails or writes something else, without its words', async () => {
    python("console.error('TEXT OF A CASE'); process.exit(3);");
    expect(await scored()).toBe('No scores for plant_dev: the scorer ended with exit code 3; run it by hand to see why.');
    writes('{"scores": []}');
    expect(await scored()).toBe('No scores for plant_dev: what the scorer wrote cannot be read; is this its version?');
  });

  it('are given up when the run is interrupted', async () => {
    python('setTimeout(() => undefined, 60_000);');
    const controller = new AbortController();
    const running = expect(scored({ signal: controller.signal })).rejects.toThrow('Enough.');
    await vi.waitFor(() => questionsAsked());
    controller.abort(new Error('Enough.'));
    await running;
  });
});

describe('the sets of a folder', () => {
  it('are its folders with cases in them, in name order, each with a place of its own', () => {
    for (const name of ['cases/empty', 'cases/alone', 'elsewhere']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'elsewhere', 'd.json'), '{}');
    writeFileSync(join(folder, 'cases', 'alone', 'c.json'), '{}');
    writeFileSync(join(folder, 'cases', 'notes.md'), '');
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'cases', 'linked'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'cases', 'dangling'));
    const sets = listSets(join(folder, 'cases'));
    expect(sets.map(({ name, place, cases }) => [name, place, cases.map((one) => one.name)])).toEqual([
      ['alone', 'alone', ['c']],
      ['linked', 'linked', ['d']],
      ['plant_dev', 'plant_dev', ['a', 'b']],
    ]);
  });

  it('are the folder itself when it holds cases', () => {
    expect(listSets(join(folder, 'cases', 'plant_dev'))).toMatchObject([{ name: 'plant_dev', place: '' }]);
  });

  it('are refused when two hold a case of the same name, whose sessions would be taken for one', () => {
    mkdirSync(join(folder, 'cases', 'other'));
    writeFileSync(join(folder, 'cases', 'other', 'a.json'), '{}');
    expect(() => listSets(join(folder, 'cases'))).toThrow('A case of "other" and one of "plant_dev" are both called "a".');
  });

  it('are refused when there is none', () => {
    expect(() => listSets(scorers)).toThrow(/holds no case/);
  });
});
