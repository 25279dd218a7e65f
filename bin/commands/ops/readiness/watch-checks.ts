import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { atOnce } from '../../at-once';
import { deadLetterQueues } from '../dlq/queues';
import { machinesOf } from '../machines';
import { type Check, cannotTell, failed, forAll, passed } from './check';
import { physicalIds } from './physical-ids';
import { topicSubscriptions } from './topics';

const AT_ONCE = 8;

export const logsExpire: Check = {
  id: 'logs-expire',
  line: 'every log group has a retention',
  async run(aws) {
    const found = await atOnce(physicalIds(aws, 'AWS::Logs::LogGroup'), AT_ONCE, async (logGroupNamePrefix) => {
      const { logGroups = [] } = await aws.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
      return (
        logGroups.find(({ logGroupName }) => logGroupName === logGroupNamePrefix) ?? {
          logGroupName: logGroupNamePrefix,
        }
      );
    });
    return forAll(found, 'log groups', ({ logGroupName, retentionInDays }) =>
      retentionInDays === undefined ? `${logGroupName} is kept for ever` : undefined,
    );
  },
};

export const everythingTraced: Check = {
  id: 'traced',
  line: 'every function and every machine is traced by X-Ray',
  async run(aws) {
    const functions = await atOnce(physicalIds(aws, 'AWS::Lambda::Function'), AT_ONCE, async (FunctionName) => {
      const { TracingConfig } = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      return { name: FunctionName, isTraced: TracingConfig?.Mode === 'Active' };
    });
    const machines = await atOnce(machinesOf(aws), AT_ONCE, async ({ arn, name }) => {
      const { tracingConfiguration } = await aws.sfn.send(
        new DescribeStateMachineCommand({ stateMachineArn: arn, includedData: 'METADATA_ONLY' }),
      );
      return { name, isTraced: tracingConfiguration?.enabled === true };
    });
    return forAll([...functions, ...machines], 'functions and machines', ({ name, isTraced }) =>
      isTraced ? undefined : name,
    );
  },
};

export const topicsConfirmed: Check = {
  id: 'topics-confirmed',
  line: 'every topic has subscribers, and all of them have confirmed',
  async run(aws) {
    const topics = await atOnce(physicalIds(aws, 'AWS::SNS::Topic'), AT_ONCE, (topicArn) =>
      topicSubscriptions(aws, topicArn),
    );
    return forAll(topics, 'topics', ({ topicArn, confirmed, pending }) => {
      const name = topicArn.split(':').pop();
      if (pending > 0) return `${name}: ${pending} have not confirmed`;
      return confirmed === 0 ? `${name} has no subscriber` : undefined;
    });
  },
};

export const nothingParked: Check = {
  id: 'nothing-parked',
  line: 'no message lies in a dead-letter or review queue',
  async run(aws) {
    return forAll(await deadLetterQueues(aws), 'queues', ({ name, depth, inFlight }) =>
      depth + inFlight > 0 ? `${name}: ${depth + inFlight}` : undefined,
    );
  },
};

export const isProductionStage: Check = {
  id: 'production-stage',
  line: 'every stack is of the stage production',
  async run({ deployment }) {
    const stages = deployment.stacks.flatMap(({ name, outputs }) =>
      outputs.Stage ? [{ name, stage: outputs.Stage }] : [],
    );
    return forAll(stages, 'stacks', ({ name, stage }) => (stage === 'production' ? undefined : `${name} is ${stage}`));
  },
};

/** Outputs of what only demos and tests need. */
const TOYS = [
  'FaultsTableName',
  'WebhookFaultsTableName',
  'OrderEventsProbeQueueUrl',
  'ExpenseMachineArn',
  'PaymentsTableName',
];

export const noToys: Check = {
  id: 'no-toys',
  line: 'no fault switch, no probe, no example and no built-in payment provider is deployed',
  async run({ deployment }) {
    const found = deployment.stacks.flatMap(({ outputs }) => TOYS.filter((output) => output in outputs));
    return found.length === 0 ? passed(`none of ${TOYS.join(', ')}`) : failed(found.join(', '));
  },
};

export const historiesSealed: Check = {
  id: 'histories-sealed',
  line: 'the machines that ask for approvals are encrypted with a key of the account',
  async run(aws) {
    const { OrdersMachineArn, UndoMachineArn } = Object.assign(
      {},
      ...aws.deployment.stacks.map(({ outputs }) => outputs),
    );
    const asking = [OrdersMachineArn, UndoMachineArn].filter(Boolean);
    if (asking.length === 0) return cannotTell('the orders stack is not in the outputs file');
    const found = await atOnce(asking, AT_ONCE, async (stateMachineArn: string) => {
      const { encryptionConfiguration } = await aws.sfn.send(
        new DescribeStateMachineCommand({ stateMachineArn, includedData: 'METADATA_ONLY' }),
      );
      return { stateMachineArn, type: encryptionConfiguration?.type };
    });
    return forAll(found, 'machines', ({ stateMachineArn, type }) =>
      type === 'CUSTOMER_MANAGED_KMS_KEY'
        ? undefined
        : `${stateMachineArn.split(':').pop()}: ${type ?? 'a key of AWS'}`,
    );
  },
};
