import type { Evidence, Origin } from './evidence.ts';

/** One statement in a memory: the unit that is merged, replaced, kept. */
export interface Claim {
  id: string;
  memoryId: string;
  memoryVersionId: string;
  path: string;
  /** Headings above it, outermost first. */
  headings: string[];
  kind: 'item' | 'paragraph' | 'row' | 'code';
  /** Its text without list marker, checkbox and soft line breaks; Markdown inside (code spans, links) is kept. */
  text: string;
  /** UTF-16 offsets of its whole source in the memory's content: from the line's first character (marker and indent too) to the end of its last line, without the line break. */
  start: number;
  end: number;
  /** ISO date: from its own text, else the memory's; null when neither says. */
  at: string | null;
  /** As recorded when a dream wrote it; `memory` when nothing is recorded. */
  origin: Origin;
  /** Recorded evidence of an earlier dream; empty when a person or agent wrote the line. */
  evidence: Evidence[];
  /** From `protect`, or a file without anything to tidy: may be read, never changed. */
  protected: boolean;
}
