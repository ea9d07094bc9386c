/** The one door to a case: name, store, sessions and instructions. Gold and questions stay behind it, unread. */

export interface PickedCase {
  name: unknown;
  instructions: unknown;
  memoryStore: unknown;
  sessions: unknown;
}

/** null when the value is no case: neither a list of sessions nor a memory store. */
export function pickCase(parsed: unknown): PickedCase | null {
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) return null;
  const { name, instructions, memory_store: memoryStore, sessions } = parsed as Record<string, unknown>;
  if (!Array.isArray(sessions) && !Array.isArray(memoryStore)) return null;
  return { name, instructions, memoryStore, sessions };
}
