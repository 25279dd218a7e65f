import { type Life, live, TOKEN } from './lives';

const thing = (Properties: object, more: object = {}) => ({ Type: 'Shop::Thing', Properties, ...more });
const magic = (Properties: object) => ({ Type: 'Custom::Magic', Properties: { ServiceToken: TOKEN, ...Properties } });
const bodyOf = (Resources: object, more: object = {}) => JSON.stringify({ Resources, ...more });

const FIRST = {
  A: thing({ Name: 'a', Size: 1 }),
  B: thing({ Name: { 'Fn::Sub': '${A}-b' }, Size: 1 }),
  C: thing({ Size: 1 }, { DependsOn: 'B' }),
  Gone: thing({ Name: 'gone', Size: 1 }),
  Hat: magic({ Name: { 'Fn::Sub': '${A}-hat' }, Size: 1 }),
};
const SECOND = {
  A: thing({ Name: 'a', Size: 2 }),
  B: thing({ Name: { 'Fn::Sub': '${A}-other' }, Size: 2 }),
  C: thing({ Size: 2 }, { DependsOn: 'B' }),
  New: thing({ Name: { 'Fn::Sub': '${B}-new' }, Size: 2 }),
  Hat: magic({ Name: { 'Fn::Sub': '${A}-hat' }, Size: 2 }),
  Cap: magic({ Name: { 'Fn::Sub': '${Hat}-cap' }, Size: 2 }),
};
const BAD = { Bad: thing({ Fails: { 'Fn::Sub': '${C}${Hat}' } }) };
const OUTPUTS = { Outputs: { A: { Value: { Ref: 'A' }, Export: { Name: 'exported' } } } };

const create = (more: object = {}, bad: object = {}) => ({
  action: 'CreateStack',
  input: { StackName: 'stack', TemplateBody: bodyOf({ ...FIRST, ...bad }, OUTPUTS), ...more },
});
const update = (more: object = {}, bad: object = {}) => ({
  action: 'UpdateStack',
  input: { StackName: 'stack', TemplateBody: bodyOf({ ...SECOND, ...bad }), ...more },
});
const remove = { action: 'DeleteStack', input: { StackName: 'stack' } };

type Step = { readonly action: string; readonly input: object };

/** Operates, and waits for the end. */
async function operate(life: Life, { action, input }: Step): Promise<void> {
  await life.call(action, input);
  for (let turns = 0; turns < 1000; turns++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (!(await statuses(life)).some((status) => status.endsWith('_IN_PROGRESS'))) break;
  }
  // The turn that ended it becomes durable.
  await new Promise((resolve) => setImmediate(resolve));
}

async function statuses(life: Life): Promise<string[]> {
  return (await life.call('ListStacks', {})).StackSummaries.map(({ StackStatus }: any) => StackStatus);
}

/** What a stack is at: its status, what it has by logical id, and whether that is all there is. */
async function look(life: Life) {
  const [stack] = (await life.call('ListStacks', {})).StackSummaries;
  const { StackResources } = await life.call('DescribeStackResources', { StackName: stack.StackId });
  const ids = StackResources.map(({ PhysicalResourceId }: any) => PhysicalResourceId);
  const { StackEvents } = await life.call('DescribeStackEvents', { StackName: stack.StackId });
  const last = new Map([...StackEvents].reverse().map((event: any) => [event.LogicalResourceId, event]));
  return {
    status: stack.StackStatus as string,
    sizes: Object.fromEntries(
      StackResources.map((resource: any) => [
        resource.LogicalResourceId,
        Number(life.shelf.get(resource.PhysicalResourceId)?.Size),
      ]),
    ),
    strangers: [...life.shelf.keys()].filter((id) => !ids.includes(id)),
    open: [...last.values()].filter(({ ResourceStatus }) => ResourceStatus.endsWith('_IN_PROGRESS')).length,
  };
}

const sizesOf = (resources: object, size: number) => Object.fromEntries(Object.keys(resources).map((id) => [id, size]));
const EMPTY = { sizes: {}, strangers: [] };
const BEFORE = { sizes: sizesOf(FIRST, 1), strangers: [] };
const NEXT: Record<string, object> = {
  DeleteStack: { status: 'DELETE_COMPLETE', strangers: [] },
  UpdateStack: { status: 'UPDATE_COMPLETE', sizes: sizesOf(SECOND, 2), strangers: [] },
};
const AFTER = { sizes: sizesOf(SECOND, 2), strangers: [] };

/**
 * The operation is done once to the end; then, for each moment at which something became durable, a process begins with what a kill at
 * that moment would have left, and, for each moment of its own way on, another one.
 */
