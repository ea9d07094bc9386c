/** What happens to one dream of the soak: drawn from a number, so that the same number draws the same. */
import type { FaultPoint } from '../../activities/effect.ts';
import { faultPoints } from '../../activities/effect.ts';
import { Random } from '../../evals/random.ts';
import type { Scenario } from './scenario.ts';
import { approved, scenarios } from './scenario.ts';

/** What is done when a worker comes to a point for the n-th time. */
export interface Deed {
  act: 'kill' | 'stop' | 'SIGTERM' | 'PostgreSQL' | 'Temporal' | 'cancel';
  point: FaultPoint;
  occurrence: number;
  /** A killed server comes back after that; a frozen worker wakes up. */
  afterMs: number;
  /** Whether the worker goes on while the server is away. */
  goesOn: boolean;
}

export interface SoakPlan {
  seed: number;
  scenario: Scenario;
  /** In the order of the steps; whoever takes over from a worker that is gone does what is left. */
  deeds: Deed[];
  /** The worker of that moment dies, whatever it is at. */
  killAfterMs: number | null;
  /** Workers at once. */
  workers: number;
}

const acts: readonly Deed['act'][] = ['kill', 'kill', 'kill', 'stop', 'stop', 'SIGTERM', 'SIGTERM', 'PostgreSQL', 'PostgreSQL', 'Temporal'];

export function drawPlan(seed: number): SoakPlan {
  const random = new Random(seed);
  const scenario = random.pick([...scenarios, approved]);
  const points = faultPoints.filter((point) => comesTo(scenario, point));
  const deeds = Array.from({ length: random.whole(1, 4) }, () => drawDeed(random, random.pick(acts), points));
  if (random.chance(0.2)) deeds.push(drawDeed(random, 'cancel', points));
  deeds.sort((a, b) => faultPoints.indexOf(a.point) - faultPoints.indexOf(b.point));
  const killAfterMs = random.chance(0.3) ? random.whole(200, 6_000) : null;
  return { seed, scenario, deeds, killAfterMs, workers: random.whole(1, 2) };
}

/** Others are reached seldom or never; sweep and archiver work beside the dream. */
function comesTo({ review, answered = false }: Scenario, point: FaultPoint): boolean {
  if (/^(sweep|archive)/.test(point)) return false;
  if (/^(awaitReview|recordDecision)/.test(point)) return review !== undefined;
  return !answered || !/\.(ask|keep):/.test(point);
}

function drawDeed(random: Random, act: Deed['act'], points: readonly FaultPoint[]): Deed {
  const point = random.pick(points);
  return {
    act,
    point,
    // Only packs come to the same point again.
    occurrence: /^(extractFacts|reconcileGroup)/.test(point) ? random.whole(1, 2) : 1,
    afterMs: random.pick([0, 500, 2_500, 6_000, 30_000]),
    goesOn: random.chance(0.5),
  };
}

export function planInWords({ scenario, deeds, killAfterMs, workers }: SoakPlan): string {
  return [
    `"${scenario.name}"`,
    workers === 1 ? 'one worker' : `${String(workers)} workers`,
    ...deeds.map(({ act, point, occurrence }) => `${act} at ${point} ${String(occurrence)}`),
    ...(killAfterMs === null ? [] : [`kill after ${String(killAfterMs)} ms`]),
  ].join(', ');
}
