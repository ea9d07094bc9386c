import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { sha256Hex } from '../domain/hash.ts';
import { sdkVersion } from './sdk-version.ts';

/** Workflow code in memory, as a worker runs it and as the archive keeps it. */
export interface LoadedBundle {
  code: string;
  /** Workers put the same hash into each run's history. */
  sha256: string;
  size: number;
  /** gzip; of use once in a worker's life, so it is not held. */
  pack(): Promise<Uint8Array>;
}

/** Read once: the file may be another one by the time somebody wants to keep what a worker ran. */
export async function loadBundle(bundle: WorkflowBundleOption): Promise<LoadedBundle> {
  const code = 'code' in bundle ? bundle.code : await readFile(bundle.codePath, 'utf8');
  return { code, sha256: sha256Hex(code), size: Buffer.byteLength(code), pack: () => promisify(gzip)(code) };
}

/**
 * Names the code in every history. The SDK would choose the same form, but hashes code that it was given as text together
 * with the folder that the process stands in.
 */
export function buildIdOf({ sha256 }: LoadedBundle): string {
  return `@temporalio/worker@${sdkVersion}+${sha256}`;
}
