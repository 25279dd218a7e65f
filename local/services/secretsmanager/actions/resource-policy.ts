import type { Action } from '../../../wire/service';
import { malformedPolicy, publicPolicy } from '../faults';
import type { SecretsManager } from '../secrets-manager';

interface PolicyInput {
  readonly SecretId?: string;
  readonly ResourcePolicy?: string;
  readonly BlockPublicPolicy?: boolean;
}

/** Throws MalformedPolicyDocumentException, and PublicPolicyException for what everybody may where that is not wanted. */
export function checkPolicy(text: string | undefined, isPublicBlocked = false): string {
  const statements = statementsOf(text ?? '');
  const isPublic = statements.some(
    ({ Effect, Principal, Condition }) =>
      Effect === 'Allow' && !Condition && [Principal, Principal?.AWS].flat().includes('*'),
  );
  if (isPublicBlocked && isPublic) throw publicPolicy();
  return text!;
}

function statementsOf(text: string): any[] {
  try {
    const { Statement } = JSON.parse(text);
    const statements = [Statement].flat();
    if (statements.every((statement) => statement !== null && typeof statement === 'object')) return statements;
  } catch {
    // Refused below, like JSON that is no policy.
  }
  throw malformedPolicy();
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html */
export function putResourcePolicy(service: SecretsManager): Action<PolicyInput> {
  return {
    access: service.accessOn('PutResourcePolicy'),
    handle: ({ SecretId, ResourcePolicy, BlockPublicPolicy }) => {
      const secret = service.secret(SecretId);
      service.store.put({ ...secret, policy: checkPolicy(ResourcePolicy, BlockPublicPolicy) });
      return { ARN: secret.arn, Name: secret.name };
    },
  };
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html */
export function getResourcePolicy(service: SecretsManager): Action<PolicyInput> {
  return {
    access: service.accessOn('GetResourcePolicy'),
    handle: ({ SecretId }) => {
      const secret = service.secret(SecretId);
      return { ARN: secret.arn, Name: secret.name, ResourcePolicy: secret.policy };
    },
  };
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteResourcePolicy.html */
export function deleteResourcePolicy(service: SecretsManager): Action<PolicyInput> {
  return {
    access: service.accessOn('DeleteResourcePolicy'),
    handle: ({ SecretId }) => {
      const { policy: _policy, ...secret } = service.secret(SecretId);
      service.store.put(secret);
      return { ARN: secret.arn, Name: secret.name };
    },
  };
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ValidateResourcePolicy.html */
export function validateResourcePolicy(service: SecretsManager): Action<PolicyInput> {
  return {
    access: ({ SecretId }) => [service.access('ValidateResourcePolicy', SecretId ?? '*')],
    handle: ({ SecretId, ResourcePolicy }) => {
      if (SecretId !== undefined) service.secret(SecretId);
      checkPolicy(ResourcePolicy);
      return { PolicyValidationPassed: true, ValidationErrors: [] };
    },
  };
}
