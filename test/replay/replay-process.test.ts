import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ReplayProcess } from '../../client/replay/replay-process.ts';
import type { History } from '../../db/history/bytes.ts';
import { recordedHistories } from '../histories/read.ts';
import { bundleVariants } from './bundle-variants.ts';

const recorded = recordedHistories().find(({ name }) => name.endsWith('/committed'));
const history = historyFromJSON(recorded?.history) as History;

function replayProcess(): { replayer: ReplayProcess; write: (name: string, code: string) => string } {
  const replayer = new ReplayProcess();
  const folder = mkdtempSync(join(tmpdir(), 'replay-process-'));
  onTestFinished(async () => {
    await replayer.close();
    rmSync(folder, { recursive: true });
  });
  return {
    replayer,
    write: (name, code) => {
      writeFileSync(join(folder, name), code);
      return join(folder, name);
    },
  };
}

it('gives code out of the archive no variable of ours, even when it breaks out of its sandbox', async () => {
  for (const name of ['DATABASE_URL', 'TEMPORAL_API_KEY', 'ANTHROPIC_API_KEY', 'PGPASSWORD', 'AWS_SECRET_ACCESS_KEY', 'NODE_AUTH_TOKEN'])
    vi.stubEnv(name, 'secret');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { replayer, write } = replayProcess();
  // Runs where the bundle begins; the rest of it stays what it is.
  const { code } = await bundleVariants({});
  const curious = `throw new Error('it sees ' + Object.keys(console.log.constructor('return process.env')()).sort().join(' '));\n${code}`;
  const { verdict, message } = await replayer.replay(history, 'wf', write('curious.js', curious));
  expect(verdict).toBe('failed');
  expect(message).toMatch(/it sees (?:(?:HOME|LANG|LC_ALL|LD_LIBRARY_PATH|PATH|TMPDIR|TZ)(?: |$))+/m);
}, 120_000);

it('says which replay holds the start of its worker', async () => {
  const { replayer, write } = replayProcess();
  const { code } = await bundleVariants({});
  const [one, other] = [write('one.js', code), write('other.js', code)];
  const firsts: boolean[] = [];
  for (const path of [one, one, one, other, other]) {
    const answer = await replayer.replay(history, 'wf', path);
    expect(answer.verdict).toBe('same');
    firsts.push(answer.isFirst);
  }
  expect(firsts).toEqual([true, false, false, true, false]);
}, 120_000);
