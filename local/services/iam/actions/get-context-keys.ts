import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { contextKeysOf } from '../context-keys-of-policy';
import { documentsOfRole } from '../role-policies';
import { readPolicy } from '../simulation';
import type { IamStore } from '../store';
import { sourceRole } from './simulate-principal-policy';

interface GetContextKeysInput {
  readonly PolicySourceArn?: string;
  readonly PolicyInputList?: readonly string[];
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html */
export function getContextKeysForCustomPolicy(_host: Host, _store: IamStore): Action<GetContextKeysInput> {
  return {
    access: () => [{ action: 'iam:GetContextKeysForCustomPolicy', resource: '*' }],
    handle: ({ PolicyInputList = [] }) => ({ ContextKeyNames: contextKeysOf(PolicyInputList.map(readInput)) }),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html, for roles */
export function getContextKeysForPrincipalPolicy(_host: Host, store: IamStore): Action<GetContextKeysInput> {
  return {
    access: ({ PolicySourceArn }) => [
      { action: 'iam:GetContextKeysForPrincipalPolicy', resource: String(PolicySourceArn) },
    ],
    handle: ({ PolicySourceArn, PolicyInputList = [] }) => {
      const { identity } = documentsOfRole(store, sourceRole(store, PolicySourceArn));
      return { ContextKeyNames: contextKeysOf([...identity, ...PolicyInputList.map(readInput)]) };
    },
  };
}

function readInput(text: string) {
  return readPolicy('PolicyInputList', text);
}
