import { Option } from 'commander';
import type { Command } from 'commander';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { renderDiffMarkdown } from '../render/diff-markdown.ts';
import { renderDiff } from '../render/diff-text.ts';

interface DiffOptions extends CommonOptions {
  markdown?: boolean;
}

export function diffCommand(cli: Cli): Command {
  const command = newCommand('diff', 'Show what a dream would change, or has changed, and why')
    .argument('<id>', 'drm_...')
    .addOption(new Option('--markdown', 'as a document for a pull request').conflicts('json'));
  return withExamples(withJson(withData(command)), [
    'dreams diff drm_011CdExample',
    'dreams diff drm_011CdExample --markdown > draft.md',
    'dreams diff drm_011CdExample --json',
  ]).action(async (id: string, options: DiffOptions) => {
    const diff = await withClient(cli, options, (client) => client.diffDream(id));
    if (options.json === true) cli.terminal.json(diff);
    else cli.terminal.result(options.markdown === true ? renderDiffMarkdown(diff) : renderDiff(diff));
  });
}
