import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { invokeModel } from './actions/invoke-model';
import { Bedrock } from './bedrock';
import type { RequestCounts } from './request-limit';
import { bedrockRoutes } from './routes';

/** How Bedrock is started. */
export interface BedrockOptions {
  /** Requests that get through in a second; the others are answered ThrottlingException. @default no limit */
  readonly requestsPerSecond?: number;
}

/** Bedrock, and what can be made to go wrong with it. */
export interface BedrockService extends Service {
  /** Another limit from now on; undefined for none. Throws RangeError unless it is positive. */
  limitRequests(perSecond: number | undefined): void;
  /** How many requests the limit let through, and how many not. */
  requestCounts(): RequestCounts;
  /** The next requests that the limit lets through are answered ModelTimeoutException. */
  timeOutNext(requests: number): void;
}

/** The runtime of Bedrock with one model, an embedder. See README.md for what it is and what differs from AWS. */
export function createBedrockService(host: Host, { requestsPerSecond }: BedrockOptions = {}): BedrockService {
  const bedrock = new Bedrock(host, requestsPerSecond);
  return {
    name: 'bedrock',
    protocols: [{ kind: 'rest-json', routes: bedrockRoutes }],
    actions: { InvokeModel: invokeModel(bedrock) },
    limitRequests: (perSecond) => bedrock.limit.set(perSecond),
    requestCounts: () => bedrock.limit.counts,
    timeOutNext: (requests) => bedrock.timeOutNext(requests),
  };
}
