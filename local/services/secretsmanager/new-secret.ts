import type { Caller } from '../../wire/caller';
import { readContent } from './content';
import { invalidParameter, invalidRequest, secretExists } from './faults';
import type { Content, Secret } from './model';
import { dataKeyFor } from './secret-encryption';
import type { SecretsManager } from './secrets-manager';
import { readTags, type TagEntry } from './tags';
import { CURRENT, withVersion } from './versions';

/** What a secret is created from. */
export interface SecretInput {
  readonly Name?: string;
  readonly ClientRequestToken?: string;
  readonly Description?: string;
  readonly KmsKeyId?: string;
  readonly SecretString?: string;
  readonly SecretBinary?: unknown;
  readonly Tags?: readonly TagEntry[];
}

const NAME = /^[A-Za-z0-9/_+=.@!-]{1,512}$/;
const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Creates a secret, with its first version when it has a content. The same request once more gives what it made before. Throws
 * ResourceExistsException, InvalidParameterException, InvalidRequestException and what KMS refuses.
 */
export async function addSecret(service: SecretsManager, input: SecretInput, caller: Caller): Promise<Secret> {
  const name = checkName(input.Name);
  const content = readContent(input);
  const token = checkToken(input.ClientRequestToken) ?? service.host.kernel.random.uuid();
  const existing = service.store.find(name);
  if (existing) return repeated(existing, token, content);
  const nowMs = service.now();
  const secret: Secret = {
    name,
    arn: `${service.arnPrefix()}${name}-${suffix(service)}`,
    createdAtMs: nowMs,
    changedAtMs: nowMs,
    description: input.Description,
    kmsKeyId: input.KmsKeyId || undefined,
    tags: readTags({}, input.Tags),
    versions: {},
    rotation: { isEnabled: false },
  };
  if (!content) {
    service.store.put(secret);
    return secret;
  }
  const dataKey = await dataKeyFor(service.host, secret, token, caller);
  if (service.store.find(name)) throw secretExists(name);
  const version = { id: token, createdAtMs: nowMs, ...content, stages: [], dataKey };
  const filled = withVersion(secret, version, [CURRENT], nowMs);
  service.store.put(filled);
  return filled;
}

function repeated(existing: Secret, token: string, content: Content | undefined): Secret {
  if (existing.goneAtMs !== undefined) {
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  const version = existing.versions[token];
  const isSame = version && version.text === content?.text && version.binary === content?.binary;
  if (!isSame) throw secretExists(existing.name);
  return existing;
}

function checkName(name: string | undefined): string {
  if (!name || !NAME.test(name)) {
    throw invalidParameter(
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    );
  }
  return name;
}

/** Throws InvalidParameterException for a token that cannot be the id of a version. */
export function checkToken(token: string | undefined): string | undefined {
  if (token !== undefined && (token.length < 32 || token.length > 64)) {
    throw invalidParameter('ClientRequestToken must be 32-64 characters long.');
  }
  return token;
}

function suffix({ host }: SecretsManager): string {
  return [...host.kernel.random.bytes(6)].map((byte) => SUFFIX[byte % SUFFIX.length]).join('');
}
