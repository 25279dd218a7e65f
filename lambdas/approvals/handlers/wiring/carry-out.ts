import { KMSClient } from '@aws-sdk/client-kms';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SFNClient } from '@aws-sdk/client-sfn';
import { clientSettings } from '../../../shared/aws/client-settings';
import { systemClock } from '../../../shared/clock';
import { requireVariable } from '../../../shared/environment';
import type { Observability } from '../../../shared/observability/observe';
import { createKmsLinkMaker } from '../../adapters/kms-link-maker';
import { createSesMailer } from '../../adapters/mail/ses-mailer';
import { createSchedulerWakeTimer } from '../../adapters/scheduler-wake-timer';
import { createSfnWorkflowCallback } from '../../adapters/sfn-workflow-callback';
import { createCarryOut } from '../../domain/carry-out';
import type { RequestStore } from '../../domain/request-store';
import { tokenVault } from './token-vault';

/** Carries out effects with everything that the environment names. */
export const carryOut = (store: RequestStore, observability: Observability) =>
  createCarryOut({
    store,
    vault: tokenVault(),
    links: createKmsLinkMaker(new KMSClient(clientSettings()), requireVariable('LINK_KEY_ARN')),
    mailer: createSesMailer({
      client: new SESv2Client(clientSettings()),
      sender: requireVariable('SENDER_ADDRESS'),
      configurationSet: requireVariable('CONFIGURATION_SET'),
    }),
    callback: createSfnWorkflowCallback(new SFNClient(clientSettings())),
    timer: createSchedulerWakeTimer({
      client: new SchedulerClient(clientSettings()),
      groupName: requireVariable('SCHEDULE_GROUP'),
      functionArn: requireVariable('WAKE_FUNCTION_ARN'),
      roleArn: requireVariable('SCHEDULE_ROLE_ARN'),
      deadLetterArn: requireVariable('WAKE_DEAD_LETTER_QUEUE_ARN'),
    }),
    pageUrl: requireVariable('PAGE_URL').replace(/\/+$/, ''),
    clock: systemClock,
    ...observability,
  });
