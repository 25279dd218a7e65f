import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { validationError } from '../faults';
import { readPolicy, type SimulationInput, simulate } from '../simulation';
import type { IamStore } from '../store';

interface SimulateCustomPolicyInput extends SimulationInput {
  readonly PolicyInputList?: readonly string[];
  readonly PermissionsBoundaryPolicyInputList?: readonly string[];
  readonly CallerArn?: string;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html */
export function simulateCustomPolicy(host: Host, store: IamStore): Action<SimulateCustomPolicyInput> {
  return {
    access: () => [{ action: 'iam:SimulateCustomPolicy', resource: '*' }],
    handle: (input) => {
      const { PolicyInputList = [], PermissionsBoundaryPolicyInputList = [], CallerArn } = input;
      if (PolicyInputList.length === 0) throw validationError('PolicyInputList must have at least one policy.');
      if (PermissionsBoundaryPolicyInputList.length > 1) {
        throw validationError('PermissionsBoundaryPolicyInputList must have at most one policy.');
      }
      const policies = PolicyInputList.map((text, index) => ({
        id: `PolicyInputList.${index + 1}`,
        document: readPolicy('PolicyInputList', text),
      }));
      const [boundary] = PermissionsBoundaryPolicyInputList.map((text) =>
        readPolicy('PermissionsBoundaryPolicyInputList', text),
      );
      const roleArn = CallerArn ?? `arn:aws:iam::${host.accountId}:role/simulated`;
      const caller = { kind: 'role', arn: roleArn, roleArn, accountId: host.accountId } as const;
      return simulate(host, { caller, role: store.roleByArn(roleArn), policies, boundary }, input);
    },
  };
}
