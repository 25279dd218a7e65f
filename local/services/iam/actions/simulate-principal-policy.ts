import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { noSuchEntity } from '../faults';
import type { PolicyJson, RoleRecord } from '../model';
import { documentsOfRole, managedDocument } from '../role-policies';
import { sessionArn } from '../sessions';
import { readPolicy, type SimulationInput, type SourcedPolicy, simulate } from '../simulation';
import type { IamStore } from '../store';

interface SimulatePrincipalPolicyInput extends SimulationInput {
  readonly PolicySourceArn?: string;
  readonly PolicyInputList?: readonly string[];
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html, for roles */
export function simulatePrincipalPolicy(host: Host, store: IamStore): Action<SimulatePrincipalPolicyInput> {
  return {
    access: ({ PolicySourceArn }) => [{ action: 'iam:SimulatePrincipalPolicy', resource: String(PolicySourceArn) }],
    handle: (input) => {
      const role = sourceRole(store, input.PolicySourceArn);
      const further = (input.PolicyInputList ?? []).map((text, index) => ({
        id: `PolicyInputList.${index + 1}`,
        document: readPolicy('PolicyInputList', text),
      }));
      const arn = sessionArn(host.accountId, role.arn, 'simulated');
      const caller = { kind: 'role', arn, roleArn: role.arn, accountId: host.accountId } as const;
      const { boundary } = documentsOfRole(store, role);
      return simulate(host, { caller, role, policies: [...policiesOf(store, role), ...further], boundary }, input);
    },
  };
}

/** The role that a request names as the source of policies. Throws NoSuchEntity. */
export function sourceRole(store: IamStore, arn = ''): RoleRecord {
  const role = store.roleByArn(arn);
  if (!role) throw noSuchEntity(`The policy source ${arn} is not a role of this account.`);
  return role;
}

/** The policies of a role, as the simulator names them. */
function policiesOf(store: IamStore, { roleName, inline, attached }: RoleRecord): SourcedPolicy[] {
  const own = Object.entries(inline).map(([name, document]) => ({ id: `role_${roleName}_${name}`, document }));
  const managed = attached.flatMap((arn) => {
    const document: PolicyJson | undefined = managedDocument(store, arn);
    return document ? [{ id: arn.split('/').pop()!, document }] : [];
  });
  return [...own, ...managed];
}
