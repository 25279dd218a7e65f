import { signedFetch } from '../signed-fetch';
import type { Aws } from './aws';

/** Which service, in which version of its API, and where: there is no client for it among the project's packages. */
export interface QueryApi {
  readonly service: string;
  readonly version: string;
  /** @default - the deployment's region; IAM has one for the whole partition */
  readonly region?: string;
}

/**
 * Calls an action of a service that speaks AWS's query protocol, and gives the answer's XML. Throws an Error with what the service says.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/programming.html
 */
export async function queryApi(
  { deployment, sqs }: Aws,
  { service, version, region = deployment.region }: QueryApi,
  Action: string,
  input: Readonly<Record<string, string>>,
): Promise<string> {
  const override = process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? process.env.AWS_ENDPOINT_URL;
  const host = service === 'iam' ? 'iam' : `${service}.${region}`;
  const endpoint = override ?? `https://${host}.${domainOf(region)}`;
  const call = signedFetch(endpoint, region, sqs.config.credentials as any, service);
  const form = new URLSearchParams({ Action, Version: version, ...input });
  const { statusCode, body } = await call('POST', '/', form.toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
  const xml = String(body);
  if (statusCode === 200) return xml;
  throw new Error(/<Message>([^<]*)<\/Message>/.exec(xml)?.[1] ?? `${service} answered ${statusCode}`);
}

function domainOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}
