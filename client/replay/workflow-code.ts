/** The workflow code to replay with, as a file that a process can load: today's, or out of the archive. */

/** `problem` says why there is nothing to run. */
export type CodeToRun = { path: string; sha256: string } | { problem: string };

export interface WorkflowCode {
  kind: 'today' | 'archived';
  /** For a run of this code, if its history names one. */
  find(sha256: string | null): Promise<CodeToRun>;
  close(): Promise<void>;
}
