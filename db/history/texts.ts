/** Words inside a run's history: in what was given to steps and answered by them, in signals and updates, in reasons that people gave. */
import type { History } from './bytes.ts';
import { decodeHistory, encodeHistory } from './bytes.ts';

export type ChangeText = (text: string) => string;

/** The history with each of its texts put through `change`; null when that changes none. The given one stays as it is. */
export function changeHistoryTexts(history: History, change: ChangeText): History | null {
  const copy = decodeHistory(encodeHistory(history));
  return changeMessage(copy as Message, change) ? copy : null;
}

/** Every text in it, those inside payloads as their JSON means them. */
export function textsOfHistory(history: History): string[] {
  const texts: string[] = [];
  changeMessage(history as Message, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

type Message = Record<string, unknown>;

/** In place. Answers whether anything changed. */
function changeMessage(message: Message, change: ChangeText): boolean {
  let changed = false;
  for (const [name, value] of Object.entries(message)) {
    if (typeof value === 'string') {
      const next = change(value);
      if (next === value) continue;
      message[name] = next;
      changed = true;
    } else if (value instanceof Uint8Array) {
      const next = name === 'data' ? changePayload(value, change) : value;
      if (next === value) continue;
      message[name] = next;
      changed = true;
    } else if (value !== null && typeof value === 'object') {
      if (changeMessage(value as Message, change)) changed = true;
    }
  }
  return changed;
}

/** Ours are JSON; what somebody sent by hand may be anything. */
function changePayload(data: Uint8Array, change: ChangeText): Uint8Array {
  const text = new TextDecoder().decode(data);
  const value = parse(text);
  const next = value === undefined ? change(text) : JSON.stringify(changeJson(value, change));
  return value === undefined ? (next === text ? data : encode(next)) : next === JSON.stringify(value) ? data : encode(next);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Then it is a text of its own.
    return undefined;
  }
}

/** Names as well as values: whoever sends a signal by hand chooses both. */
function changeJson(value: unknown, change: ChangeText): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return (value as unknown[]).map((item) => changeJson(item, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [change(name), changeJson(item, change)]));
}
