import type { Caller } from '../../../local/wire/caller';
import type { ApprovalStacks } from '../../support/approvals/approval-stacks';

/** Something that must not be found, and what it is called in a finding. */
export type Canaries = Readonly<Record<string, string>>;

/** A place that is searched: its name, and everything that stands there as text. */
export interface Place {
  readonly name: string;
  readonly text: string;
}

/** Which canaries stand in which places: `log group /aws/lambda/x: requester's name`. */
export function findingsIn(places: readonly Place[], canaries: Canaries): string[] {
  return places.flatMap(({ name, text }) =>
    Object.entries(canaries)
      .filter(([, canary]) => holds(text, canary))
      .map(([what]) => `${name}: ${what}`),
  );
}

/** Six digits turn up within longer numbers and ids by chance; as a word of their own they do not. */
function holds(text: string, canary: string): boolean {
  if (!/^\d{6}$/.test(canary)) return text.includes(canary);
  return new RegExp(`(?<![\\w.-])${canary}(?![\\w.-])`).test(text);
}

/** Log groups, metrics, alarms, schedules, what was warned of, and functions as they are described. */
export async function observedPlaces(stacks: ApprovalStacks): Promise<Place[]> {
  await stacks.idle();
  await stacks.leap(5_000);
  await stacks.page('/nowhere');
  const logs = (await logGroups(stacks)).map(async (logGroupName) => ({
    name: `log group ${logGroupName}`,
    text: JSON.stringify(await stacks.call('logs', 'FilterLogEvents', { logGroupName })),
  }));
  const described = async (name: string, service: string, action: string) => ({
    name,
    text: JSON.stringify(await stacks.call(service, action, {})),
  });
  return [
    ...(await Promise.all(logs)),
    await described('metrics', 'monitoring', 'ListMetrics'),
    await described('alarms', 'monitoring', 'DescribeAlarms'),
    await described('schedules', 'scheduler', 'ListSchedules'),
    await described('functions', 'lambda', 'ListFunctions'),
    { name: 'warnings', text: stacks.warnings.join('\n') },
  ];
}

async function logGroups(stacks: ApprovalStacks): Promise<string[]> {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await stacks.call('logs', 'DescribeLogGroups', { nextToken });
    names.push(...page.logGroups.map(({ logGroupName }: { logGroupName: string }) => logGroupName));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return names;
}

/** Messages of all queues but those named; they stay where they are. */
export async function queuePlaces(stacks: ApprovalStacks, besides: readonly string[]): Promise<Place[]> {
  const { QueueUrls } = await stacks.call('sqs', 'ListQueues', {});
  const others = (QueueUrls as string[]).filter((url) => !besides.some((name) => nameOf(url) === nameOf(name)));
  return Promise.all(
    others.map(async (QueueUrl) => ({
      name: `queue ${nameOf(QueueUrl)}`,
      text: JSON.stringify(
        await stacks.call('sqs', 'ReceiveMessage', {
          ...{ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 },
          ...{ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] },
        }),
      ),
    })),
  );
}

/**
 * Everything that somebody can read of the executions of all machines: answers, and refusals by their name. No API tells of
 * those of Express machines, but their logs.
 */
export async function executionPlaces(stacks: ApprovalStacks, reader: Caller): Promise<Place[]> {
  const { gateway } = stacks.embedded;
  const read = (action: string, input: object) =>
    gateway.call(reader, 'states', action, input).catch(({ code, message }) => ({ refused: code, message }));
  const places: Place[] = [];
  const { stateMachines } = (await read('ListStateMachines', {})) as any;
  for (const { stateMachineArn, type } of stateMachines) {
    if (type === 'EXPRESS') continue;
    const { executions } = (await read('ListExecutions', { stateMachineArn })) as any;
    places.push({ name: `executions of ${stateMachineArn}`, text: JSON.stringify(executions) });
    for (const { executionArn } of executions) {
      const answers = [
        await read('GetExecutionHistory', { executionArn, includeExecutionData: true }),
        await read('DescribeExecution', { executionArn }),
      ];
      places.push({ name: `execution ${executionArn}`, text: JSON.stringify(answers) });
    }
  }
  return places;
}

/** All rows of a table. */
export async function tablePlace(stacks: ApprovalStacks, TableName: string): Promise<Place> {
  const { Items } = await stacks.call('dynamodb', 'Scan', { TableName });
  return { name: `table ${TableName}`, text: JSON.stringify(Items) };
}

function nameOf(queueUrl: string): string {
  return queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
}
