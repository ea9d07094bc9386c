/** A stored session event: the wire's types, as imported. `content` blocks are kept as they came. */
export interface SessionEvent {
  id: string;
  /** Position in the session, from 1, without gaps. */
  number: number;
  type: string;
  /** ISO time, UTC; null when the source had none. */
  processedAt: string | null;
  /** The event's other fields (content, name, input, tool_use_id, ...). */
  payload: Record<string, unknown>;
}

export type Speaker = 'user' | 'agent' | 'tool' | 'system';

/** One text of an event; a message has one per text block, a tool use one per text field of its input. */
export interface TextBlock {
  block: number;
  text: string;
  /** The field of a tool's input that the text came from. */
  field?: string;
}

/** What an engine reads of an event. */
export interface TranscriptEvent {
  id: string;
  number: number;
  type: string;
  speaker: Speaker;
  at: string | null;
  /** Tool name of a tool use. */
  tool?: string;
  isError?: boolean;
  blocks: TextBlock[];
}

/** Who speaks in an event of this type. Types that carry no evidence give null. */
export function speakerOf(type: string): Speaker | null {
  if (type === 'system.message') return 'system';
  if (type.endsWith('tool_result')) return 'tool';
  if (type.startsWith('user.')) return 'user';
  if (type === 'agent.message' || type.endsWith('tool_use')) return 'agent';
  return null;
}

/** The texts of an event in a fixed order; offsets of evidence count in these. */
export function eventBlocks(event: Pick<SessionEvent, 'type' | 'payload'>): TextBlock[] {
  const texts: { text: string; field?: string }[] = [];
  const { content, input, description } = event.payload;
  if (typeof content === 'string') texts.push({ text: content });
  else if (Array.isArray(content)) for (const part of content as unknown[]) collectPart(part, texts);
  if (typeof description === 'string') texts.push({ text: description });
  if (input !== null && typeof input === 'object') {
    for (const [field, value] of Object.entries(input)) if (typeof value === 'string') texts.push({ text: value, field });
  }
  return texts.map((entry, block) => ({ block, ...entry }));
}

function collectPart(part: unknown, texts: { text: string }[]): void {
  if (part === null || typeof part !== 'object') return;
  const { type, text, source } = part as { type?: unknown; text?: unknown; source?: { data?: unknown; type?: unknown } };
  if (type === 'text' && typeof text === 'string') texts.push({ text });
  if (type === 'document' && source?.type === 'text' && typeof source.data === 'string') texts.push({ text: source.data });
}

/** The reader's view of a stored event; null when it carries no evidence. */
export function toTranscriptEvent(event: SessionEvent): TranscriptEvent | null {
  const speaker = speakerOf(event.type);
  if (speaker === null) return null;
  const blocks = eventBlocks(event);
  if (blocks.every((block) => block.text.trim() === '')) return null;
  const { name, is_error: isError } = event.payload as { name?: unknown; is_error?: unknown };
  return {
    id: event.id,
    number: event.number,
    type: event.type,
    speaker,
    at: event.processedAt,
    blocks,
    ...(typeof name === 'string' ? { tool: name } : {}),
    ...(isError === true ? { isError: true } : {}),
  };
}