async function killedAtEveryMoment(before: readonly Step[], operation: Step, check: (life: Life) => Promise<void>) {
  let first = await live();
  for (const step of before) await operate(first, step);
  first = await live(first.moments.at(-1)?.killed());
  await operate(first, operation);
  expect(first.moments.length).toBeGreaterThan(3);
  for (const [number, moment] of first.moments.entries()) {
    const second = await live(moment);
    const moments = [...second.moments];
    await check(second);
    // Killed again on its way back or on.
    if (number % 2 === 0) for (const again of moments) await check(await live(again));
  }
}

describe('an operation that was cut short at any moment', () => {
  it.each<[string, Step[], Step, Record<string, object>, Step]>([
    ['a creation is rolled back', [], create(), { ROLLBACK_COMPLETE: EMPTY, CREATE_COMPLETE: BEFORE }, remove],
    ['a failed creation is rolled back', [], create({}, BAD), { ROLLBACK_COMPLETE: EMPTY }, remove],
    [
      'a creation is deleted when it was asked to be',
      [],
      create({ OnFailure: 'DELETE' }),
      { DELETE_COMPLETE: EMPTY, CREATE_COMPLETE: BEFORE },
      remove,
    ],
    [
      'an update is rolled back, or cleaned up',
      [create()],
      update(),
      { UPDATE_ROLLBACK_COMPLETE: BEFORE, UPDATE_COMPLETE: AFTER },
      remove,
    ],
    ['a failed update is rolled back', [create()], update({}, BAD), { UPDATE_ROLLBACK_COMPLETE: BEFORE }, update({})],
    ['a deletion goes on', [create()], remove, { DELETE_COMPLETE: EMPTY }, remove],
    [
      'an update without rollback is rolled back later',
      [create(), update({ DisableRollback: true }, BAD)],
      { action: 'RollbackStack', input: { StackName: 'stack' } },
      { UPDATE_ROLLBACK_COMPLETE: BEFORE },
      update({}),
    ],
  ])('%s', async (_what, before, operation, ends, next) => {
    const met = new Set<string>();
    await killedAtEveryMoment(before, operation, async (life) => {
      const { status, open, ...rest } = await look(life);
      met.add(status);
      expect({ status, ...rest }).toEqual({ status, ...ends[status] });
      expect(open ?? 0).toBe(0);
      await operate(life, next);
      expect(await look(life)).toMatchObject(NEXT[next.action]!);
    });
    expect([...met].sort()).toEqual(Object.keys(ends).sort());
  });
});

describe('a deployment of this process that was cut short at any moment', () => {
  const assembly = (resources: object) => ({
    directory: '/',
    assets: [],
    stacks: [
      {
        ...{ id: 'stack', stackName: 'stack', template: { Resources: resources } as never },
        ...{ parameters: {}, tags: {}, dependencies: [], terminationProtection: false },
      },
    ],
  });
  const deploy = async (life: Life, resources: object) => {
    await life.cloudFormation.deployAssembly(assembly(resources));
    await new Promise((resolve) => setImmediate(resolve));
  };

  it.each([
    ['of a new stack', undefined, FIRST, BEFORE],
    ['of a change', FIRST, SECOND, AFTER],
  ])('%s goes on with the deployment of the next process', async (_what, before, resources, end) => {
    let first = await live();
    if (before) await deploy(first, before);
    first = await live(first.moments.at(-1)?.killed());
    await deploy(first, resources);
    const met = new Set<string>();
    for (const moment of first.moments) {
      const second = await live(moment);
      met.add((await look(second)).status);
      await deploy(second, resources);
      expect(await look(second)).toMatchObject(end);
    }
    expect([...met]).toContain(before ? 'UPDATE_FAILED' : 'CREATE_FAILED');
  });
});

it('a change set whose execution was cut short has failed, or is complete', async () => {
  const first = await live();
  const ChangeSetName = 'changes';
  const named = { StackName: 'stack', ChangeSetName };
  const TemplateBody = bodyOf(FIRST);
  await first.call('CreateChangeSet', { ...named, TemplateBody, ChangeSetType: 'CREATE' });
  await new Promise((resolve) => setImmediate(resolve));
  await operate(first, { action: 'ExecuteChangeSet', input: named });
  const met = new Set<string>();
  for (const moment of first.moments) {
    const second = await live(moment);
    const { ExecutionStatus, StackId } = await second.call('DescribeChangeSet', named);
    const { status, ...rest } = await look(second);
    met.add(`${status} ${ExecutionStatus}`);
    expect(rest).toMatchObject(status === 'CREATE_COMPLETE' ? BEFORE : EMPTY);
    if (ExecutionStatus === 'AVAILABLE') await operate(second, { action: 'ExecuteChangeSet', input: named });
    else await operate(second, { action: 'DeleteStack', input: { StackName: StackId } });
  }
  expect([...met].sort()).toEqual([
    'CREATE_COMPLETE EXECUTE_COMPLETE',
    'REVIEW_IN_PROGRESS AVAILABLE',
    'ROLLBACK_COMPLETE EXECUTE_FAILED',
  ]);
});
