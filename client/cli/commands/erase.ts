import type { Command } from 'commander';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { renderErasure } from '../render/erasure.ts';
import { userName } from '../user-name.ts';

interface EraseOptions extends CommonOptions {
  now?: boolean;
  note?: string;
}

export function eraseCommand(cli: Cli): Command {
  const command = newCommand('erase', 'Erase a session, what was recorded of it, and the lines of memories that only it supports')
    .argument('<session>', 'sesn_...')
    .option('--now', 'end open dreams that read it as failed, instead of refusing')
    .option('--note <text>', 'why, for the log');
  return withExamples(withJson(withData(command)), [
    'dreams erase sesn_011CdExample --note "asked for by its author"',
    'dreams erase sesn_011CdExample --now --json',
  ]).action(async (id: string, { now, note, ...options }: EraseOptions) => {
    const erased = await withClient(cli, options, (client) => client.eraseSession(id, { by: userName(), now, note }));
    for (const dreamId of erased.untold)
      cli.terminal.progress(`Temporal did not answer; the run of the dream ${dreamId} notices the end at its next step.`);
    if (options.json === true) cli.terminal.json(erased);
    else cli.terminal.result(renderErasure(erased));
  });
}
