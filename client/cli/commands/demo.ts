import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { DreamsError } from '../../../domain/errors.ts';
import type { DreamsClient } from '../../dreams-client.ts';
import type { ShownDream } from '../../show-dream.ts';
import type { BackgroundUp } from '../../up/background-up.ts';
import { startInBackground } from '../../up/background-up.ts';
import { packageFolder } from '../../up/entry-point.ts';
import type { Servers } from '../../up/find-servers.ts';
import { findServers } from '../../up/find-servers.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { withServers } from '../cli.ts';
import { exitCodeOfDream, followDream } from '../follow-dream.ts';
import { importPaths } from '../import-paths.ts';
import { Interrupted } from '../interrupts.ts';
import { newCommand, withExamples, withJson } from '../options.ts';
import { renderChanges } from '../render/change-list.ts';
import { renderDream, renderReport } from '../render/dream.ts';
import { counted, excerpt } from '../render/words.ts';
import { style } from '../terminal.ts';
import { writeFolder } from '../write-folder.ts';

interface DemoResult {
  dream: ShownDream;
  /** Where the new store lies as a folder; null when the dream made none. */
  exported: string | null;
  ui: string | null;
}

export function demoCommand(cli: Cli): Command {
  const command = newCommand('demo', 'Start everything, dream over the shipped example, show what changed and why, stop everything')
    .option('--data <folder>', 'data folder of the demo', (value) => resolve(value))
    .option('--keep', 'leave everything running at the end');
  return withExamples(withJson(command), ['dreams demo', 'dreams demo --keep']).action(
    async (options: CommonOptions & { keep?: boolean }) => {
      const dataFolder = options.data ?? join(cli.environment().dataFolder, 'demo');
      const signal = cli.interrupts.take();
      const up = await startInBackground(dataFolder, { progress: (line) => cli.terminal.progress(line), signal });
      try {
        const servers = findServers(cli.environment(), dataFolder);
        const result = await withServers(cli.environment(), servers, (client) =>
          dreamOverExample(cli, client, servers, dataFolder, signal),
        );
        if (options.json === true) cli.terminal.json({ dream: result.dream, exported: result.exported, ui: result.ui });
        else cli.terminal.result(render(result, result.dream.model.id));
        cli.exitCode = exitCodeOfDream(result.dream);
      } finally {
        await leave(cli, up, dataFolder, options.keep === true);
      }
    },
  );
}

async function dreamOverExample(
  cli: Cli,
  client: DreamsClient,
  servers: Servers,
  dataFolder: string,
  signal: AbortSignal,
): Promise<DemoResult> {
  const example = join(packageFolder(), 'examples', 'atlas');
  if (!existsSync(example))
    throw new DreamsError('not_found', `The example ${example} is missing.`, { hint: 'Install the package again.' });
  const imported = await importPaths(client, [join(example, 'memory'), join(example, 'sessions')], false, cli.terminal);
  const storeId = imported.stores[0]?.id;
  const sessionIds = imported.sessions.flatMap((session) => session.id ?? []);
  for (const problem of imported.problems) cli.terminal.progress(excerpt(problem.message, 400));
  cli.terminal.progress(
    `The example is in: ${counted(imported.stores[0]?.memories ?? 0, 'memory', 'memories')} and ${counted(sessionIds.length, 'session')}`,
  );
  signal.throwIfAborted();
  const instructions = readFileSync(join(example, 'instructions.txt'), 'utf8').trim();
  const { dream } = await client.createDream({
    ...(typeof storeId === 'string' ? { storeId } : {}),
    sessionIds,
    instructions,
    model: 'offline',
    options: { protect: ['/policies/'] },
  });
  const ui =
    servers.ui === null
      ? null
      : `${servers.ui}/namespaces/${servers.temporal?.namespace ?? 'default'}/workflows/${dream.open_dreams.workflow_id}`;
  if (ui !== null) cli.terminal.progress(`Watch the run at ${ui}`);
  await followOrCancel(cli, client, dream.id, signal);
  const shown = await client.showDream(dream.id);
  return { dream: shown, ui, exported: await exportResult(client, shown, dataFolder) };
}

/** Everything is about to stop, so the dream does too; left open it would go on at the next start. */
async function followOrCancel(cli: Cli, client: DreamsClient, id: string, signal: AbortSignal): Promise<void> {
  try {
    await followDream(client, id, cli.terminal, signal);
  } catch (error) {
    if (error instanceof Interrupted) await client.cancelDream(id, 'demo');
    throw error;
  }
}

async function exportResult(client: DreamsClient, dream: ShownDream, dataFolder: string): Promise<string | null> {
  const output = dream.outputs[0]?.memory_store_id;
  if (dream.status !== 'completed' || output === undefined) return null;
  const { files } = await client.exportStore(output);
  const folder = join(dataFolder, 'exports', output);
  writeFolder(folder, files);
  return folder;
}

function render({ dream, exported, ui }: DemoResult, model: string): string {
  return [
    renderDream(dream),
    '',
    ...(dream.report === null ? [] : [renderChanges(dream.changes), '', renderReport(dream.report), '']),
    `${style('bold', 'The new store')}: ${exported ?? 'none'}`,
    `${style('bold', 'This run')}: ${ui ?? `workflow ${dream.open_dreams.workflow_id} on your Temporal server`}`,
    ...(model === 'offline' ? ['The offline engine judged: grammar and statistics, no model, no network.'] : []),
  ].join('\n');
}

async function leave(cli: Cli, up: BackgroundUp, dataFolder: string, keep: boolean): Promise<void> {
  if (up.existed) return;
  if (keep)
    cli.terminal.progress(
      `Everything stays up (process ${String(up.pid)}). Look around with "dreams list --data ${dataFolder}"; stop it with "kill ${String(up.pid)}".`,
    );
  else {
    cli.terminal.progress('Stopping what was started');
    await up.stop();
  }
}
