import { proxyActivities } from '@temporalio/workflow';
import type { Steps } from './steps.ts';

const { read, check, write } = proxyActivities<Steps>({ startToCloseTimeout: '1 minute' });

export async function tidy(): Promise<string> {
  const pages = await read();
  await check(pages);
  return await write(pages);
}
