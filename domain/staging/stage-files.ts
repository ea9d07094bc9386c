// Applies the edits to the files: replace in place, take out, deal out junk drawers, put in what is new.
import type { Change } from '../change.ts';
import type { Claim } from '../claim.ts';
import type { DraftClaim, DraftFile } from '../draft.ts';
import type { Evidence } from '../evidence.ts';
import { deriveId } from '../ids.ts';
import { isIndexPath } from '../index-file.ts';
import { isListPath } from '../layout.ts';
import type { LeftOutWhy } from '../operation.ts';
import { isProtected } from '../protected-paths.ts';
import { distinctEvidence, standingEvidence } from './change-evidence.ts';
import { changeId, changeKey, moveKey } from './change-key.ts';
import { describeEdit, describeMove, lineEvidence, type LinePlace } from './describe-change.ts';
import { adoptOrphans, collectUnits, introductionOf, takeUnit, type MovingUnit } from './empty-drawer.ts';
import { insertLines, type NewLine } from './insert-lines.ts';
import { isJunkDrawer, isKeptInOrder, isNamedForNothing } from './junk-drawer.ts';
import { holdsAnything, readNoteFile, removePiece, replacePiece, type NoteFile, type Piece } from './note-file.ts';
import type { Section } from './nearness.ts';
import { isClosedToNewLines, isSettledText, isStep } from './open-sections.ts';
import { Placement } from './placement.ts';
import { dropEmptyHeadings, renderNoteFile, type RenderedPiece } from './render-note-file.ts';
import { countsTowardRetireCap, resolveProposals, retireAllowance, type Edit, type Resolution } from './resolve-proposals.ts';
import type { StageInput } from './stage-draft.ts';
import { sameText } from './statement.ts';
import { standsAsItStood, takeBack, type ReplacedPiece, type UnitMove } from './take-back.ts';
import { byWeight, hasCheckbox, holdsClaims, newClaim, realTopic, type Waiting } from './waiting-line.ts';

export interface StagedFiles extends Pick<Resolution, 'keptByCap' | 'dropped'> {
  files: Omit<DraftFile, 'sha256'>[];
  claims: DraftClaim[];
  changes: Change[];
  /** Files in which a text was replaced; only there can moving the new text elsewhere help against the size limit. */
  replacedIn: Set<string>;
  /** Changes that were laid out and taken back: those asked for, and those that made no sense without them. */
  leftOut: Map<string, LeftOutWhy>;
}

/** A file may read as a drawer only once others are dealt out; laying out the result again must change nothing. */
const maxLayouts = 5;

/** `leftOut` names changes to take back once everything is laid out, so that all others come out as they would with them. */
export function stageFiles(
  input: StageInput,
  overfull: ReadonlySet<string>,
  leftOut: ReadonlyMap<string, LeftOutWhy> = new Map(),
): StagedFiles {
  const memories = input.memories.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return new Staging({ ...input, memories }, overfull).run(leftOut);
}

class Staging {
  readonly input: StageInput;
  readonly overfull: ReadonlySet<string>;
  readonly resolution: Resolution;
  readonly claims: ReadonlyMap<string, Claim>;
  readonly contents: ReadonlyMap<string, string>;
  /** By path. */
  readonly claimsOf = new Map<string, Claim[]>();
  readonly files: Map<string, NoteFile>;
  readonly places = new Map<string, { file: NoteFile; piece: Piece }>();
  readonly topicOfClaim: (claim: Claim) => string | null;
  readonly waiting: Waiting[] = [];
  /** Edits that changed something, with the claims they took, by key. */
  readonly effective = new Map<string, Edit>();
  /** Hosts that already said it: claim id → key of the edit that leads others to them. */
  readonly standingHosts = new Map<string, string>();
  /** Evidence beyond a line's own, by edit key or, of a line that stands as it stood, by claim id; `by` is the edit that brings it. */
  readonly support = new Map<string, { by: string; evidence: readonly Evidence[] }[]>();
  readonly replacedIn = new Set<string>();
  readonly replaced = new Map<string, ReplacedPiece>();
  readonly moves: UnitMove[] = [];
  readonly introduced = new Map<string, NoteFile>();
  leftOut = new Map<string, LeftOutWhy>();

