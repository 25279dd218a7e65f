import type { Host } from '../../wire/host';
import { invalidAddress, missingParameter } from './faults';

/** The URL that clients use for a queue; they send requests to its origin. */
export function queueUrl(host: Host, name: string): string {
  return `${host.endpoint()}/${host.accountId}/${name}`;
}

/** The ARN of a queue of this account. */
export function queueArn(host: Host, name: string): string {
  return `arn:aws:sqs:${host.region}:${host.accountId}:${name}`;
}

/** The ARN that a queue URL stands for, whether the queue exists or not. Throws InvalidAddress for another URL. */
export function arnOfUrl(host: Host, url: unknown): string {
  if (typeof url !== 'string' || url === '') throw missingParameter('QueueUrl');
  const parts = /^https?:\/\/[^/]+\/(\d{12})\/([A-Za-z0-9_.-]+)\/?$/.exec(url);
  if (!parts) throw invalidAddress(url);
  return `arn:aws:sqs:${host.region}:${parts[1]}:${parts[2]}`;
}
