/** One call of the command line: arguments in, words out, exit code as the answer. */
import { Command } from 'commander';
import type { Cli } from './cli.ts';
import { createCli } from './cli.ts';
import { aliasCommand } from './commands/alias.ts';
import { archiveCommand } from './commands/archive.ts';
import { blameCommand } from './commands/blame.ts';
import { approveCommand } from './commands/approve.ts';
import { cancelCommand } from './commands/cancel.ts';
import { demoCommand } from './commands/demo.ts';
import { diffCommand } from './commands/diff.ts';
import { dreamCommand } from './commands/dream.ts';
import { editCommand } from './commands/edit.ts';
import { eraseCommand } from './commands/erase.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { listCommand } from './commands/list.ts';
import { logCommand } from './commands/log.ts';
import { migrateCommand } from './commands/migrate.ts';
import { promoteCommand } from './commands/promote.ts';
import { replayCommand } from './commands/replay.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { rejectCommand } from './commands/reject.ts';
import { reviewCommand } from './commands/review.ts';
import { showCommand } from './commands/show.ts';
import { undoCommand } from './commands/undo.ts';
import { upCommand } from './commands/up.ts';
import { watchCommand } from './commands/watch.ts';
import { workerCommand } from './commands/worker.ts';
import { installedVersion } from '../version.ts';
import type { Interrupts } from './interrupts.ts';
import { catchInterrupts } from './interrupts.ts';
import { reportError } from './report-error.ts';
import type { Stream } from './terminal.ts';
import { Terminal } from './terminal.ts';

export interface Streams {
  stdout: Stream;
  stderr: Stream;
}

export async function runCli(args: readonly string[], streams: Streams): Promise<number> {
  const interrupts = catchInterrupts();
  try {
    return await runWith(args, streams, interrupts);
  } finally {
    interrupts.release();
  }
}

async function runWith(args: readonly string[], streams: Streams, interrupts: Interrupts): Promise<number> {
  const terminal = new Terminal(streams);
  const cli = createCli(terminal, interrupts);
  try {
    await Promise.race([buildProgram(cli, streams).parseAsync([...args], { from: 'user' }), interrupts.untaken]);
    return cli.exitCode;
  } catch (error) {
    return reportError(error, terminal, args.includes('--json'), isDebugging(cli));
  }
}

/** An environment that cannot be read is an error of its own, reported already. */
function isDebugging(cli: Cli): boolean {
  try {
    return ['debug', 'trace'].includes(cli.environment().logLevel);
  } catch {
    return false;
  }
}

const environmentHelp = `
Environment:
  DATABASE_URL             a PostgreSQL 15 or newer, with the application's role
  DATABASE_ADMIN_URL       the same with a role that may create tables; only "dreams migrate" uses it
  TEMPORAL_ADDRESS         a Temporal server (host:port); namespace, TLS and API key by Temporal's own variables
  OPEN_DREAMS_DATA         the data folder, as --data; otherwise $XDG_DATA_HOME/open-dreams
  OPEN_DREAMS_WORKSPACE    the workspace ("default")
  OPEN_DREAMS_TASK_QUEUE   the task queue ("dreams")
  OPEN_DREAMS_THREADS      threads of the offline engine (the cores)
  OPEN_DREAMS_LOG_LEVEL    of the worker: fatal, error, warn, info, debug, trace or silent

Exit codes:
  0 done   1 something failed   2 wrong usage   3 not found   4 too late   5 a server is missing or unfit

Examples:
  $ dreams demo
  $ dreams up
  $ dreams import ~/.claude/projects ./memory
  $ dreams dream --all
`;

export function buildProgram(cli: Cli, streams: Streams): Command {
  const program = new Command('dreams')
    .description('Reads a memory store and past sessions of agents, writes a reorganised store with evidence for each change')
    .version(installedVersion(), '--version', 'print the version')
    .addHelpText('after', environmentHelp);
  for (const create of [
    upCommand,
    workerCommand,
    migrateCommand,
    importCommand,
    dreamCommand,
    listCommand,
    showCommand,
    watchCommand,
    cancelCommand,
    reviewCommand,
    diffCommand,
    approveCommand,
    rejectCommand,
    logCommand,
    blameCommand,
    undoCommand,
    aliasCommand,
    promoteCommand,
    rollbackCommand,
    editCommand,
    archiveCommand,
    eraseCommand,
    replayCommand,
    exportCommand,
    demoCommand,
  ]) {
    program.addCommand(create(cli));
  }
  for (const command of [program, ...program.commands.flatMap((each) => [each, ...each.commands])]) {
    // Errors go through the funnel; help is a result, and is written here as it stands.
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({
        writeOut: (text) => streams.stdout.write(text),
        writeErr: (text) => streams.stderr.write(text),
        outputError: () => undefined,
        getOutHelpWidth: () => 100,
        getErrHelpWidth: () => 100,
        getOutHasColors: () => false,
        getErrHasColors: () => false,
      });
  }
  return program;
}
