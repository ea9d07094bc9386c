// Reads a note into statements and headings with their line ranges: one pass over the lines, linear, without recursion.
// A Markdown library was measured instead: 0.6 MB/s and quadratic on long files, against the 10 MB/s and more of this pass.
import { codeLine, findFrontMatter, isDelimiterRow, readFence, rowText } from './line-forms.ts';
import { cutLines, isRule, readLineBody, readListMarker, stripMarkers, type Line, type LineBody } from './lines.ts';
import { separateNotes } from './separate-notes.ts';

export interface Heading {
  kind: 'heading';
  /** 1 to 6 as written; 7 for a bold label line and for a list item that introduces the items below it. */
  level: number;
  text: string;
  start: number;
  end: number;
}

export interface Statement {
  kind: 'item' | 'paragraph' | 'row' | 'code';
  text: string;
  /** From its first line's first character to its last line's end, without the break. */
  start: number;
  end: number;
  /** Headings above it, outermost first. */
  headings: string[];
}

export interface NoteBlocks {
  frontMatter: { start: number; end: number } | null;
  /** In order of the text; ranges never overlap. */
  blocks: (Heading | Statement)[];
}

interface OpenItem {
  quotes: number;
  markerIndent: number;
  contentIndent: number;
  lines: string[];
  start: number;
  end: number;
  /** Position in the list of blocks; -1 while the item has no text. */
  position: number;
  hasChild: boolean;
}

export function readBlocks(content: string): NoteBlocks {
  const frontMatter = findFrontMatter(content);
  const reader = new BlockReader(content, cutLines(content, frontMatter?.end ?? (content.charCodeAt(0) === 0xfeff ? 1 : 0)));
  return { frontMatter, blocks: reader.read() };
}

class BlockReader {
  readonly content: string;
  readonly lines: Line[];
  readonly blocks: (Heading | Statement)[] = [];
  readonly items: OpenItem[] = [];
  headings: { level: number; text: string }[] = [];
  paragraph: { texts: string[]; lines: Line[]; quotes: number } | null = null;
  afterBlank = true;
  inTable = false;
  hasNoCommentEnd = false;

  constructor(content: string, lines: Line[]) {
    this.content = content;
    this.lines = lines;
  }

  read(): (Heading | Statement)[] {
    for (let i = 0; i < this.lines.length;) i = this.readLine(i);
    this.closeParagraph();
    this.closeItems(0);
    return this.blocks.filter((block) => block.kind === 'heading' || /[\p{L}\p{N}]/u.test(block.text));
  }