  constructor(input: StageInput, overfull: ReadonlySet<string>) {
    this.input = input;
    this.overfull = overfull;
    this.claims = new Map(input.claims.map((claim) => [claim.id, claim]));
    this.contents = new Map(input.memories.map((memory) => [memory.path, memory.content]));
    for (const claim of input.claims) {
      const known = this.claimsOf.get(claim.path);
      if (known === undefined) this.claimsOf.set(claim.path, [claim]);
      else known.push(claim);
    }
    this.files = new Map(input.memories.map((memory) => [memory.path, readNoteFile(memory, this.claimsOf.get(memory.path) ?? [])]));
    for (const file of this.files.values())
      for (const piece of file.pieces) if (piece.claim !== null) this.places.set(piece.claim.id, { file, piece });
    const inFile = (matches: (file: NoteFile, piece: Piece) => boolean): Set<string> =>
      new Set([...this.places].filter(([, { file, piece }]) => matches(file, piece)).map(([id]) => id));
    const texts = new Set([...this.files.values()].filter(isSettledText));
    this.resolution = resolveProposals({
      ...input,
      settled: inFile((file) => texts.has(file)),
      steps: inFile((file, piece) => !isNamedForNothing(file.path) && isStep(piece)),
    });
    this.topicOfClaim = this.#topics();
  }

  run(leftOut: ReadonlyMap<string, LeftOutWhy>): StagedFiles {
    const drawers = this.#drawers(true);
    for (const edit of this.resolution.edits) this.#apply(edit, drawers);
    this.#layOut(drawers, true);
    for (let layout = 1; layout < maxLayouts; layout++) {
      for (const file of this.files.values()) if (file.isChanged) dropEmptyHeadings(file);
      if (this.#layOut(this.#drawers(false), false) === 0) break;
    }
    for (const file of drawers) this.#dropIntroduction(file);
    if (leftOut.size > 0) this.#takeBack(leftOut);
    return this.#render();
  }

  #takeBack(leftOut: ReadonlyMap<string, LeftOutWhy>): void {
    const { files, places, effective, replaced, moves, introduced } = this;
    this.leftOut = takeBack({ dreamId: this.input.dreamId, files, places, effective, replaced, moves, introduced }, leftOut);
    for (const file of files.values()) this.#readAgain(file);
  }

