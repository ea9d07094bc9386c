import type { Command } from 'commander';
import type { ImportResult } from '../../import-sources.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { importPaths } from '../import-paths.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { counted, excerpt } from '../render/words.ts';
import { style } from '../terminal.ts';

export function importCommand(cli: Cli): Command {
  const command = newCommand(
    'import',
    'Bring in sessions and memory stores: Claude Code sessions, folders of Markdown, cases in the neutral form',
  )
    .argument('<path...>', 'files or folders')
    .option('--dry-run', 'show what would come in');
  return withExamples(withJson(withData(command)), [
    'dreams import ~/.claude/projects',
    'dreams import ./memory ./sessions --dry-run',
    'dreams import CLAUDE.md AGENTS.md --json',
  ]).action(async (paths: string[], options: CommonOptions & { dryRun?: boolean }) => {
    const dryRun = options.dryRun === true;
    const result = await withClient(cli, options, (client) => importPaths(client, paths, dryRun, cli.terminal));
    const fatal = result.problems.filter((problem) => problem.fatal);
    if (options.json === true) {
      cli.terminal.json({
        stores: result.stores.map(({ id, name, memories }) => ({ id, name, memories })),
        sessions: result.sessions,
        problems: result.problems,
      });
    } else {
      cli.terminal.result(render(result, dryRun));
      for (const problem of fatal) cli.terminal.progress(`${style('red', 'error:')} ${excerpt(problem.message, 600)}`);
    }
    // Like cp: what could come in has, and the exit code says that something could not.
    if (fatal.length > 0) cli.exitCode = exitCodes.failed;
  });
}

function render({ stores, sessions, problems }: ImportResult, dryRun: boolean): string {
  const fresh = sessions.filter((session) => session.new_events > 0);
  const known = sessions.length - fresh.length;
  return [
    ...stores.map(
      (store) =>
        `store    ${store.id ?? '(new)'}  ${counted(store.memories, 'memory', 'memories').padEnd(12)}  ${excerpt(store.name, 80)}${store.existed ? '  (was there)' : ''}`,
    ),
    ...fresh.map(
      (session) =>
        `session  ${session.id ?? '(new)'}  ${counted(session.new_events, 'new event').padEnd(16)}  ${session.title === null ? '(no title)' : excerpt(session.title, 80)}`,
    ),
    ...(known > 0 ? [`${counted(known, 'session')} known already, without anything new`] : []),
    ...problems.filter((problem) => !problem.fatal).map((problem) => `${style('yellow', 'problem')}  ${excerpt(problem.message, 600)}`),
    `${dryRun ? 'Would import' : 'Imported'} ${counted(stores.filter((store) => !store.existed).length, 'store')} and ${counted(fresh.length, 'session')} with ${counted(
      fresh.reduce((sum, session) => sum + session.new_events, 0),
      'event',
    )}; ${counted(problems.length, 'problem')}.`,
  ].join('\n');
}
