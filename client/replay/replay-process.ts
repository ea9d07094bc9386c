/** The process that replays: histories go in, answers come out, one at a time. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { bareEnvironment } from '../../config/environment.ts';
import { encodeHistory } from '../../db/history/bytes.ts';
import type { History } from '../../db/history/bytes.ts';
import { nodeArguments } from '../up/entry-point.ts';

export interface ReplayAnswer {
  verdict: 'same' | 'differs' | 'failed';
  message: string;
  ms: number;
  /** The first of its replay worker: `ms` holds the start of that. */
  isFirst: boolean;
  /** Of the SDK that replayed; null where the process died of it. */
  sdkVersion: string | null;
}

/** A history of a server's largest size takes minutes on a loaded machine; a replay that hangs takes for ever. */
const patienceMs = 300_000;

export class ReplayProcess {
  #child: ChildProcess | undefined;
  #answer: (line: string | null) => void = () => undefined;
  #lastWords = '';

  async replay(history: History, workflowId: string, bundlePath: string): Promise<ReplayAnswer> {
    const child = (this.#child ??= this.#start());
    const question = { bundlePath, workflowId, history: Buffer.from(encodeHistory(history)).toString('base64') };
    const line = await new Promise<string | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), patienceMs);
      this.#answer = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      child.stdin?.write(`${JSON.stringify(question)}\n`);
    });
    if (line !== null) return JSON.parse(line) as ReplayAnswer;
    await this.close('SIGKILL');
    const message = `the process that replayed it died, or gave no answer in five minutes. ${this.#lastWords}`.trim();
    return { verdict: 'failed', message, ms: 0, isFirst: true, sdkVersion: null };
  }

  async close(signal?: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (signal === undefined) child.stdin?.end();
    else child.kill(signal);
    await ended;
  }

  #start(): ChildProcess {
    // It runs code out of a database, and the SDK's sandbox is no wall: of servers, keys and passwords it learns nothing.
    const child = spawn(execPath, nodeArguments('workers/replay'), { env: bareEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] });
    createInterface({ input: child.stdout }).on('line', (line) => this.#answer(line));
    // Nothing but the end of it goes there: the SDK's log is off.
    child.stderr.on('data', (chunk: Buffer) => {
      this.#lastWords = `${this.#lastWords}${chunk.toString()}`.slice(-300);
    });
    child.once('error', () => this.#answer(null));
    child.once('exit', () => this.#answer(null));
    // Written to after its death: the exit says it.
    child.stdin.on('error', () => undefined);
    return child;
  }
}
