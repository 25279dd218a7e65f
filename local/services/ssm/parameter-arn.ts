import type { Host } from '../../wire/host';
import { readReference } from './parameter-name';

/** A parameter's ARN; a name that begins with a slash has no second one in the ARN. */
export function parameterArn(host: Pick<Host, 'accountId' | 'region'>, name: string): string {
  return `arn:aws:ssm:${host.region}:${host.accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}

/** The ARN that IAM decides on for a name as a request writes it. */
export function referencedArn(host: Pick<Host, 'accountId' | 'region'>, text: string): string {
  return parameterArn(host, readReference(text).name);
}
