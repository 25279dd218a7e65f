import type { Action } from '../../../wire/service';
import { invalidRequest } from '../faults';
import type { RotationRules, Secret } from '../model';
import { checkToken } from '../new-secret';
import { nextRotationMs } from '../rotator';
import type { SecretsManager } from '../secrets-manager';
import { CURRENT, PENDING, versionAt } from '../versions';

/** What a secret is rotated with. */
export interface RotateInput {
  readonly SecretId?: string;
  readonly ClientRequestToken?: string;
  readonly RotationLambdaARN?: string;
  readonly RotationRules?: RotationRules;
  readonly RotateImmediately?: boolean;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html */
export function rotateSecret(service: SecretsManager): Action<RotateInput> {
  return {
    access: ({ SecretId = '', RotationLambdaARN }) => [
      service.access('RotateSecret', SecretId, {
        ...(RotationLambdaARN !== undefined && { 'secretsmanager:RotationLambdaARN': RotationLambdaARN }),
      }),
    ],
    handle: (input) => {
      const { secret, token } = rotate(service, input);
      return { ARN: secret.arn, Name: secret.name, VersionId: token };
    },
  };
}

/** Sets how a secret is rotated and, unless told to wait, begins to. Throws InvalidRequestException. */
export function rotate(service: SecretsManager, input: RotateInput): { secret: Secret; token: string } {
  const secret = service.secret(input.SecretId);
  const functionArn = input.RotationLambdaARN ?? secret.rotation.functionArn;
  if (functionArn === undefined)
    throw invalidRequest('No Lambda rotation function ARN is associated with this secret.');
  const pending = versionAt(secret, PENDING);
  if (pending && !pending.stages.includes(CURRENT)) {
    throw invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
  }
  const nowMs = service.now();
  const rules = input.RotationRules ?? secret.rotation.rules;
  const nextAtMs = nextRotationMs(rules, nowMs);
  const rotation = { ...secret.rotation, isEnabled: true, functionArn, rules, nextAtMs };
  const token = checkToken(input.ClientRequestToken) ?? service.host.kernel.random.uuid();
  const planned = { ...secret, rotation };
  const isNow = input.RotateImmediately ?? true;
  if (isNow) service.rotator.begin(planned, token);
  else service.store.put(planned);
  service.rotator.plan(planned);
  return { secret: planned, token };
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CancelRotateSecret.html */
export function cancelRotateSecret(service: SecretsManager): Action<{ SecretId?: string }> {
  return {
    access: service.accessOn('CancelRotateSecret'),
    handle: ({ SecretId }) => {
      const secret = service.secret(SecretId);
      const changed = { ...secret, rotation: { ...secret.rotation, isEnabled: false } };
      service.store.put(changed);
      service.rotator.plan(changed);
      return { ARN: secret.arn, Name: secret.name, VersionId: versionAt(secret, PENDING)?.id };
    },
  };
}
