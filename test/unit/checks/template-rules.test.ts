import { templateFindings } from '../../../lib/checks/template-rules';

const getAtt = (logicalId: string, attribute: string) => ({ 'Fn::GetAtt': [logicalId, attribute] });
const rules = (Resources: Record<string, any>) => templateFindings({ Resources }).map(({ rule }) => rule);

const queue = (Properties = {}) => ({ Type: 'AWS::SQS::Queue', Properties });
const consumer = (arn: object, Properties = {}) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { EventSourceArn: arn, ...Properties },
});

describe('rules for resources', () => {
  it('rejects a consumed queue without a dead-letter queue', () => {
    const mapping = consumer(getAtt('Work', 'Arn'));
    expect(rules({ Work: queue(), Mapping: mapping })).toEqual(['queue-dlq']);
    expect(rules({ Work: queue({ RedrivePolicy: { maxReceiveCount: 5 } }), Mapping: mapping })).toEqual([]);
  });

  it('accepts a queue that no function consumes', () => {
    expect(rules({ Reviews: queue() })).toEqual([]);
  });

  it('rejects a stream without a destination for failures', () => {
    const table = { Type: 'AWS::DynamoDB::GlobalTable' };
    const arn = getAtt('Orders', 'StreamArn');
    expect(rules({ Orders: table, Mapping: consumer(arn) })).toEqual(['stream-dlq']);
    const DestinationConfig = { OnFailure: { Destination: getAtt('Parked', 'Arn') } };
    expect(rules({ Orders: table, Mapping: consumer(arn, { DestinationConfig }) })).toEqual([]);
  });

  it('rejects a rule target without a dead-letter queue', () => {
    const rule = (target: object) => ({
      Type: 'AWS::Events::Rule',
      Properties: { Targets: [{ Id: 'Target0', ...target }] },
    });
    expect(rules({ Placed: rule({}) })).toEqual(['rule-target-dlq']);
    expect(rules({ Placed: rule({ DeadLetterConfig: { Arn: getAtt('Parked', 'Arn') } }) })).toEqual([]);
  });
});
