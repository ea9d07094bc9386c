import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Arm, FromWorker, Orders } from './orders.ts';

const source = fileURLToPath(new URL('./worker.ts', import.meta.url));

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A worker in a process of its own. It is warm when it has loaded its code, and works once it has orders. */
export class WorkerProcess {
  readonly exit: Promise<Exit>;
  readonly #child: ChildProcess;
  readonly #warm: Promise<void>;
  #listeners: ((message: FromWorker) => void)[] = [];
  #output = '';
  #hasEnded = false;

  /** `compiled` is the path of the compiled worker, if there is one. */
  constructor(compiled?: string) {
    const program = compiled === undefined ? ['--import', import.meta.resolve('tsx'), source] : [compiled];
    this.#child = spawn(process.execPath, program, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString()).slice(-20_000);
      });
    this.exit = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => {
        this.#hasEnded = true;
        resolve({ code, signal });
      });
    });
    this.#child.on('message', (message: FromWorker) => {
      for (const listener of this.#listeners) listener(message);
    });
    this.#warm = this.#next('warm').then(() => undefined);
    // Waited for by `begin`; until then a death is no unhandled failure.
    this.#warm.catch(() => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** The end of what it printed. */
  get output(): string {
    return this.#output;
  }

  /** Sends the orders; answers when the worker works. */
  async begin(orders: Orders): Promise<void> {
    await this.#warm;
    const ready = this.#next('ready');
    this.#child.send(orders);
    await ready;
  }

  /** Answers when the process waits at a point that it was to hold at. */
  async heldAt(): Promise<Arm> {
    const message = await this.#next('reached');
    if (message.event !== 'reached') throw new Error(`The worker said ${message.event}.`);
    return message.arm;
  }

  release(): void {
    this.#child.send({ event: 'release' });
  }

  signal(name: NodeJS.Signals): void {
    if (!this.#hasEnded) this.#child.kill(name);
  }

  /** Ends it for good, frozen or not. */
  async end(): Promise<Exit> {
    this.signal('SIGKILL');
    return await this.exit;
  }

  #next(event: FromWorker['event']): Promise<FromWorker> {
    return new Promise((resolve, reject) => {
      const listener = (message: FromWorker) => {
        if (message.event !== event) return;
        this.#listeners = this.#listeners.filter((other) => other !== listener);
        resolve(message);
      };
      this.#listeners.push(listener);
      void this.exit.then(({ code, signal }) =>
        reject(new Error(`The worker ended (${String(signal ?? code)}) before it was ${event}:\n${this.#output}`)),
      );
    });
  }
}
