/**
 * Owns keys: their material, policies, grants, rotation and deletion, and what is encrypted with them.
 * Refuses asymmetric and multi-Region keys, imported material and custom key stores.
 */
import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { createAlias, deleteAlias, updateAlias } from './actions/change-alias';
import { createGrant } from './actions/create-grant';
import { createKey } from './actions/create-key';
import { decrypt } from './actions/decrypt';
import { describeKey } from './actions/describe-key';
import { encrypt } from './actions/encrypt';
import { retireGrant, revokeGrant } from './actions/end-grant';
import { generateDataKey, generateDataKeyWithoutPlaintext } from './actions/generate-data-key';
import { generateRandom } from './actions/generate-random';
import { cancelKeyDeletion, scheduleKeyDeletion } from './actions/key-deletion';
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from './actions/key-policy';
import { disableKeyRotation, enableKeyRotation, getKeyRotationStatus, rotateKeyOnDemand } from './actions/key-rotation';
import { disableKey, enableKey } from './actions/key-state';
import { listAliases } from './actions/list-aliases';
import { listGrants } from './actions/list-grants';
import { listKeyRotations } from './actions/list-key-rotations';
import { listKeys } from './actions/list-keys';
import { generateMac, verifyMac } from './actions/mac';
import { reEncrypt } from './actions/re-encrypt';
import { listResourceTags, tagResource, untagResource } from './actions/tag-resource';
import { updateKeyDescription } from './actions/update-key-description';
import { AwsManagedKeys } from './aws-managed-keys';
import { Kms } from './kms';
import { aliasResource } from './resources/alias';
import { keyResource } from './resources/key';
import { KmsStore } from './store';

/** KMS with symmetric and HMAC keys. See README.md for what differs from AWS. */
export function createKmsService(host: Host): Service {
  const store = new KmsStore(host.kernel, host.journal);
  const kms = new Kms(host, store, new AwsManagedKeys(host, store));
  return {
    name: 'kms',
    protocols: [{ kind: 'json', version: '1.1', target: 'TrentService' }],
    actions: {
      CancelKeyDeletion: cancelKeyDeletion(kms),
      CreateAlias: createAlias(kms),
      CreateGrant: createGrant(kms),
      CreateKey: createKey(kms),
      Decrypt: decrypt(kms),
      DeleteAlias: deleteAlias(kms),
      DescribeKey: describeKey(kms),
      DisableKey: disableKey(kms),
      DisableKeyRotation: disableKeyRotation(kms),
      EnableKey: enableKey(kms),
      EnableKeyRotation: enableKeyRotation(kms),
      Encrypt: encrypt(kms),
      GenerateDataKey: generateDataKey(kms),
      GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext(kms),
      GenerateMac: generateMac(kms),
      GenerateRandom: generateRandom(kms),
      GetKeyPolicy: getKeyPolicy(kms),
      GetKeyRotationStatus: getKeyRotationStatus(kms),
      ListAliases: listAliases(kms),
      ListGrants: listGrants(kms),
      ListKeyPolicies: listKeyPolicies(kms),
      ListKeyRotations: listKeyRotations(kms),
      ListKeys: listKeys(kms),
      ListResourceTags: listResourceTags(kms),
      PutKeyPolicy: putKeyPolicy(kms),
      ReEncrypt: reEncrypt(kms),
      RetireGrant: retireGrant(kms),
      RevokeGrant: revokeGrant(kms),
      RotateKeyOnDemand: rotateKeyOnDemand(kms),
      ScheduleKeyDeletion: scheduleKeyDeletion(kms),
      TagResource: tagResource(kms),
      UntagResource: untagResource(kms),
      UpdateAlias: updateAlias(kms),
      UpdateKeyDescription: updateKeyDescription(kms),
      VerifyMac: verifyMac(kms),
    },
    resources: [keyResource(kms), aliasResource(kms)],
    resourcePolicy: (arn) => store.keyByArn(arn)?.policy.document,
  };
}
