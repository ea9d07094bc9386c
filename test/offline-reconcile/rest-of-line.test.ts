import { describe, expect, it } from 'vitest';
import { claim, fact, only, reconcile } from './builders.ts';

const line = 'The staging cluster runs Kubernetes 1.29 on Hetzner, in Falkenstein, and Ruben looks after it.';

function settled(old: string, said: string) {
  return only(reconcile([claim(old)], [fact(said, { day: '2026-03-02' })]), 'supersede');
}

describe('the rest of a line of which one value changed', () => {
  it('stays, with the new value where the old one stood', () => {
    const proposal = settled(line, 'The staging cluster runs Kubernetes 1.31 now.');
    expect(proposal).toMatchObject({
      statement: 'The staging cluster runs Kubernetes 1.31 on Hetzner, in Falkenstein, and Ruben looks after it.',
      oldValue: 'Kubernetes 1.29',
      newValue: 'Kubernetes 1.31',
    });
    expect(proposal.reason).toMatch(/"Kubernetes 1\.29" \(in the memory, undated\) and is "Kubernetes 1\.31"/);
  });

  it('stays through a chain of values', () => {
    const facts = [
      fact('The staging cluster runs Kubernetes 1.30.', { day: '2026-02-02' }),
      fact('We upgraded the staging cluster to Kubernetes 1.31.', { day: '2026-03-02' }),
    ];
    expect(only(reconcile([claim(line)], facts), 'supersede').statement).toBe(line.replace('1.29', '1.31'));
  });

  it('stays where the value is a span of time', () => {
    const old = 'The session timeout is 30 minutes, enforced by Keycloak on the Bergen realm and audited by Tove.';
    expect(settled(old, 'The session timeout is 45 minutes now.').statement).toBe(old.replace('30', '45'));
  });

  it.each([
    ['the session says more than the line', line, 'The staging cluster runs Kubernetes 1.31 on Talos nodes now.'],
    ['the line says little more', 'The staging cluster runs Kubernetes 1.29 on Hetzner.', 'The staging cluster runs Kubernetes 1.31 now.'],
    [
      'the rest explains the old value',
      'The staging cluster runs Kubernetes 1.29, which Hetzner offers in Falkenstein and Ruben knows well.',
      'The staging cluster runs Kubernetes 1.31 now.',
    ],
    [
      'the old value stands in it twice',
      'The session timeout is 30 minutes, Keycloak on the Bergen realm warns Tove after another 30 minutes.',
      'The session timeout is 45 minutes now.',
    ],
  ])('falls where %s', (_, old, said) => {
    expect(settled(old, said).statement).toBe(said);
  });
});
