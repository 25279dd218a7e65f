import { Judge } from '../../../local/cli/iam/judge';
import type { describeMutant } from '../../../local/cli/iam/mutants';
import type { WrittenStatement } from '../../../local/cli/iam/policy-statement';
import { unused, usageOf } from '../../../local/cli/iam/usage';
import { verdictOn } from '../../../local/cli/iam/verdict';
import { evidenceOf, QUEUE, type Story } from './evidence';

const allow = (Action: string | string[], Resource: string | string[] = QUEUE): WrittenStatement => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const deliver: WrittenStatement = { ...allow('sqs:SendMessage'), Principal: { Service: 'events.amazonaws.com' } };
const other = `${QUEUE}-other`;

function judged(story: Story) {
  const evidence = evidenceOf(story);
  const judge = new Judge(evidence);
  const usage = usageOf(evidence, judge);
  const { noticed, unnoticed, share } = verdictOn(evidence, judge);
  const named = (mutants: readonly { mutant: Parameters<typeof describeMutant>[0] }[]) =>
    mutants.map(({ mutant }) => `${mutant.policy.logicalId} ${mutant.taken.element} ${mutant.taken.name}`);
  return {
    share,
    noticed: named(noticed),
    unnoticed: named(unnoticed),
    unused: unused(usage).map(({ taken }) => taken.name),
    refused: usage.refused.map(({ action }) => action),
  };
}

describe('what a workload shows', () => {
  it('is everything, where everything granted is used', () => {
    const { noticed, ...rest } = judged({ granted: [allow('sqs:SendMessage')], done: ['sqs:SendMessage'] });
    expect(noticed).toEqual([
      'WorkerRole Action sts:AssumeRole',
      'WorkerRole Principal lambda.amazonaws.com',
      'WorkerRoleDefaultPolicy Action sqs:SendMessage',
      `WorkerRoleDefaultPolicy Resource ${QUEUE}`,
    ]);
    expect(rest).toEqual({ share: 1, unnoticed: [], unused: [], refused: [] });
  });

  it('is an action and a resource that nobody used, which nobody misses', () => {
    const granted = [allow(['sqs:SendMessage', 'sqs:PurgeQueue'], [QUEUE, other])];
    const found = judged({ granted, done: ['sqs:SendMessage'] });
    expect(found.unused).toEqual(['sqs:PurgeQueue', other]);
    expect(found.unnoticed).toEqual([
      'WorkerRoleDefaultPolicy Action sqs:PurgeQueue',
      `WorkerRoleDefaultPolicy Resource ${other}`,
    ]);
    expect(found.share).toBeCloseTo(4 / 6);
  });

  it('is a grant that is used and not missed, because another one says the same', () => {
    const found = judged({ granted: [allow('sqs:SendMessage'), allow('sqs:*', '*')], done: ['sqs:SendMessage'] });
    expect(found.unused).toEqual([]);
    expect(found.unnoticed).toContain('WorkerRoleDefaultPolicy Action sqs:SendMessage');
  });

  it('is what was refused', () => {
    const found = judged({ granted: [allow('sqs:SendMessage')], done: ['sqs:SendMessage', 'sqs:PurgeQueue'] });
    expect(found.refused).toEqual(['sqs:PurgeQueue']);
  });

  it('is who needed the policy of a resource', () => {
    const story = { granted: [allow('sqs:SendMessage')], done: ['sqs:SendMessage'], onQueue: [deliver] };
    expect(judged(story).unused).toEqual(['sqs:SendMessage', QUEUE, 'events.amazonaws.com']);
    const found = judged({ ...story, delivered: ['sqs:SendMessage'] });
    expect([found.unused, found.unnoticed]).toEqual([[], []]);
  });

  it('is a deny that is missed once somebody was refused by it', () => {
    const deny: WrittenStatement = { ...deliver, Effect: 'Deny', Action: 'sqs:PurgeQueue', Principal: '*' };
    const granted = [allow(['sqs:SendMessage', 'sqs:PurgeQueue'])];
    const quiet = judged({ granted, onQueue: [deny], done: ['sqs:SendMessage'] });
    expect(quiet.unnoticed).toContain('QueuePolicy Action sqs:PurgeQueue');
    const tried = judged({ granted, onQueue: [deny], done: ['sqs:SendMessage', 'sqs:PurgeQueue'] });
    expect(tried.noticed).toContain('QueuePolicy Action sqs:PurgeQueue');
  });
});

it('rejects evidence that the policies in force would not have given', () => {
  const evidence = evidenceOf({ granted: [allow('sqs:SendMessage')], done: ['sqs:SendMessage'] });
  const requests = evidence.requests.map((request) => ({ ...request, isAllowed: false }));
  expect(() => new Judge({ ...evidence, requests })).toThrow('The record does not hold');
});
