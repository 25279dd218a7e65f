/**
 * Owns how many requests get through: a bucket for each stage, and one for each route that has limits of its own. A stage
 * that is put anew begins with full buckets.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
import type { Stage, Throttle } from './model';
import { TokenBucket } from './token-bucket';

/** The limits of an account, for a stage that names none. */
const ACCOUNT_RATE = 10_000;
const ACCOUNT_BURST = 5_000;

/** Counts requests against the limits of stages and routes. */
export class Throttling {
  private readonly buckets = new WeakMap<Stage, Map<string, TokenBucket>>();

  /** Whether a request of a route gets through now; it counts if so. */
  admits(stage: Stage, routeKey: string, nowMs: number): boolean {
    const ofRoute = Object.hasOwn(stage.routeThrottles, routeKey) ? stage.routeThrottles[routeKey] : undefined;
    const name = ofRoute ? `route ${routeKey}` : 'stage';
    const ofStage = this.buckets.get(stage) ?? new Map<string, TokenBucket>();
    const bucket = ofStage.get(name) ?? bucketFor({ ...stage.throttle, ...definedOf(ofRoute) });
    ofStage.set(name, bucket);
    this.buckets.set(stage, ofStage);
    return bucket.take(nowMs);
  }
}

function bucketFor({ rate = ACCOUNT_RATE, burst = ACCOUNT_BURST }: Throttle): TokenBucket {
  return new TokenBucket(rate, burst);
}

/** A limit that a route leaves open is that of its stage. */
function definedOf(throttle: Throttle = {}): Throttle {
  return Object.fromEntries(Object.entries(throttle).filter(([, value]) => value !== undefined));
}
