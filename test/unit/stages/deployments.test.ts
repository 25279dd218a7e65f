import { dev } from '../../../lib/stages/dev';
import { checkStageSettings } from '../../../lib/stages/stage-settings';

const CANARY = { type: 'canary', percentage: 10, intervalMinutes: 10, failures: 2 } as const;

describe('how a stage deploys', () => {
  it.each<[string, object]>([
    ['at once', { type: 'all-at-once' }],
    ['by a canary', CANARY],
  ])('may be %s', (_, deployments) => {
    expect(checkStageSettings('test', { ...dev, deployments }).deployments).toEqual(deployments);
  });

  it.each<[string, object]>([
    ['a canary without a percentage', { type: 'canary', intervalMinutes: 10, failures: 2 }],
    ['a canary of everything', { ...CANARY, percentage: 100 }],
    ['a canary that lasts longer than CloudFormation waits', { ...CANARY, intervalMinutes: 2101 }],
    ['a canary that no failure ends', { ...CANARY, failures: 0 }],
    ['a type that does not exist', { type: 'linear' }],
  ])('rejects %s', (_, deployments) => {
    expect(() => checkStageSettings('test', { ...dev, deployments })).toThrow(/ {2}deployments/);
  });
});
