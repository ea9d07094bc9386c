// A text with stretches cut out or replaced, and where each place of the old text stands in the new one.

export interface TextEdit {
  start: number;
  end: number;
  /** What stands there instead; '' for a cut. */
  text: string;
}

export interface Range {
  start: number;
  end: number;
}

export interface EditedText {
  before: string;
  content: string;
  /**
   * Where a range of the old text stands now; null when nothing of it is left. One that no edit touches keeps its words; of
   * one that ends inside a replaced stretch the whole replacement is meant.
   */
  place(range: Range): Range | null;
}

/** The edits may come in any order; they must not overlap. */
export function editText(before: string, edits: readonly TextEdit[]): EditedText {
  const sorted = edits.filter((edit) => edit.end > edit.start || edit.text !== '').toSorted((a, b) => a.start - b.start || a.end - b.end);
  const placed: (TextEdit & { newStart: number; newEnd: number })[] = [];
  let content = '';
  let at = 0;
  for (const edit of sorted) {
    if (edit.start < at || edit.end > before.length) throw new RangeError('edits overlap or lie outside the text');
    content += before.slice(at, edit.start);
    placed.push({ ...edit, newStart: content.length, newEnd: content.length + edit.text.length });
    content += edit.text;
    at = edit.end;
  }
  content += before.slice(at);
  const last = (offset: number) => placed.findLast((edit) => edit.start < offset);
  const placeStart = (offset: number): number => {
    const edit = last(offset);
    if (edit === undefined) return offset;
    return offset >= edit.end ? edit.newEnd + offset - edit.end : edit.newStart;
  };
  const placeEnd = (offset: number): number => {
    const edit = last(offset);
    if (edit === undefined) return offset;
    return offset >= edit.end ? edit.newEnd + offset - edit.end : edit.newEnd;
  };
  return {
    before,
    content,
    place: ({ start, end }) => {
      const range = { start: placeStart(start), end: placeEnd(end) };
      return range.end > range.start ? range : null;
    },
  };
}
