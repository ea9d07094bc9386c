import { createInterface } from 'node:readline';
import { exit, stdin, stdout } from 'node:process';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { decodeHistory } from '../db/history/bytes.ts';
import { Replayer } from './replayer.ts';
import { sdkVersion } from './sdk-version.ts';

/** One history on stdin, one answer on stdout, a line each. A process of its own: it needs no server, and runs code of long ago. */
interface Question {
  bundlePath: string;
  workflowId: string;
  /** Protobuf, base64. */
  history: string;
}

// What the SDK says of a difference is in the answer; its log would say it again, with stacks.
Runtime.install({
  logger: new DefaultLogger('ERROR', () => undefined),
  telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
});

const replayer = new Replayer();
for await (const line of createInterface({ input: stdin })) {
  const { bundlePath, workflowId, history } = JSON.parse(line) as Question;
  const answer = await replayer.replay(bundlePath, workflowId, decodeHistory(Buffer.from(history, 'base64')));
  stdout.write(`${JSON.stringify({ ...answer, sdkVersion })}\n`);
}
await replayer.close();
// The SDK's threads would keep the process.
exit(0);
