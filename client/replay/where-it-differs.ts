/** Where a replay differs from its history, in plain words: the SDK names its own machines and Rust structures. */
import type { History, HistoryEvent } from '../../db/history/bytes.ts';
import { idOf, stepName } from './run-steps.ts';

export interface Difference {
  /** null where the SDK does not say which. */
  eventId: string | null;
  said: string;
}

/** `code` is who decided otherwise: "today's code", "the archived code". */
export function whereItDiffers(history: History, message: string, code: string): Difference {
  const detail = detailOf(message);
  const steps = /^Activity type of scheduled event '(\w*)' does not match activity type of activity command '(\w*)'/.exec(detail);
  if (steps !== null) return stepDiffers(history, steps[1] ?? '', steps[2] ?? '', code);
  const machine = /^(.+?)\s?machine (?:does not|cannot) handle (?:this event: )?HistoryEvent\(id: (\d+), /i.exec(detail);
  if (machine !== null)
    return at(history, machine[2] ?? '', `${code} ${wanted[wordsOf(machine[1] ?? '')] ?? 'did something else'} instead`);
  const nothing = /^No command scheduled for event HistoryEvent\(id: (\d+), /.exec(detail);
  if (nothing !== null) return at(history, nothing[1] ?? '', `${code} asked for nothing there`);
  const numbered = /HistoryEvent\(id: (\d+), /.exec(detail)?.[1];
  if (numbered !== undefined) return at(history, numbered, `${code} did something else (${detail})`);
  return { eventId: null, said: `${code} decides otherwise: ${detail}` };
}

/** What stands between the code and the sentence of the SDK. */
export function detailOf(message: string): string {
  const inner = /message: "((?:[^"\\]|\\.)*)"/.exec(message)?.[1];
  const text = inner === undefined ? message : inner.replaceAll(/\\(.)/g, '$1');
  return text.replace(/^\[TMPRL\d+\] /, '').replace(/^Nondeterminism error: /, '');
}

function stepDiffers(history: History, recorded: string, asked: string, code: string): Difference {
  const places = (history.events ?? []).filter((event) => stepName(event) === recorded).map(idOf);
  const [first = null] = places;
  const where = places.length === 1 ? `at event ${first ?? ''}` : `at one of the events ${places.join(', ')}`;
  return {
    eventId: places.length === 1 ? first : null,
    said: `${where} the history has the step ${recorded}, where ${code} asks for the step ${asked}`,
  };
}

function at(history: History, eventId: string, instead: string): Difference {
  const event = history.events?.find((one) => idOf(one) === eventId);
  return { eventId, said: `at event ${eventId} the history has ${event === undefined ? 'something' : whatIs(event)}, where ${instead}` };
}

/** By the SDK's name for what the code asked for, in letters only. */
const wanted: Record<string, string> = {
  activity: 'asks for another step',
  localactivity: 'asks for a local step',
  timer: 'starts a timer',
  upsertworkflowsearchattributes: 'sets search attributes',
  modifyworkflowproperties: 'sets the details',
  completeworkflow: 'ends the run',
  failworkflow: 'fails the run',
  cancelworkflow: 'ends the run as canceled',
  continueasnewworkflow: 'starts the run anew',
  childworkflow: 'starts a child',
  signalexternalwf: 'signals another run',
  cancelexternalwf: 'cancels another run',
  change: 'asks for a patch',
  update: 'answers an update',
};

function wordsOf(machine: string): string {
  return machine.toLowerCase().replaceAll(/[^a-z]/g, '');
}

function whatIs(event: HistoryEvent): string {
  const name = stepName(event);
  if (name !== '') return `the step ${name}`;
  const attributes = Object.keys(event).find((key) => key.endsWith('EventAttributes')) ?? '';
  return kinds[attributes] ?? attributes.replace('EventAttributes', '');
}

const kinds: Record<string, string> = {
  upsertWorkflowSearchAttributesEventAttributes: 'search attributes set',
  timerStartedEventAttributes: 'a timer',
  timerCanceledEventAttributes: 'a timer stopped',
  markerRecordedEventAttributes: 'a mark',
  workflowExecutionCompletedEventAttributes: 'the end of the run',
  workflowExecutionFailedEventAttributes: 'the failure of the run',
  workflowExecutionCanceledEventAttributes: 'the cancel of the run',
  workflowExecutionUpdateAcceptedEventAttributes: 'an update taken',
  workflowExecutionUpdateCompletedEventAttributes: 'an update answered',
  activityTaskCancelRequestedEventAttributes: 'a step asked to stop',
};
