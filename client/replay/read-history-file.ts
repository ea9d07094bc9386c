/** A history in a file: JSON as `temporal workflow show --output json` and the Web UI write it, or protobuf, either of them also gzipped. */
import { gunzipSync } from 'node:zlib';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import type { History } from '../../db/history/bytes.ts';
import { decodeHistory } from '../../db/history/bytes.ts';
import { summarizeRun } from '../../db/history/summary.ts';
import { DreamsError } from '../../domain/errors.ts';

export interface HistoryFile {
  path: string;
  bytes: Uint8Array;
}

const unpacksTo = 200_000_000;

export function readHistoryFile({ path, bytes }: HistoryFile): History {
  try {
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: unpacksTo }) : bytes;
    const text = firstCharacter(plain);
    const history = text === '{' || text === '[' ? fromJson(new TextDecoder().decode(plain)) : decodeHistory(plain);
    // A file of another kind can be read as protobuf by chance; a history begins with the start of its run.
    summarizeRun(history);
    return history;
  } catch (cause) {
    throw new DreamsError('invalid_input', `${JSON.stringify(path)} holds no history of a run (${reason(cause)}).`, {
      hint: 'Export one with: temporal workflow show --workflow-id drm_... --output json > history.json',
      cause,
    });
  }
}

function firstCharacter(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().charAt(0);
}

/** The whole answer of the server, or its events alone. */
function fromJson(text: string): History {
  const value = JSON.parse(text) as { events?: unknown };
  return historyFromJSON(Array.isArray(value) ? { events: value as unknown[] } : value) as History;
}

/** Never the message of a parser, which may quote the file. */
function reason(cause: unknown): string {
  if (cause instanceof SyntaxError) return 'it is no JSON';
  const { code, name, message } = cause as Error & { code?: unknown };
  if (typeof code === 'string') return code;
  return message.startsWith('A history begins') ? 'it does not begin with the start of a run' : name;
}
