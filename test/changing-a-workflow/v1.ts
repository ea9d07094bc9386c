import { proxyActivities } from '@temporalio/workflow';
import type { Steps } from './steps.ts';

const { read, write } = proxyActivities<Steps>({ startToCloseTimeout: '1 minute' });

export async function tidy(): Promise<string> {
  const pages = await read();
  return await write(pages);
}
