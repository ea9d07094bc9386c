import { patched, proxyActivities } from '@temporalio/workflow';
import type { Steps } from './steps.ts';

const { read, check, write } = proxyActivities<Steps>({ startToCloseTimeout: '1 minute' });

export async function tidy(): Promise<string> {
  const pages = await read();
  // Runs that were past this point before the check existed go on without it.
  if (patched('check-pages')) await check(pages);
  return await write(pages);
}
