import { SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from '../../../shared/aws/client-settings';
import { requireVariable } from '../../../shared/environment';
import { createSqsMessageQueue } from '../../../shared/queue/sqs-message-queue';

/** The queue whose URL stands in DEAD_LETTER_QUEUE_URL. */
export const deadLetters = () =>
  createSqsMessageQueue(new SQSClient(clientSettings()), requireVariable('DEAD_LETTER_QUEUE_URL'));
