/** Builders for the readers' tests: they fill in what a test does not care about. */
import { gzipSync } from 'node:zlib';
import type { SourceFile } from '../../sources/source.ts';

export function fileOf(path: string, text: string | Uint8Array): SourceFile {
  return { path, bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text };
}

export function gzipped(file: SourceFile): SourceFile {
  return { path: `${file.path}.gz`, bytes: gzipSync(file.bytes) };
}

export function caseFile(path: string, value: unknown): SourceFile {
  return fileOf(path, JSON.stringify(value));
}

type Extra = Record<string, unknown>;

/** Lines of a Claude Code file, as Claude Code writes them; `uuid`s count up so that each file of a test has its own. */
export function transcript(sessionId = '7d3f0c52-5a0e-4f0a-9a55-6f2f6f1f2f10'): {
  lines: Extra[];
  user: (content: unknown, extra?: Extra) => void;
  assistant: (content: unknown[], extra?: Extra, message?: Extra) => void;
  line: (value: Extra) => void;
  file: (path: string) => SourceFile;
} {
  const lines: Extra[] = [];
  const common = (): Extra => ({
    parentUuid: lines.length === 0 ? null : `u-${lines.length - 1}`,
    isSidechain: false,
    userType: 'external',
    cwd: '/srv/shop',
    sessionId,
    version: '2.1.0',
    gitBranch: 'main',
    uuid: `u-${lines.length}`,
    timestamp: `2026-03-02T09:${String(lines.length % 60).padStart(2, '0')}:00.000Z`,
  });
  return {
    lines,
    user: (content, extra = {}) => void lines.push({ ...common(), type: 'user', message: { role: 'user', content }, ...extra }),
    assistant: (content, extra = {}, message = {}) =>
      void lines.push({
        ...common(),
        type: 'assistant',
        message: { id: `msg_${lines.length}`, role: 'assistant', model: 'claude-x', content, ...message },
        ...extra,
      }),
    line: (value) => void lines.push(value),
    file: (path) => fileOf(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`),
  };
}

export const said = (text: string): { type: 'text'; text: string } => ({ type: 'text', text });
