/** What the soak draws: the same from the same number, everything that it knows from enough of them. */
import { expect, it } from 'vitest';
import { dreamSteps } from '../../domain/dream.ts';
import { drawPlan, planInWords } from './soak-plan.ts';

const plans = Array.from({ length: 300 }, (_, seed) => drawPlan(seed));

it('draws the same plan from the same seed', () => {
  expect(plans.map((plan) => drawPlan(plan.seed))).toEqual(plans);
  expect(new Set(plans.map(planInWords)).size).toBeGreaterThan(290);
});

it('draws what a seed meant when its failure was printed, but where a change here says otherwise', () => {
  expect(drawPlan(20261201)).toMatchInlineSnapshot(`
    {
      "deeds": [
        {
          "act": "stop",
          "afterMs": 2500,
          "goesOn": true,
          "occurrence": 1,
          "point": "openDream.open:after",
        },
        {
          "act": "Temporal",
          "afterMs": 30000,
          "goesOn": true,
          "occurrence": 1,
          "point": "stageDraft.stage:uncommitted",
        },
        {
          "act": "kill",
          "afterMs": 2500,
          "goesOn": false,
          "occurrence": 1,
          "point": "commitDream.commit:before",
        },
      ],
      "killAfterMs": null,
      "scenario": {
        "answered": true,
        "dream": {
          "options": {
            "review": "required",
          },
        },
        "name": "rejected",
        "outcome": "rejected",
        "review": [Function],
      },
      "seed": 20261201,
      "workers": 2,
    }
  `);
});

it('draws every act, every scenario and points of every step', () => {
  const deeds = plans.flatMap((plan) => plan.deeds);
  expect([...new Set(deeds.map(({ act }) => act))].sort()).toEqual(['PostgreSQL', 'SIGTERM', 'Temporal', 'cancel', 'kill', 'stop']);
  expect(new Set(plans.map(({ scenario }) => scenario.name)).size).toBe(7);
  expect(new Set(deeds.map(({ point }) => point.split('.')[0]))).toEqual(new Set([...dreamSteps, 'recordDecision']));
});
