import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createCli } from '../../client/cli/cli.ts';
import { catchInterrupts } from '../../client/cli/interrupts.ts';
import { buildProgram } from '../../client/cli/run-cli.ts';
import { Terminal } from '../../client/cli/terminal.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folders = [
  'domain',
  'engines',
  'db',
  'sources',
  'activities',
  'workflows',
  'workers',
  'client',
  'config',
  'evals',
  'test',
  'examples',
];
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/architecture.md',
  'docs/glossary.md',
  'docs/changing-a-workflow.md',
  ...folders.map((folder) => `${folder}/README.md`),
];

const read = (page: string) => readFileSync(join(root, page), 'utf8');

/** First cells of a Markdown table's rows, in code marks. */
function firstCells(text: string): string[] {
  return [...text.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '');
}

function section(page: string, heading: string): string {
  const from = read(page).split(`## ${heading}\n`)[1] ?? '';
  return from.split('\n## ')[0] ?? '';
}

describe('the pages', () => {
  it.each(pages)('%s links to what is there', (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map((match) => match[1] ?? '')
      .filter((target) => !target.startsWith('http'));
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
  });

  it.each(['CONTRIBUTING.md', 'docs/architecture.md'])('%s names files that are there', (page) => {
    const named = [...read(page).matchAll(/`((?:[\w-]+\/)+[\w.-]*|[\w-]+\/[\w./-]+\.(?:ts|sql|json|js|sh|md))`/g)].map(
      (match) => match[1] ?? '',
    );
    const ours = named.filter((name) => folders.concat('bin', 'docs', 'temporal-dev').includes(name.split('/')[0] ?? ''));
    expect(ours.length).toBeGreaterThan(10);
    expect(ours.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });

  it.each(folders)('%s/ has a README of at most 15 lines that names files which are there', (folder) => {
    const text = read(`${folder}/README.md`);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(15);
    const named = [...text.matchAll(/`([\w-]+(?:\/[\w-]+)*\.(?:ts|sql))`/g)].map((match) => match[1] ?? '');
    const below = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    expect(
      named.filter((name) => !existsSync(join(root, name)) && !below.some((file) => file === name || file.endsWith(`/${name}`))),
    ).toEqual([]);
  });
});

describe('the README', () => {
  it('lists every command, with an example that begins with it', () => {
    const interrupts = catchInterrupts();
    interrupts.release();
    const streams = { stdout: process.stdout, stderr: process.stderr };
    const commands = buildProgram(createCli(new Terminal(streams), interrupts), streams).commands.map((command) => command.name());
    const rows = section('README.md', 'The command line');
    expect(firstCells(rows)).toEqual(commands);
    for (const command of commands) expect(rows).toMatch(new RegExp(`^\\| \`${command}\` \\|[^|]+\\| \`[^\`|]*dreams ${command}\\b`, 'm'));
  });

  it('lists every variable that the program and the server’s script read', () => {
    const ours = [
      ...readFileSync(join(root, 'config', 'environment.ts'), 'utf8').matchAll(/'((?:OPEN_DREAMS|DATABASE|TEMPORAL)_[A-Z_]+)'/g),
    ].map((match) => match[1] ?? '');
    const scripts = readdirSync(join(root, 'temporal-dev'))
      .filter((name) => name.endsWith('.sh'))
      .map((name) => readFileSync(join(root, 'temporal-dev', name), 'utf8'));
    // What only tests set.
    const ofTests = ['OPEN_DREAMS_PROGRESS_SECONDS'];
    const theirs = scripts
      .flatMap((script) => [...script.matchAll(/\$\{(OPEN_DREAMS_[A-Z_]+):?-/g)].map((match) => match[1] ?? ''))
      .filter((name) => !ofTests.includes(name));
    const listed = firstCells(section('README.md', 'Configuration'));
    expect([...new Set([...ours, ...theirs])].filter((name) => !listed.includes(name))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
  });
});
