/** One line → what was said and done in it, in order, each with its speaker. */
import { textContent, type ImportedType } from '../source.ts';
import { asFields, asText, type Fields, type LineFields } from './line-fields.ts';
import { isInterruption, rejectionFeedback, userWords } from './user-words.ts';

export interface Said {
  type: ImportedType;
  payload: Record<string, unknown>;
}

export interface LineEvents {
  said: Said[];
  /** What was left out of this line, by reason. */
  skipped: string[];
}

const nothing = (reason: string): LineEvents => ({ said: [], skipped: [reason] });

/** Lines of the harness about itself; other system lines with a text are kept. */
const bookkeeping: ReadonlySet<string> = new Set([
  'local_command',
  'turn_duration',
  'stop_hook_summary',
  'api_error',
  'api_metrics',
  'compact_boundary',
  'microcompact_boundary',
  'away_summary',
  'bridge_status',
  'init',
  'hook_started',
  'hook_response',
  'status',
]);

/** `toolName` gives the name of an earlier tool use of the session by its id. */
export function lineEvents(line: LineFields, toolName: (id: string) => string | undefined): LineEvents {
  switch (line.type) {
    case 'user':
      return userLine(line, toolName);
    case 'assistant':
      return assistantLine(line);
    case 'system': {
      const content = asText(line.raw['content']);
      if (line.isMeta || content === null || content.trim() === '' || bookkeeping.has(line.subtype)) return nothing('system');
      return { said: [{ type: 'system.message', payload: { content: textContent(content) } }], skipped: [] };
    }
    case 'attachment':
      return attachmentLine(line);
    default:
      return nothing(line.type === '' ? 'untyped' : line.type);
  }
}

function userLine(line: LineFields, toolName: (id: string) => string | undefined): LineEvents {
  if (line.isMeta) return nothing('meta');
  if (line.isTranscriptOnly && !line.isCompactSummary) return nothing('transcript only');
  const speaker =
    line.isCompactSummary || (line.origin !== null && line.origin !== 'human') ? 'system' : line.isSidechain ? 'agent' : 'user';
  const said: Said[] = [];
  const skipped: string[] = [];
  let content: unknown[] = [];
  const flush = (): void => {
    if (content.length > 0) said.push(...spoken(speaker, content, skipped));
    content = [];
  };
  for (const block of blocksOf(line.message.content)) {
    if (block['type'] !== 'tool_result') {
      content.push(block);
      continue;
    }
    flush();
    const result = toolResult(block);
    said.push(result);
    if (speaker === 'user') said.push(...answered(line, block, toolName));
  }
  flush();
  return { said: line.isSidechain ? said.map(asSidechain) : said, skipped };
}

/** Text and pictures of one turn. Wrapped parts are cut out, except of a summary, which is the harness's from end to end. */
function spoken(speaker: 'user' | 'agent' | 'system', blocks: unknown[], skipped: string[]): Said[] {
  if (speaker === 'system') return hasWords(blocks) ? [{ type: 'system.message', payload: { content: blocks } }] : [];
  const said: Said[] = [];
  const kept: unknown[] = [];
  for (const block of blocks) {
    const text = textOf(block);
    if (text === null) {
      kept.push(block);
      continue;
    }
    if (isInterruption(text)) {
      said.push({ type: 'user.interrupt', payload: {} });
      continue;
    }
    const words = userWords(text);
    for (let i = 0; i < words.cut; i++) skipped.push('wrapped part');
    for (const report of words.reports) said.push({ type: 'system.message', payload: { content: textContent(report) } });
    if (words.cut === 0) kept.push(block);
    else if (words.text !== '') kept.push(...textContent(words.text));
  }
  if (kept.some((block) => textOf(block)?.trim() !== '')) {
    said.push({ type: speaker === 'user' ? 'user.message' : 'agent.message', payload: { content: kept } });
  }
  return said;
}

