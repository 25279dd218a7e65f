import { Stack } from 'aws-cdk-lib';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import type { TaskFunction } from './task-function';

/** Who mails come from. */
export interface MailSenderProps {
  readonly address: string;
  /** `create`: SES is asked to verify the address. `existing`: the address or its domain is verified already. */
  readonly identity: 'create' | 'existing';
}

/** An address that mails come from, and the configuration set that they are sent through. */
export class MailSender {
  readonly configurationSet: ConfigurationSet;

  /** Makes the identity, if it is to be made, and the configuration set within `scope`. */
  constructor(
    private readonly scope: Construct,
    private readonly props: MailSenderProps,
  ) {
    const { address, identity } = props;
    if (identity === 'create') new EmailIdentity(scope, 'Sender', { identity: Identity.email(address) });
    // Neither opens nor clicks are tracked: a tracked link leads through another host, which would learn it.
    this.configurationSet = new ConfigurationSet(scope, 'ConfigurationSet', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
  }

  /** The name of the configuration set. */
  get configurationSetName(): string {
    return this.configurationSet.configurationSetName;
  }

  /**
   * Lets a function send mail from the one address through the configuration set. SES asks for the identity that is
   * verified, which is the address or its domain: https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html
   */
  grantSend(task: TaskFunction): void {
    const { address } = this.props;
    const arn = (resource: string, resourceName: string) =>
      Stack.of(this.scope).formatArn({ service: 'ses', resource, resourceName });
    task.allowWhen(
      { StringEquals: { 'ses:FromAddress': address } },
      ['ses:SendEmail'],
      arn('identity', address),
      arn('identity', address.slice(address.indexOf('@') + 1)),
      arn('configuration-set', this.configurationSetName),
    );
  }
}