  /** A file from which every change was taken back is what it was, byte for byte. */
  #readAgain(file: NoteFile): void {
    const { path, memoryId, content } = file;
    if (!file.isChanged || memoryId === null || !standsAsItStood(file, this.places)) return;
    Object.assign(file, readNoteFile({ path, memoryId, content }, this.claimsOf.get(path) ?? []));
  }

  /** A line that only introduced a drawer goes with it, as a change of its own that can be refused. */
  #dropIntroduction(file: NoteFile): void {
    const introduction = introductionOf(file);
    const claim = introduction?.claim;
    if (
      claim === null ||
      claim === undefined ||
      introduction?.isRemoved === true ||
      file.pieces.some((piece) => piece.kind === 'claim' && piece !== introduction && !piece.isRemoved)
    )
      return;
    const retired = [...this.effective.values()]
      .filter(({ proposal: { kind, reasonCode } }) => kind === 'retire' && countsTowardRetireCap(reasonCode))
      .reduce((sum, { gone }) => sum + gone.length, 0);
    if (retired + 1 > retireAllowance(this.input)) return;
    const proposal: Edit['proposal'] = {
      kind: 'retire',
      reasonCode: 'layout',
      reason: `It introduced ${file.path}, whose notes now stand with their topics.`,
      claimIds: [claim.id],
      factIds: [],
    };
    const key = changeKey(proposal);
    if (this.input.refused.has(key) || this.input.refused.has(changeId(this.input.dreamId, key))) return;
    this.effective.set(key, { key, proposal, statement: null, host: null, gone: [claim] });
    this.introduced.set(key, file);
    this.#takeOut(claim);
  }

  /** A topic that a proposal names comes before what the words say. */
  #topics(): (claim: Claim) => string | null {
    const known = new Map<string, string | null>();
    for (const { proposal } of this.resolution.edits) {
      if (!('topic' in proposal)) continue;
      const topic = realTopic(proposal.topic);
      for (const id of proposal.claimIds) if (topic !== null && !known.has(id)) known.set(id, topic);
    }
    return (claim) => {
      const named = known.get(claim.id);
      if (named !== undefined) return named;
      const topic = realTopic(this.input.topicOf?.(claim) ?? null);
      known.set(claim.id, topic);
      return topic;
    };
  }

  #topicOfPiece(piece: Piece, first: boolean): string | null {
    if (first && piece.claim !== null) return this.topicOfClaim(piece.claim);
    const claim = piece.claim ?? { ...newClaim, id: piece.editKey ?? '' };
    return realTopic(this.input.topicOf?.({ ...claim, text: piece.statement }) ?? null);
  }

  #isClosed(file: NoteFile): boolean {
    return (
      isProtected(file.path, this.input.protect) || isIndexPath(file.path) || file.pieces.some((piece) => piece.claim?.protected === true)
    );
  }

  #drawers(first: boolean): Set<NoteFile> {
    const lost = new Set(
      first ? this.resolution.edits.flatMap((edit) => edit.gone.filter((claim) => claim !== edit.host).map((claim) => claim.id)) : [],
    );
    const drawers = new Set<NoteFile>();
    for (const file of this.files.values()) {
      if (file.memoryId === null || this.#isClosed(file) || isListPath(file.path) || isSettledText(file)) continue;
      const live = file.pieces.filter((piece) => piece.kind === 'claim' && !piece.isRemoved);
      const topics = live.map((piece) => this.#topicOfPiece(piece, first)).filter((topic): topic is string => topic !== null);
      const lostShare = live.length === 0 ? 0 : live.filter((piece) => lost.has(piece.claim?.id ?? '')).length / live.length;
      if (isJunkDrawer(file, { topics, lostShare })) drawers.add(file);
    }
    return drawers;
  }

  #apply(edit: Edit, drawers: ReadonlySet<NoteFile>): void {
    const { proposal, key, statement } = edit;
    if (statement === null) {
      this.effective.set(key, edit);
      for (const claim of edit.gone) this.#takeOut(claim);
      return;
    }
    const topic = realTopic('topic' in proposal ? proposal.topic : null) ?? (edit.host === null ? null : this.topicOfClaim(edit.host));
    const weight = 'weight' in proposal ? proposal.weight : 0;
    const host = this.#hostOf(edit, drawers);
    const place = host === null ? undefined : this.places.get(host.id);
    if (host === null || place === undefined) {
      this.waiting.push({ edit, unit: null, statement, topic, weight });
      return;
    }
    const others = edit.gone.filter((claim) => claim.id !== host.id);
    for (const claim of others) this.#takeOut(claim);
    const support = lineEvidence(edit, this.input.facts, this.claims, this.contents);
    if (statement === host.text || (proposal.kind !== 'rewrite' && sameText(statement) === sameText(host.text))) {
      if (others.length === 0) {
        this.#addSupport(host.id, support, key);
        return;
      }
      if (hasCheckbox(place.piece) && edit.gone.includes(host)) {
        this.#replace(place, edit, [host, ...others], host.text, support);
        return;
      }
      this.#addSupport(host.id, support, key);
      this.effective.set(key, { ...edit, host, gone: others });
      this.standingHosts.set(host.id, key);
      return;
    }
    if (this.overfull.has(host.path)) {
      this.effective.set(key, { ...edit, host, gone: [host, ...others] });
      this.#takeOut(host);
      this.waiting.push({ edit, unit: null, statement, topic, weight });
      return;
    }
    this.#replace(place, edit, [host, ...others], statement, support);
  }

  #replace(place: { file: NoteFile; piece: Piece }, edit: Edit, gone: Claim[], statement: string, support: readonly Evidence[]): void {
    this.effective.set(edit.key, { ...edit, host: gone[0] ?? null, gone });
    this.#addSupport(edit.key, support, edit.key);
    this.replaced.set(edit.key, { piece: place.piece, source: place.piece.source, statement: place.piece.statement });
    replacePiece(place.file, place.piece, statement, edit.key);
    this.replacedIn.add(place.file.path);
  }

  /** Of several claims that say it, the one in a well-kept file keeps its place rather than the one in a drawer. */
  #hostOf(edit: Edit, drawers: ReadonlySet<NoteFile>): Claim | null {
    if (edit.host === null || !edit.gone.includes(edit.host)) return edit.host;
    const isKept = (claim: Claim): boolean => {
      const file = this.places.get(claim.id)?.file;
      return file !== undefined && !drawers.has(file) && claim.kind !== 'code';
    };
    return isKept(edit.host) ? edit.host : (edit.gone.find(isKept) ?? edit.host);
  }

  #takeOut(claim: Claim): void {
    const place = this.places.get(claim.id);
    if (place !== undefined) removePiece(place.file, place.piece);
  }

  #addSupport(key: string, evidence: readonly Evidence[], by: string): void {
    this.support.set(key, [...(this.support.get(key) ?? []), { by, evidence }]);
  }

  #supportOf(key: string): Evidence[] {
    return (this.support.get(key) ?? []).flatMap(({ by, evidence }) => (this.#isLeftOut(by) ? [] : evidence));
  }

  #isLeftOut(key: string): boolean {
    return this.leftOut.has(changeId(this.input.dreamId, key));
  }

  /** Moves units out of drawers and, the first time, puts in what waits for a place; says how many units moved. */
  #layOut(drawers: ReadonlySet<NoteFile>, first: boolean): number {
    const standing = [...this.files.values()].filter((file) => !drawers.has(file) && holdsClaims(file) && !isIndexPath(file.path));
    const candidates = standing.filter(
      (file) => !this.#isClosed(file) && !isListPath(file.path) && isKeptInOrder(file) && !isClosedToNewLines(file),
    );
    const topicOf = (piece: Piece): string | null => this.#topicOfPiece(piece, first);
    const placement = new Placement(this.files, candidates, topicOf, (path) => !isProtected(path, this.input.protect), standing.length);
    const units = [...drawers]
      .flatMap((file) => collectUnits(file, topicOf, (claimId) => this.#isMoveRefused(claimId)))
      .map((unit): Waiting => ({ edit: null, unit, statement: unit.statement, topic: unit.topic, weight: 0 }));
    return this.#putIn([...units, ...this.waiting.splice(0).sort(byWeight)], placement);
  }

  #isMoveRefused(claimId: string): boolean {
    const key = moveKey(claimId);
    return this.input.refused.has(key) || this.input.refused.has(changeId(this.input.dreamId, key));
  }

  #putIn(lines: readonly Waiting[], placement: Placement): number {
    const standing = new Map<string, string>();
    for (const file of this.files.values()) {
      for (const piece of file.pieces)
        if (piece.kind === 'claim' && !piece.isRemoved) standing.set(sameText(piece.statement), piece.editKey ?? piece.claim?.id ?? '');
    }
    const fresh: Waiting[] = [];
    for (const line of lines) {
      const { edit } = line;
      const said = edit === null ? undefined : standing.get(sameText(line.statement));
      if (edit !== null && said !== undefined && edit.gone.length === 0) {
        this.#addSupport(said, lineEvidence(edit, this.input.facts, this.claims, this.contents), edit.key);
        continue;
      }
      fresh.push(line);
      if (edit !== null) standing.set(sameText(line.statement), edit.key);
    }
    const places = placement.placeAll(fresh);
    const sections: { section: Section; lines: NewLine[] }[] = [];
    const units = new Map<NewLine, MovingUnit>();
    for (const line of fresh) {
      const { edit } = line;
      const section = places.get(line) ?? null;
      if (section === null) continue;
      const made: NewLine =
        line.unit !== null
          ? takeUnit(line.unit)
          : {
              kind: 'claim',
              level: 0,
              title: '',
              statement: line.statement,
              editKey: edit?.key ?? null,
              claim: edit?.host ?? null,
              below: [],
              source: null,
            };
      if (line.unit !== null) units.set(made, line.unit);
      const open = sections.find((entry) => entry.section.file === section.file && entry.section.heading === section.heading);
      if (open === undefined) sections.push({ section, lines: [made] });
      else open.lines.push(made);
      if (edit === null) continue;
      if (!this.effective.has(edit.key)) this.effective.set(edit.key, edit);
      this.#addSupport(edit.key, lineEvidence(edit, this.input.facts, this.claims, this.contents), edit.key);
    }
    for (const { section, lines: made } of sections)
      for (const [line, to] of insertLines(section, made)) {
        const unit = units.get(line);
        if (unit !== undefined) this.moves.push({ from: [unit.root, ...unit.below], to, lost: unit.lost });
      }
    return fresh.filter((line) => line.unit !== null && places.get(line) != null).length;
  }

  #render(): StagedFiles {
    const files: StagedFiles['files'] = [];
    const claims: DraftClaim[] = [];
    const changes: Change[] = [];
    const lines = new Map<string, LinePlace>();
    for (const file of [...this.files.values()].sort((a, b) => (a.path < b.path ? -1 : 1))) {
      if (file.isChanged && !holdsAnything(file)) continue;
      adoptOrphans(file);
      const { content, placed } = file.isChanged ? renderNoteFile(file) : { content: file.content, placed: standingPieces(file) };
      files.push({ path: file.path, content, memoryId: file.memoryId });
      for (const rendered of placed) if (rendered.piece.kind === 'claim') claims.push(this.#draftClaim(file, rendered, lines, changes));
    }
    for (const edit of this.effective.values()) {
      const host = edit.host === null ? undefined : this.standingHosts.get(edit.host.id) === edit.key ? edit.host.id : undefined;
      changes.push(
        describeEdit(this.input.dreamId, edit, lines.get(host ?? edit.key) ?? null, this.input.facts, this.claims, this.contents),
      );
    }
    changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    const { replacedIn, leftOut, resolution } = this;
    return { files, claims, changes, replacedIn, leftOut, keptByCap: resolution.keptByCap, dropped: resolution.dropped };
  }

  #draftClaim(file: NoteFile, { piece, start, end }: RenderedPiece, lines: Map<string, LinePlace>, changes: Change[]): DraftClaim {
    const { claim, editKey } = piece;
    const { dreamId } = this.input;
    const isMoved = claim !== null && editKey === moveKey(claim.id);
    const id = editKey === null ? (claim?.id ?? '') : deriveId('clm', dreamId, 'stageDraft', editKey);
    const place = { path: file.path, claimId: id, statement: piece.statement };
    if (editKey !== null) lines.set(editKey, place);
    if (claim !== null) lines.set(claim.id, place);
    if (isMoved) changes.push(describeMove(dreamId, claim, place, this.contents));
    const standing = claim !== null && (editKey === null || isMoved) ? standingEvidence(claim, this.contents.get(claim.path) ?? '') : [];
    const more = [
      ...(editKey === null ? [] : this.#supportOf(editKey)),
      ...(claim !== null && (editKey === null || isMoved) ? this.#supportOf(claim.id) : []),
    ];
    const ledHere = claim === null ? undefined : this.standingHosts.get(claim.id);
    const key = editKey ?? (ledHere === undefined || this.#isLeftOut(ledHere) ? undefined : ledHere);
    return {
      id,
      path: file.path,
      text: piece.statement,
      start,
      end,
      changeId: key === undefined ? null : changeId(dreamId, key),
      evidence: distinctEvidence([...more, ...standing]),
    };
  }
}

function standingPieces(file: NoteFile): RenderedPiece[] {
  return file.pieces
    .filter((piece) => piece.claim !== null)
    .map((piece) => ({ piece, start: piece.claim?.start ?? 0, end: piece.claim?.end ?? 0 }));
}
