import type { Notification, NotificationConfiguration } from '../model';

interface TemplateTarget {
  readonly Event: string;
  readonly Queue?: string;
  readonly Function?: string;
  readonly Filter?: {
    readonly S3Key?: { readonly Rules?: readonly { readonly Name: string; readonly Value: string }[] };
  };
}

interface TemplateConfiguration {
  readonly EventBridgeConfiguration?: { readonly EventBridgeEnabled?: boolean };
  readonly QueueConfigurations?: readonly TemplateTarget[];
  readonly LambdaConfigurations?: readonly TemplateTarget[];
}

/**
 * Notifications as templates write them, as the API has them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-notificationconfiguration.html
 */
export function notificationsOf(given: TemplateConfiguration = {}): NotificationConfiguration {
  const { EventBridgeConfiguration: bridge, QueueConfigurations = [], LambdaConfigurations = [] } = given;
  return {
    QueueConfigurations: QueueConfigurations.map((target) => ({ ...targetOf(target), QueueArn: target.Queue })),
    LambdaFunctionConfigurations: LambdaConfigurations.map((target) => ({
      ...targetOf(target),
      LambdaFunctionArn: target.Function,
    })),
    ...(bridge && bridge.EventBridgeEnabled !== false && { EventBridgeConfiguration: {} }),
  };
}

function targetOf({ Event, Filter }: TemplateTarget): Notification {
  const FilterRules = Filter?.S3Key?.Rules;
  return { Events: [Event], ...(FilterRules && { Filter: { Key: { FilterRules } } }) };
}
