import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AlarmTopics } from '../monitoring/alarm-topics';
import type { StageSettings } from '../stages/stage-settings';

/** What the stack is made for. */
export interface AlertingStackProps extends StackProps {
  readonly settings: StageSettings;
}

/** Where the alarms of all other stacks go: it is deployed before them. */
export class AlertingStack extends Stack {
  readonly topics: AlarmTopics;

  constructor(scope: Construct, id: string, props: AlertingStackProps) {
    super(scope, id, props);
    this.topics = new AlarmTopics(this, 'Topics', props.settings.alarms.readers);
    new CfnOutput(this, 'Stage', { value: props.settings.name });
    new CfnOutput(this, 'Region', { value: this.region });
    new CfnOutput(this, 'PageTopicArn', { value: this.topics.page.topicArn });
    new CfnOutput(this, 'TicketTopicArn', { value: this.topics.ticket.topicArn });
  }
}