  /** Takes the block that begins at line `i`, or the one line that continues a block; gives the next line to read. */
  readLine(i: number): number {
    const line = this.lines[i] as Line;
    const body = this.bodyOf(line);
    if (body.text === '') return this.readBlank(i, body);
    const inner = this.items.at(-1);
    const base = inner !== undefined && body.indent >= inner.contentIndent && body.quotes === inner.quotes ? inner.contentIndent : 0;
    const isCodeIndent = body.indent - base >= 4;

    const fence = isCodeIndent && this.paragraph === null && inner === undefined ? null : readFence(body.text);
    if (fence !== null) return this.readFenced(i, body, fence);
    if (body.text.startsWith('<!--')) return this.readComment(i);
    if (!isCodeIndent || this.paragraph !== null) {
      const heading = isCodeIndent ? null : /^(#{1,6})(?:[ \t]+(.*))?$/.exec(body.text);
      if (heading !== null) return this.readHeading(i, heading[1]?.length ?? 1, (heading[2] ?? '').replace(/[ \t]+#+$/, ''));
      if (this.isUnderline(body)) return this.readUnderlined(i, body.text.startsWith('=') ? 1 : 2);
    }
    if (isRule(body.text)) return this.readRule(i, body);
    const marker = readListMarker(body.text);
    if (marker !== null && !(marker.ordered && this.paragraph !== null && /^\d{3}/.test(body.text))) return this.readItem(i, body);
    if (this.isRow(i, body)) return this.readRow(i, body);
    if (isCodeIndent && this.afterBlank && this.paragraph === null) return this.readIndentedCode(i, body, base);
    return this.readText(i, body);
  }

  bodyOf(line: Line): LineBody {
    return readLineBody(this.content.slice(line.start, line.end));
  }

  readBlank(i: number, body: LineBody): number {
    if (body.quotes === 0 || this.paragraph !== null) this.closeParagraph();
    this.afterBlank = true;
    this.inTable = false;
    return i + 1;
  }

  readHeading(i: number, level: number, text: string): number {
    this.closeParagraph();
    this.closeItems(0);
    const line = this.lines[i] as Line;
    this.pushHeading(level, text.trim(), line.start, line.end);
    return i + 1;
  }

  pushHeading(level: number, text: string, start: number, end: number): void {
    while ((this.headings.at(-1)?.level ?? 0) >= level) this.headings.pop();
    this.headings.push({ level, text });
    this.blocks.push({ kind: 'heading', level, text, start, end });
    this.afterBlank = true;
    this.inTable = false;
  }

  /** A line of `=` or `-` under one short line without closing punctuation makes it a heading; under a note it is a rule. */
  isUnderline(body: LineBody): boolean {
    if (this.paragraph === null || this.paragraph.texts.length !== 1 || this.items.length > 0) return false;
    if (!/^(?:=+|-{3,})$/.test(body.text)) return false;
    const title = this.paragraph.texts[0] ?? '';
    return body.text.startsWith('=') || (title.length <= 60 && !/[.!?;,]$/.test(title));
  }

  readUnderlined(i: number, level: number): number {
    const title = this.paragraph as NonNullable<typeof this.paragraph>;
    this.paragraph = null;
    this.closeItems(0);
    this.pushHeading(level, title.texts[0] ?? '', title.lines[0]?.start ?? 0, this.lines[i]?.end ?? 0);
    return i + 1;
  }

  readRule(i: number, body: LineBody): number {
    this.closeParagraph();
    this.closeItems(this.depthAt(body));
    this.afterBlank = true;
    return i + 1;
  }

  readComment(i: number): number {
    this.closeParagraph();
    const first = this.lines[i] as Line;
    const close = this.hasNoCommentEnd ? -1 : this.content.indexOf('-->', first.start);
    if (close === -1) {
      // Looked for once only: from each of many openings it would be quadratic.
      this.hasNoCommentEnd = true;
      return this.readText(i, this.bodyOf(first));
    }
    let last = i;
    while ((this.lines[last] as Line).end < close + 3 && last + 1 < this.lines.length) last++;
    // Words behind the comment on its last line are a note like any other.
    const rest = this.content.slice(close + 3, (this.lines[last] as Line).end).trim();
    if (rest !== '' && last === i) return this.readText(i, { ...this.bodyOf(first), text: rest });
    this.afterBlank = true;
    return last + 1;
  }

  readFenced(i: number, opening: LineBody, fence: { char: string; length: number }): number {
    const owner = this.ownerOf(opening);
    this.closeParagraph();
    const inner: string[] = [];
    let last = i;
    for (let j = i + 1; j < this.lines.length; j++) {
      const body = this.bodyOf(this.lines[j] as Line);
      if (body.quotes < opening.quotes) break;
      if (owner !== null && body.text !== '' && body.indent < Math.min(opening.indent, owner.contentIndent)) break;
      last = j;
      const closing = readFence(body.text);
      if (closing !== null && closing.char === fence.char && closing.length >= fence.length && body.text.length === closing.length) break;
      inner.push(codeLine(this.content.slice((this.lines[j] as Line).start, (this.lines[j] as Line).end), opening));
    }
    const end = (this.lines[last] as Line).end;
    if (owner !== null && !owner.hasChild) this.extendItem(owner, inner.join('\n').trim(), end);
    else {
      if (owner === null) this.closeItems(0);
      this.pushStatement('code', inner.join('\n').trim(), (this.lines[i] as Line).start, end);
    }
    this.afterBlank = true;
    return last + 1;
  }

  readIndentedCode(i: number, opening: LineBody, base: number): number {
    this.closeItems(this.depthAt(opening));
    let last = i;
    for (let j = i + 1; j < this.lines.length; j++) {
      const body = this.bodyOf(this.lines[j] as Line);
      if (body.quotes !== opening.quotes) break;
      if (body.text === '') continue;
      if (body.indent - base < 4) break;
      last = j;
    }
    const source = this.lines.slice(i, last + 1).map((line) => codeLine(this.content.slice(line.start, line.end), opening));
    this.pushStatement('code', source.join('\n').trim(), (this.lines[i] as Line).start, (this.lines[last] as Line).end);
    this.afterBlank = true;
    return last + 1;
  }

  readItem(i: number, body: LineBody): number {
    this.closeParagraph();
    this.closeItems(this.depthAt(body));
    const line = this.lines[i] as Line;
    const marker = readListMarker(body.text);
    const parent = this.items.at(-1);
    if (parent !== undefined) parent.hasChild = true;
    const text = stripMarkers(body.text);
    const fence = readFence(text);
    const item: OpenItem = {
      quotes: body.quotes,
      markerIndent: body.indent,
      contentIndent: body.indent + (marker?.width ?? 2),
      lines: text === '' ? [] : [text],
      start: line.start,
      end: line.end,
      position: this.blocks.length,
      hasChild: false,
    };
    this.items.push(item);
    this.blocks.push({ kind: 'item', text, start: line.start, end: line.end, headings: this.headingTexts() });
    this.afterBlank = false;
    this.inTable = false;
    if (fence !== null) {
      item.lines = [];
      return this.readFenced(i, { ...body, indent: item.contentIndent }, fence);
    }
    return i + 1;
  }

  isRow(i: number, body: LineBody): boolean {
    if (!body.text.includes('|')) return false;
    if (this.inTable || (body.text.startsWith('|') && body.text.endsWith('|') && body.text.length > 1)) return true;
    const next = this.lines[i + 1];
    return next !== undefined && isDelimiterRow(this.bodyOf(next).text);
  }

  readRow(i: number, body: LineBody): number {
    this.closeParagraph();
    this.closeItems(this.depthAt(body));
    const line = this.lines[i] as Line;
    const next = this.lines[i + 1];
    const isHeader = next !== undefined && isDelimiterRow(this.bodyOf(next).text);
    this.inTable = true;
    this.afterBlank = false;
    if (!isHeader && !isDelimiterRow(body.text)) this.pushStatement('row', rowText(body.text), line.start, line.end);
    return isHeader ? i + 2 : i + 1;
  }

  /** Plain text: goes on with the open paragraph or item, or begins a paragraph. */
  readText(i: number, body: LineBody): number {
    const line = this.lines[i] as Line;
    this.inTable = false;
    const owner = this.ownerOf(body);
    if (this.paragraph !== null && !this.afterBlank) {
      this.paragraph.texts.push(body.text);
      this.paragraph.lines.push(line);
    } else if (owner !== null && !owner.hasChild) this.extendItem(owner, body.text, line.end);
    else {
      this.closeParagraph();
      this.closeItems(this.depthAt(body));
      this.paragraph = { texts: [body.text], lines: [line], quotes: body.quotes };
    }
    this.afterBlank = false;
    return i + 1;
  }

  /** The open item that a line without marker belongs to: right below it any line, after a blank one only an indented one. */
  ownerOf(body: LineBody): OpenItem | null {
    if (this.paragraph !== null) return null;
    const inner = this.items.at(-1);
    if (inner === undefined) return null;
    if (!this.afterBlank) return inner.quotes >= body.quotes ? inner : null;
    this.closeItems(this.depthAt(body));
    return this.items.at(-1) ?? null;
  }

  /** How many of the open items hold a block that begins with this indent. */
  depthAt(body: LineBody): number {
    let depth = 0;
    for (const item of this.items) {
      if (item.quotes !== body.quotes || body.indent < item.markerIndent + 2) break;
      depth++;
    }
    return depth;
  }

  extendItem(item: OpenItem, text: string, end: number): void {
    item.lines.push(text);
    item.end = end;
    const block = this.blocks[item.position] as Statement;
    block.end = end;
  }

  closeItems(depth: number): void {
    while (this.items.length > depth) {
      const item = this.items.pop() as OpenItem;
      const block = this.blocks[item.position] as Statement;
      block.text = item.lines.join(' ').trim();
      if (item.hasChild && block.text.endsWith(':')) this.makeLeadIn(item, block);
    }
  }

  /** An item that ends in a colon above other items says nothing by itself: it is a heading of theirs. */
  makeLeadIn(item: OpenItem, block: Statement): void {
    const text = block.text.slice(0, -1).trim();
    this.blocks[item.position] = { kind: 'heading', level: 7, text, start: block.start, end: block.end };
    const depth = block.headings.length;
    for (let i = item.position + 1; i < this.blocks.length; i++) {
      const child = this.blocks[i] as Heading | Statement;
      if (child.kind !== 'heading') child.headings.splice(depth, 0, text);
    }
  }

  closeParagraph(): void {
    const open = this.paragraph;
    if (open === null) return;
    this.paragraph = null;
    const label = open.texts.length === 1 ? /^\*\*([^*]{1,60})(?::\*\*|\*\*:)$/.exec(open.texts[0] ?? '') : null;
    if (label !== null && this.items.length === 0) {
      this.pushHeading(7, label[1] ?? '', open.lines[0]?.start ?? 0, open.lines[0]?.end ?? 0);
      return;
    }
    for (const group of separateNotes(open.texts)) {
      const text = group.map((index) => open.texts[index]).join(' ');
      const first = open.lines[group[0] ?? 0] as Line;
      const last = open.lines[group.at(-1) ?? 0] as Line;
      this.pushStatement('paragraph', text.replace(/^\[[ xX]\][ \t]+/, ''), first.start, last.end);
    }
  }

  pushStatement(kind: Statement['kind'], text: string, start: number, end: number): void {
    const parent = this.items.at(-1);
    if (parent !== undefined) parent.hasChild = true;
    this.blocks.push({ kind, text, start, end, headings: this.headingTexts() });
  }

  headingTexts(): string[] {
    return this.headings.map((heading) => heading.text).filter((text) => text !== '');
  }
}
