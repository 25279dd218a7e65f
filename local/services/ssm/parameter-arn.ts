import type { Host } from '../../wire/host';

/** A parameter's ARN; a name that begins with a slash has no second one in the ARN. */
export function parameterArn(host: Pick<Host, 'accountId' | 'region'>, name: string): string {
  return `arn:aws:ssm:${host.region}:${host.accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}
