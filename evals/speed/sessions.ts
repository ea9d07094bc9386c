/**
 * Sessions of invented text, as Claude Code writes them. Shares of the characters that a dream reads:
 * coding: about 3 % a person's prose, 5 % the agent's, 4 % tool uses (commands, edits), 88 % tool output, a fourteenth of it in
 * long pieces; chat: nothing but prose, half a person's and half the agent's. Five projects take turns; within one, names recur
 * as in real work (few often, most seldom), words besides are drawn from some ten million, so that lines seldom repeat.
 */
import type { Project } from './vocabulary.ts';
import { agentMessage, chatMessage, userMessage } from './prose.ts';
import { Random } from '../random.ts';
import { toolRun } from './tool-output.ts';
import { makeProject } from './vocabulary.ts';

export type Mix = 'coding' | 'chat';

export interface MadeSession {
  path: string;
  bytes: Uint8Array;
  /** Characters of its texts, without the format around them: what a dream reads. */
  characters: number;
}

const projects = 5;
const firstDay = Date.UTC(2026, 0, 5, 9);
const dayMs = 86_400_000;

/** One session of about `characters`; the same seed and number give the same one. */
export function makeSession(seed: number, number: number, characters: number, mix: Mix): MadeSession {
  const random = new Random(seed, 1, number);
  const project = makeProject(seed, number % projects);
  const transcript = new Transcript(`speed-${String(seed)}-${mix}-${String(number)}`, firstDay + number * dayMs);
  while (transcript.characters < characters) {
    if (mix === 'chat') chatTurn(transcript, random, project);
    else workTurn(transcript, random, project);
  }
  return { path: `${String(number)}.jsonl`, bytes: transcript.bytes(), characters: transcript.characters };
}

function chatTurn(transcript: Transcript, random: Random, project: Project): void {
  transcript.say('user', [{ type: 'text', text: chatMessage(random, project) }]);
  transcript.say('assistant', [{ type: 'text', text: chatMessage(random, project) }]);
}

function workTurn(transcript: Transcript, random: Random, project: Project): void {
  transcript.say('user', [{ type: 'text', text: userMessage(random, project) }]);
  for (let runs = random.whole(1, 4); runs > 0; runs--) {
    const { name, input, output, failed } = toolRun(random, project);
    const id = `toolu_${random.hex(16)}`;
    const text = random.chance(0.4) ? [{ type: 'text', text: agentMessage(random, project) }] : [];
    transcript.say('assistant', [...text, { type: 'tool_use', id, name, input }]);
    transcript.say('user', [{ type: 'tool_result', tool_use_id: id, is_error: failed, content: output }]);
  }
  transcript.say('assistant', [{ type: 'text', text: agentMessage(random, project) }]);
}

class Transcript {
  readonly #lines: string[] = [];
  readonly #id: string;
  #at: number;
  characters = 0;

  constructor(id: string, at: number) {
    this.#id = id;
    this.#at = at;
  }

  say(role: 'user' | 'assistant', content: Record<string, unknown>[]): void {
    this.#at += 20_000;
    const uuid = `${this.#id}-${String(this.#lines.length)}`;
    for (const { text, input, content: output } of content)
      this.characters += typeof text === 'string' ? text.length : typeof output === 'string' ? output.length : JSON.stringify(input).length;
    this.#lines.push(
      JSON.stringify({ type: role, uuid, sessionId: this.#id, timestamp: new Date(this.#at).toISOString(), message: { role, content } }),
    );
  }

  bytes(): Uint8Array {
    return new TextEncoder().encode(`${this.#lines.join('\n')}\n`);
  }
}