/** The person's words that Claude Code keeps inside a tool result: why a tool use was refused, and answers to questions. */
function answered(line: LineFields, block: Fields, toolName: (id: string) => string | undefined): Said[] {
  const id = asText(block['tool_use_id']);
  const result = textOf(block['content']) ?? textOf((block['content'] as unknown[] | undefined)?.[0]);
  const feedback = block['is_error'] === true && result !== null ? rejectionFeedback(result) : null;
  if (feedback !== null) return [{ type: 'user.message', payload: { content: textContent(feedback) } }];
  // Only of this tool: another one may return whatever it likes under "answers".
  if (id === null || toolName(id) !== 'AskUserQuestion') return [];
  const answers = Object.entries(asFields(asFields(line.raw['toolUseResult'])['answers']));
  return answers.flatMap(([question, answer]): Said[] =>
    typeof answer === 'string' && answer.trim() !== ''
      ? [
          { type: 'agent.message', payload: { content: textContent(question) } },
          { type: 'user.message', payload: { content: textContent(answer) } },
        ]
      : [],
  );
}

function assistantLine(line: LineFields): LineEvents {
  if (line.isMeta) return nothing('meta');
  // Written by the harness in the agent's name: "API Error: ...", "No response requested."
  if (line.isApiError || line.message.model === '<synthetic>') return nothing('synthetic answer');
  const said: Said[] = [];
  const skipped: string[] = [];
  let texts: unknown[] = [];
  const flush = (): void => {
    if (hasWords(texts)) said.push({ type: 'agent.message', payload: { content: texts } });
    texts = [];
  };
  for (const block of blocksOf(line.message.content)) {
    const type = asText(block['type']) ?? '';
    if (type === 'text') {
      // A stand-in of the harness for an answer without text.
      if (block['text'] !== '(no content)') texts.push(block);
      continue;
    }
    flush();
    if (type === 'thinking') {
      const thinking = asText(block['thinking']);
      if (thinking !== null) said.push({ type: 'agent.thinking', payload: { content: textContent(thinking) } });
    } else if (type === 'tool_use' || type === 'server_tool_use') {
      said.push({
        type: 'agent.tool_use',
        payload: { name: asText(block['name']) ?? '', input: asFields(block['input']), ...idOf('tool_use_id', block['id']) },
      });
    } else if (type.endsWith('tool_result')) said.push(toolResult(block));
    else skipped.push(type === '' ? 'untyped block' : type);
  }
  flush();
  return { said: line.isSidechain ? said.map(asSidechain) : said, skipped };
}

/** A message typed while the agent worked stands only here, in no user line. */
function attachmentLine(line: LineFields): LineEvents {
  const attachment = asFields(line.raw['attachment']);
  const origin = asText(asFields(attachment['origin'])['kind']);
  const isTyped =
    attachment['type'] === 'queued_command' &&
    (attachment['commandMode'] ?? 'prompt') === 'prompt' &&
    attachment['isMeta'] !== true &&
    !line.isMeta &&
    (origin ?? 'human') === 'human';
  if (!isTyped) return nothing('attachment');
  const skipped: string[] = [];
  const said = spoken(line.isSidechain ? 'agent' : 'user', blocksOf(attachment['prompt']), skipped);
  return { said: line.isSidechain ? said.map(asSidechain) : said, skipped };
}

function toolResult(block: Fields): Said {
  return {
    type: 'agent.tool_result',
    payload: {
      ...idOf('tool_use_id', block['tool_use_id']),
      content: blocksOf(block['content']),
      ...(block['is_error'] === true ? { is_error: true } : {}),
    },
  };
}

function idOf(key: string, value: unknown): Record<string, string> {
  const id = asText(value);
  return id === null ? {} : { [key]: id };
}

/** In a sidechain the agent talks to a helper of its own; who speaks as "user" there is the agent. */
function asSidechain(entry: Said): Said {
  return { ...entry, payload: { ...entry.payload, sidechain: true } };
}

/** A text stands for one text block; entries that are no blocks are left out. */
function blocksOf(content: unknown): Fields[] {
  if (typeof content === 'string') return content === '' ? [] : (textContent(content) as unknown as Fields[]);
  if (!Array.isArray(content)) return [];
  return (content as unknown[]).flatMap((block) => {
    if (typeof block === 'string') return textContent(block) as unknown as Fields[];
    return block !== null && typeof block === 'object' && !Array.isArray(block) ? [block as Fields] : [];
  });
}

function textOf(block: unknown): string | null {
  if (typeof block === 'string') return block;
  const { type, text } = asFields(block);
  return type === 'text' && typeof text === 'string' ? text : null;
}

function hasWords(blocks: unknown[]): boolean {
  return blocks.some((block) => (textOf(block) ?? '').trim() !== '');
}
