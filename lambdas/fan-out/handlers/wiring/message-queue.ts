import { SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from '../../../shared/aws/client-settings';
import { requireVariable } from '../../../shared/environment';
import { createSqsMessageQueue } from '../../../shared/queue/sqs-message-queue';

/** The queue whose URL stands in an environment variable. */
export const messageQueue = (variable: string) =>
  createSqsMessageQueue(new SQSClient(clientSettings()), requireVariable(variable));
