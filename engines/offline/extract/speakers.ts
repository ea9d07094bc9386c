// Who speaks: a user and an agent, or people in a chat whose names stand before their words.
import type { TranscriptEvent } from '../../../domain/transcript.ts';
import type { Window } from '../../../domain/window.ts';

export interface Cast {
  /** The transcript is a chat between people: both sides speak for themselves. */
  betweenPeople: boolean;
  names: string[];
}

export interface Voice {
  /** The person's name; null for the user or agent of an ordinary session. */
  name: string | null;
  /** Where the words begin in the block, after the name. */
  start: number;
}

const prefix = /^\s{0,8}(?:\*\*)?(\p{Lu}[\p{L}.'’-]{0,30}(?: \p{Lu}[\p{L}.'’-]{0,30}){0,2})(?:\*\*)?:(?:\*\*)?\s/u;

export function castOf(window: Window): Cast {
  const spoken = [...window.context, ...window.events].filter(isMessage);
  const names = new Map<string, Set<string>>();
  let prefixed = 0;
  for (const event of spoken) {
    const name = prefix.exec(event.blocks[0]?.text.slice(0, 120) ?? '')?.[1];
    if (name === undefined) continue;
    prefixed++;
    names.set(name, (names.get(name) ?? new Set()).add(event.speaker));
  }
  const people = [...names.keys()].sort();
  const everyNameOneSide = [...names.values()].every((sides) => sides.size === 1);
  const betweenPeople = spoken.length > 0 && prefixed >= 0.6 * spoken.length && people.length <= 8 && everyNameOneSide;
  return { betweenPeople, names: betweenPeople ? people : [] };
}

export function voiceOf(cast: Cast, text: string): Voice {
  const match = cast.betweenPeople ? prefix.exec(text.slice(0, 120)) : null;
  return match === null || !cast.names.includes(match[1] ?? '')
    ? { name: null, start: 0 }
    : { name: match[1] ?? null, start: match[0].length };
}

/** Whom the speaker says "you" to, where only one other person is there. */
export function otherOf(cast: Cast, name: string | null): string | null {
  const others = cast.names.filter((other) => other !== name);
  return name !== null && others.length === 1 ? (others[0] ?? null) : null;
}

export function isMessage(event: TranscriptEvent): boolean {
  return event.type === 'user.message' || event.type === 'agent.message';
}
