import { Match } from 'aws-cdk-lib/assertions';
import {
  alertingOfProduction,
  approvalsOfProduction,
  ingestionOfProduction,
  ofProduction,
  resources,
} from './synthesized';

const stacks = { orders: ofProduction, approvals: approvalsOfProduction, ingestion: ingestionOfProduction };

/** Alarms of both kinds, but for those that say that they ring nobody. */
function alarmsOf(stack: keyof typeof stacks): [string, any][] {
  const alarms = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].flatMap((type) =>
    resources(stacks[stack](), type),
  );
  return alarms.filter(([, { Properties }]) => !/It tells nobody|silent/.test(Properties.AlarmDescription));
}

/** The topic that an alarm rings by: `page` or `ticket`. */
const topicOf = (action: any) => /TopicsPage|TopicsTicket/.exec(JSON.stringify(action))?.[0].slice(6).toLowerCase();

describe('the alerting stack', () => {
  it.each([['oncall@example.com'], ['orders-team@example.com']])('asks %s for a confirmation', (Endpoint) => {
    alertingOfProduction().hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint });
  });

  it('lets CloudWatch publish to both topics, under a key that it may use', () => {
    const cloudwatch = Match.objectLike({ Principal: { Service: 'cloudwatch.amazonaws.com' } });
    alertingOfProduction().hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: Match.objectLike({ Statement: Match.arrayWith([cloudwatch]) }),
    });
    const policies = resources(alertingOfProduction(), 'AWS::SNS::TopicPolicy');
    expect(policies).toHaveLength(2);
    for (const [, { Properties }] of policies) {
      const [publish] = Properties.PolicyDocument.Statement.filter((statement: any) => statement.Effect === 'Allow');
      expect(publish).toMatchObject({ Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' } });
    }
  });
});

describe.each([['orders'], ['approvals'], ['ingestion']] as const)('the alarms of the %s stack', (stack) => {
  it('name what they mean, who owns them and their runbook', () => {
    expect(alarmsOf(stack).length).toBeGreaterThan(5);
    for (const [, { Properties }] of alarmsOf(stack)) {
      const name = Properties.AlarmName.replace(`${stack}-`, '');
      expect(Properties.AlarmDescription).toContain(
        ` Owner: the platform team. Runbook: https://github.com/example/stepwright/blob/main/docs/runbooks/${name}.md`,
      );
    }
  });

  it('ring by one topic, also when all is well again', () => {
    for (const [, { Properties }] of alarmsOf(stack)) {
      expect(Properties.AlarmActions).toHaveLength(1);
      expect(topicOf(Properties.AlarmActions[0])).toMatch(/page|ticket/);
      expect(Properties.OKActions).toEqual(Properties.AlarmActions);
    }
  });
});
