/** Options that several commands share, and how values of options are read. */
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';

export function newCommand(name: string, summary: string): Command {
  return new Command(name).summary(summary).description(summary);
}

export function withData(command: Command): Command {
  return command.option('--data <folder>', 'data folder of the "dreams up" to use', (value) => resolve(value));
}

export function withJson(command: Command): Command {
  return command.option('--json', 'print the result as one line of JSON');
}

/** At the end of the help text. */
export function withExamples(command: Command, examples: readonly string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}\n`);
}

export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${String(least)} to ${String(most)}.`);
  };
}

const secondsIn = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** "90s", "30m", "12h", "7d", in seconds. */
export function duration(value: string): number {
  const form = /^(\d{1,9})([smhd])$/.exec(value);
  const unit = form?.[2] as keyof typeof secondsIn | undefined;
  const seconds = unit === undefined ? 0 : Number(form?.[1]) * secondsIn[unit];
  if (seconds >= 1) return seconds;
  throw new InvalidArgumentError('It must be a number with its unit: s, m, h or d, for example 12h.');
}

export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
