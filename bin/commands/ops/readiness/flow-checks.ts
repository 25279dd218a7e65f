import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { GetAccountSettingsCommand, GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { GetAccountCommand, GetEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { atOnce } from '../../at-once';
import type { Aws } from '../aws';
import { sums } from '../cost/metrics';
import { fanOutOf } from '../intake/fan-out/delivery-rules';
import { intakeOf, WORKFLOWS } from '../intake/intakes';
import { machinesOf } from '../machines';
import { duration } from '../table';
import { type Check, cannotTell, failed, forAll, passed } from './check';
import { physicalIds } from './physical-ids';

const AT_ONCE = 8;
const HOUR_MS = 3_600_000;
/** A new account has 10, which one load of documents uses up. */
const LEAST_CONCURRENCY = 100;

export const consumersProtected: Check = {
  id: 'consumed-have-dlq',
  line: 'every queue by which work comes in has a dead-letter queue',
  async run(aws) {
    const intakes = await deployedIntakes(aws);
    const found = await atOnce(intakes, AT_ONCE, async ({ workflow, queueUrl }) => {
      const { Attributes } = await aws.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['RedrivePolicy'] }),
      );
      return { workflow, policy: Attributes?.RedrivePolicy };
    });
    return forAll(found, 'intakes', ({ workflow, policy }) => (policy ? undefined : workflow));
  },
};

export const intakesOpen: Check = {
  id: 'intakes-open',
  line: 'no intake is paused',
  async run(aws) {
    const queues = await deployedIntakes(aws);
    const { rules } = await fanOutOf(aws);
    return forAll([...queues, ...rules], 'intakes', (intake) => {
      if ('isEnabled' in intake) return intake.isEnabled ? undefined : `the fan-out of ${intake.busName} is off`;
      const { workflow, mappings } = intake;
      const closed = mappings.filter(({ State }) => State !== 'Enabled');
      if (mappings.length === 0) return `nothing reads the queue of ${workflow}`;
      return closed.length === 0 ? undefined : `${workflow} is ${closed[0]!.State}`;
    });
  },
};

export const nothingWaitsLong: Check = {
  id: 'intakes-flow',
  line: 'no work waits for more than five minutes before it begins',
  async run(aws) {
    const intakes = await deployedIntakes(aws);
    const metrics = intakes.map(({ queueArn }) => queueArn.split(':').pop()!);
    const ages = await atOnce(metrics, AT_ONCE, async (Value) => {
      const { Datapoints = [] } = await aws.cloudwatch.send(
        new GetMetricStatisticsCommand({
          Namespace: 'AWS/SQS',
          MetricName: 'ApproximateAgeOfOldestMessage',
          Dimensions: [{ Name: 'QueueName', Value }],
          StartTime: new Date(Date.now() - HOUR_MS / 6),
          EndTime: new Date(Date.now() + 60_000),
          Period: 60,
          Statistics: ['Maximum'],
        }),
      );
      const latest = Datapoints.sort((a, b) => b.Timestamp!.getTime() - a.Timestamp!.getTime())[0];
      return latest?.Maximum ?? 0;
    });
    return forAll(intakes, 'intakes', ({ workflow, queueArn }) => {
      const age = ages[metrics.indexOf(queueArn.split(':').pop()!)] ?? 0;
      return age > 300 ? `${workflow}: ${duration(age)}` : undefined;
    });
  },
};

export const nothingDies: Check = {
  id: 'nothing-died',
  line: 'no execution failed, timed out or was aborted within the last hour',
  async run(aws) {
    const machines = machinesOf(aws);
    const ends = ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'];
    const counted = machines.flatMap(({ arn }) =>
      ends.map((metric) => ({ namespace: 'AWS/States', metric, dimensions: { StateMachineArn: arn } })),
    );
    const counts = await sums(aws.cloudwatch, counted, Date.now() - HOUR_MS);
    return forAll(machines, 'machines', ({ name }) => {
      const first = machines.findIndex((machine) => machine.name === name) * ends.length;
      const died = counts.slice(first, first + ends.length).reduce<number>((sum, count = 0) => sum + count, 0);
      return died === 0 ? undefined : `${name}: ${died}`;
    });
  },
};

export const nothingThrottled: Check = {
  id: 'nothing-throttled',
  line: 'no function was throttled within the last hour',
  async run(aws) {
    const functions = physicalIds(aws, 'AWS::Lambda::Function');
    const counted = functions.map((FunctionName) => ({
      namespace: 'AWS/Lambda',
      metric: 'Throttles',
      dimensions: { FunctionName },
    }));
    const counts = await sums(aws.cloudwatch, counted, Date.now() - HOUR_MS);
    return forAll(functions, 'functions', (name) => {
      const count = counts[functions.indexOf(name)] ?? 0;
      return count === 0 ? undefined : `${name}: ${count}`;
    });
  },
};

export const concurrencyEnough: Check = {
  id: 'concurrency',
  line: `the account may run at least ${LEAST_CONCURRENCY} copies of functions at once`,
  async run({ lambda }) {
    const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
    const most = AccountLimit?.ConcurrentExecutions ?? 0;
    const evidence = `ConcurrentExecutions is ${most}`;
    return most >= LEAST_CONCURRENCY ? passed(evidence) : failed(evidence);
  },
};

export const senderVerified: Check = {
  id: 'sender-verified',
  line: 'SES sends for the address that approvals are asked from',
  async run(aws) {
    const address = await senderAddress(aws);
    if (!address) return cannotTell('no function has a SENDER_ADDRESS');
    for (const EmailIdentity of [address, address.split('@')[1]!]) {
      try {
        const { VerifiedForSendingStatus } = await aws.ses.send(new GetEmailIdentityCommand({ EmailIdentity }));
        if (VerifiedForSendingStatus) return passed(`${EmailIdentity} is verified`);
      } catch (error) {
        if ((error as Error).name !== 'NotFoundException') throw error;
      }
    }
    return failed(`neither ${address} nor its domain is verified`);
  },
};

export const outOfSandbox: Check = {
  id: 'mail-reaches-all',
  line: 'SES sends, and to everybody: the account is out of the sandbox',
  async run({ ses }) {
    const { SendingEnabled, ProductionAccessEnabled, EnforcementStatus } = await ses.send(new GetAccountCommand({}));
    const evidence = `sending ${SendingEnabled ? 'on' : 'off'}, production access ${ProductionAccessEnabled ? 'on' : 'off'}, ${EnforcementStatus}`;
    return SendingEnabled && ProductionAccessEnabled ? passed(evidence) : failed(evidence);
  },
};

function deployedIntakes(aws: Aws) {
  return atOnce(WORKFLOWS, AT_ONCE, (workflow) => intakeOf(aws, workflow));
}

async function senderAddress(aws: Aws): Promise<string | undefined> {
  const stack = aws.deployment.stacks.find(({ outputs }) => 'ApprovalsApiUrl' in outputs);
  for (const { type, physicalId } of stack?.resources ?? []) {
    if (type !== 'AWS::Lambda::Function') continue;
    const { Environment } = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: physicalId }));
    if (Environment?.Variables?.SENDER_ADDRESS) return Environment.Variables.SENDER_ADDRESS;
  }
  return undefined;
}
