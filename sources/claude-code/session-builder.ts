/** Collects what one file holds of one session, line by line. */
import { canonicalJson } from '../canonical-json.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { makeEvent, type ImportedEvent } from '../source.ts';
import { toUtc } from '../utc-time.ts';
import { lineEvents } from './line-events.ts';
import { asText, type LineFields } from './line-fields.ts';

export class SessionBuilder {
  readonly sessionId: string | null;
  readonly file: string;
  readonly events: ImportedEvent[] = [];
  readonly uuids = new Set<string>();
  title: { custom: string | null; generated: string | null } = { custom: null, generated: null };
  /** The first value that a line gives: later ones would change with the file. */
  cwd: string | null = null;
  branch: string | null = null;
  version: string | null = null;
  private readonly toolNames = new Map<string, string>();
  /** Of each API message the blocks that were taken: its lines may repeat them. */
  private readonly blocks = new Map<string, Set<string>>();
  private readonly agents = new Set<string>();
  private isMain = false;

  constructor(sessionId: string | null, file: string) {
    this.sessionId = sessionId;
    this.file = file;
  }

  /** Adds the line's events; gives what was left out, by reason. */
  add(line: LineFields): string[] {
    this.cwd ??= asText(line.raw['cwd']);
    this.branch ??= asText(line.raw['gitBranch']);
    this.version ??= asText(line.raw['version']);
    if (line.type === 'custom-title') this.title.custom = asText(line.raw['customTitle']) ?? this.title.custom;
    if (line.type === 'ai-title') this.title.generated = asText(line.raw['aiTitle']) ?? this.title.generated;
    if (line.uuid !== null) {
      if (this.uuids.has(line.uuid)) return ['repeated line'];
      this.uuids.add(line.uuid);
    }
    const { said, skipped } = lineEvents(line, (id) => this.toolNames.get(id));
    if (said.length > 0) {
      if (line.isSidechain && line.agentId !== null) this.agents.add(line.agentId);
      else this.isMain = true;
    }
    const processedAt = toUtc(line.timestamp);
    let ordinal = 0;
    for (const { type, payload } of said) {
      if (line.type === 'assistant' && line.message.id !== null && this.isKnownBlock(line.message.id, [type, payload])) {
        skipped.push('repeated block');
        continue;
      }
      if (type === 'agent.tool_use' && typeof payload['tool_use_id'] === 'string')
        this.toolNames.set(payload['tool_use_id'], String(payload['name']));
      const sourceEventId = line.uuid === null ? null : ordinal === 0 ? line.uuid : `${line.uuid}:${ordinal}`;
      this.events.push(makeEvent(type, payload, processedAt, sourceEventId));
      ordinal += 1;
    }
    return skipped;
  }

  /** A file that holds one sub-agent's lines only is that agent's own session; sidechains among other lines stay where they are. */
  get agentId(): string | null {
    const [agent, ...others] = this.agents;
    return agent !== undefined && others.length === 0 && !this.isMain ? agent : null;
  }

  private isKnownBlock(messageId: string, block: unknown): boolean {
    const known = this.blocks.get(messageId) ?? new Set<string>();
    this.blocks.set(messageId, known);
    const hash = sha256Hex(canonicalJson(block));
    if (known.has(hash)) return true;
    known.add(hash);
    return false;
  }
}
