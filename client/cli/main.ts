import process from 'node:process';
import { exitCodes } from './exit-codes.ts';
import { runCli } from './run-cli.ts';

// `dreams list | head`: the reader has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.done);
});

const exitCode = await runCli(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr });
// What was left where it stood may hold connections open.
if (exitCode === exitCodes.interrupted || exitCode === exitCodes.terminated) process.exit(exitCode);
process.exitCode = exitCode;
