/** The fields of a Claude Code line that matter here, read once; unknown types give nothing and never throw. */
import { sourceId } from '../source-id.ts';

export interface LineFields {
  type: string;
  subtype: string;
  uuid: string | null;
  sessionId: string | null;
  agentId: string | null;
  timestamp: unknown;
  isSidechain: boolean;
  isMeta: boolean;
  isCompactSummary: boolean;
  isTranscriptOnly: boolean;
  isApiError: boolean;
  /** `human`, `task-notification`, ...; null when the line does not say. */
  origin: string | null;
  message: { id: string | null; model: string | null; content: unknown };
  raw: Record<string, unknown>;
}

export type Fields = Record<string, unknown>;

/** The value as an object to look into; of anything else an empty one. */
export function asFields(value: unknown): Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : {};
}

export function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function readFields(raw: Fields): LineFields {
  const message = asFields(raw['message']);
  return {
    type: asText(raw['type']) ?? '',
    subtype: asText(raw['subtype']) ?? '',
    uuid: sourceId(raw['uuid']),
    sessionId: sourceId(raw['sessionId']) ?? sourceId(raw['session_id']),
    agentId: sourceId(raw['agentId']),
    timestamp: raw['timestamp'],
    isSidechain: raw['isSidechain'] === true,
    isMeta: raw['isMeta'] === true,
    isCompactSummary: raw['isCompactSummary'] === true,
    isTranscriptOnly: raw['isVisibleInTranscriptOnly'] === true,
    isApiError: raw['isApiErrorMessage'] === true,
    origin: asText(asFields(raw['origin'])['kind']),
    message: { id: asText(message['id']), model: asText(message['model']), content: message['content'] },
    raw,
  };
}
