import type { Finding } from './finding';

/** A CloudFormation template, as far as the rules read it. */
export interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
}

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, any>>;
}

/** Refuses queues whose poison has nowhere to go, rule targets that lose events, and streams that lose records. */
export function templateFindings(template: Template): Finding[] {
  const resources = Object.entries(template.Resources ?? {});
  return resources.flatMap(([logicalId, { Type, Properties = {} }]) => {
    if (Type === 'AWS::Lambda::EventSourceMapping') return sourceFindings(template, logicalId, Properties);
    if (Type === 'AWS::Events::Rule') return ruleFindings(logicalId, Properties);
    return [];
  });
}

function sourceFindings(template: Template, logicalId: string, properties: Record<string, any>): Finding[] {
  const [source, attribute] = (properties.EventSourceArn?.['Fn::GetAtt'] as string[] | undefined) ?? [];
  if (source === undefined) return [];
  const resource = template.Resources?.[source];
  if (resource?.Type === 'AWS::SQS::Queue' && !resource.Properties?.RedrivePolicy) {
    return [
      {
        rule: 'queue-dlq',
        subject: source,
        message: `The queue ${source} is consumed and has no dead-letter queue: a message that fails, fails for days.`,
        fix: 'Use the construct QueueWithDlq.',
      },
    ];
  }
  if (attribute === 'StreamArn' && !properties.DestinationConfig?.OnFailure) {
    return [
      {
        rule: 'stream-dlq',
        subject: logicalId,
        message: `${logicalId} reads the stream of ${source} and has no destination for records that fail: they would be lost.`,
        fix: 'Use the construct StreamPublisher, or give the mapping an OnFailure destination.',
      },
    ];
  }
  return [];
}

function ruleFindings(logicalId: string, properties: Record<string, any>): Finding[] {
  const targets = (properties.Targets as { Id: string; DeadLetterConfig?: unknown }[] | undefined) ?? [];
  return targets
    .filter((target) => !target.DeadLetterConfig)
    .map(({ Id }) => ({
      rule: 'rule-target-dlq',
      subject: logicalId,
      message: `The target ${Id} of the rule ${logicalId} has no dead-letter queue: events that cannot be delivered would be lost.`,
      fix: 'Use the construct EventToQueue, or give the target a DeadLetterConfig.',
    }));
}
