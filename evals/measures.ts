/** What a run cost besides time: the size of its history, the peak memory of the worker. */
import { readFileSync } from 'node:fs';
import { connectTemporal } from '../client/temporal-server.ts';
import type { Servers } from '../client/up/find-servers.ts';

export interface HistorySize {
  events: number;
  bytes: number;
}

export async function readHistorySize({ temporal }: Servers, workflowId: string): Promise<HistorySize | null> {
  if (temporal === undefined) return null;
  const server = await connectTemporal(temporal);
  try {
    const { historyLength, historySize } = await server.client.workflow.getHandle(workflowId).describe();
    return { events: historyLength, bytes: historySize ?? 0 };
  } finally {
    await server.close();
  }
}

/** The most memory that the process ever held, in bytes; null where the system does not tell (only Linux does this way). */
export function readPeakMemory(pid: number | null): number | null {
  if (pid === null) return null;
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
    return found === null ? null : Number(found[1]) * 1024;
  } catch {
    return null;
  }
}

/** Time that all threads of the process have computed so far, user and system; null where the system does not tell. */
export function readCpuSeconds(pid: number | null): number | null {
  if (pid === null) return null;
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The name in parentheses may hold spaces; after it utime and stime are the 12th and 13th, in hundredths of a second.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null;
  }
}
