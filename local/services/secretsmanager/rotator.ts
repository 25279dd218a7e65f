/**
 * Owns rotation: the four calls of a secret's function, and when they are made by themselves.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
import type { Timer } from '../../kernel/clock';
import { parseCron } from '../../time/cron';
import { parseRate } from '../../time/rate';
import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { invalidParameter } from './faults';
import type { RotationRules, Secret } from './model';
import type { SecretStore } from './store';
import { CURRENT, PENDING, versionAt, withStage, withVersion } from './versions';

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];
const DAY_MS = 86_400_000;

/** Rotates secrets, when asked and when their time has come. */
export class Rotator {
  private readonly timers = new Map<string, Timer>();

  constructor(private readonly service: { readonly host: Host; readonly store: SecretStore }) {}

  /** Plans the next rotation of a secret, if it rotates by itself. */
  plan(secret: Secret): void {
    this.timers.get(secret.arn)?.cancel();
    this.timers.delete(secret.arn);
    const { isEnabled, nextAtMs } = secret.rotation;
    if (!isEnabled || nextAtMs === undefined) return;
    this.timers.set(
      secret.arn,
      this.service.host.kernel.clock.schedule(nextAtMs, () => {
        const current = this.service.store.find(secret.arn);
        if (current?.rotation.isEnabled) this.begin(current);
      }),
    );
  }

  /** Goes on with the rotations that an earlier process had planned. */
  resume(): void {
    for (const secret of this.service.store.all()) this.plan(secret);
  }

  stop(): void {
    for (const timer of this.timers.values()) timer.cancel();
    this.timers.clear();
  }

  /**
   * Begins a rotation in the background, or goes on with the one whose version is still pending. `token` becomes the id of the
   * new version.
   */
  begin(secret: Secret, token: string = this.service.host.kernel.random.uuid()): Secret {
    const nowMs = this.service.host.kernel.clock.now();
    const pending = versionAt(secret, PENDING);
    const id = pending && !pending.stages.includes(CURRENT) ? pending.id : token;
    const isAnnounced = secret.versions[id] !== undefined;
    const announced = isAnnounced
      ? withStage(secret, PENDING, id, nowMs)
      : withVersion(secret, { id, createdAtMs: nowMs, stages: [] }, [PENDING], nowMs);
    this.service.store.put(announced);
    this.service.host.kernel.clock.schedule(nowMs, () => void this.rotate(secret.arn, id));
    return announced;
  }

  private async rotate(arn: string, token: string): Promise<void> {
    const { host, store } = this.service;
    const functionArn = store.find(arn)?.rotation.functionArn;
    if (functionArn === undefined) return;
    const caller: Caller = {
      kind: 'service',
      principal: 'secretsmanager.amazonaws.com',
      sourceArn: arn,
      accountId: host.accountId,
    };
    try {
      for (const Step of STEPS) {
        const Payload = Buffer.from(JSON.stringify({ Step, SecretId: arn, ClientRequestToken: token }));
        const input = { FunctionName: functionArn, InvocationType: 'RequestResponse', Payload };
        const { FunctionError } = await host.call(caller, 'lambda', 'Invoke', input);
        if (FunctionError) throw new Error(`its function failed in step ${Step} (${FunctionError})`);
      }
    } catch (error) {
      host.warn(`Secrets Manager: ${arn} was not rotated: ${(error as Error).message}`);
    }
    this.ended(arn);
  }

  /** A rotation that came to its end leaves no pending version, and plans the next one. */
  private ended(arn: string): void {
    const { store } = this.service;
    const secret = store.find(arn);
    if (!secret) return;
    const nowMs = this.service.host.kernel.clock.now();
    const pending = versionAt(secret, PENDING);
    const isDone = pending === undefined || pending.stages.includes(CURRENT);
    const settled = isDone ? withStage(secret, PENDING, undefined, nowMs) : secret;
    const rotatedAtMs = isDone ? nowMs : secret.rotation.rotatedAtMs;
    const rotation = { ...secret.rotation, rotatedAtMs, nextAtMs: nextRotationMs(secret.rotation.rules, nowMs) };
    const changed = { ...settled, rotation };
    store.put(changed);
    this.plan(changed);
  }
}

/** When rules rotate a secret next. Throws InvalidParameterException for an expression that is none. */
export function nextRotationMs(rules: RotationRules | undefined, nowMs: number): number | undefined {
  if (rules?.AutomaticallyAfterDays !== undefined) return nowMs + rules.AutomaticallyAfterDays * DAY_MS;
  const [, kind, content] = /^(rate|cron)\((.*)\)$/.exec(rules?.ScheduleExpression ?? '') ?? [];
  if (rules?.ScheduleExpression === undefined) return undefined;
  const periodMs = kind === 'rate' ? parseRate(content!)?.periodMs : undefined;
  const times = kind === 'cron' ? parseCron(content!) : undefined;
  if (periodMs === undefined && times === undefined) {
    throw invalidParameter(`The ScheduleExpression ${rules.ScheduleExpression} is not valid.`);
  }
  return periodMs === undefined ? times!(nowMs) : nowMs + periodMs;
}
