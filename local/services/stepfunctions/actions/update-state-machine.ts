import { AwsError } from '../../../wire/aws-error';
import type { Action } from '../../../wire/service';
import { ARN, constrain } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { checkDefinition } from '../definition-check';
import { isCustomerManaged, readEncryption } from '../encryption-configuration';
import { validation } from '../faults';
import { readLogging } from '../logging-configuration';
import { machineAccess, machineOf } from '../machine-lookup';
import type { DataKey, EncryptionConfiguration, LoggingConfiguration, Revision } from '../model';
import { publishVersion } from '../version-publication';
import { refuseBadRole } from './create-state-machine';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html */
export interface UpdateStateMachineInput {
  stateMachineArn: string;
  definition?: string;
  roleArn?: string;
  loggingConfiguration?: LoggingConfiguration;
  tracingConfiguration?: { enabled?: boolean };
  encryptionConfiguration?: EncryptionConfiguration;
  publish?: boolean;
  versionDescription?: string;
}

/** Makes a new revision, unless nothing changes; executions that run keep theirs. */
export function updateStateMachine(context: ServiceContext): Action<UpdateStateMachineInput> {
  return {
    access: (input) => machineAccess('UpdateStateMachine', input.stateMachineArn),
    handle(input, { caller }) {
      constrain(input, { stateMachineArn: ARN, versionDescription: { maxLength: 256 } });
      const machine = machineOf(context, input.stateMachineArn);
      refuseNothingToDo(input);
      if (input.versionDescription !== undefined && !input.publish) {
        throw validation('Version description can only be set when publish is true');
      }
      if (input.definition !== undefined) checkDefinition(input.definition, machine.type);
      const { machines } = context.store;
      const before = machines.revision(machine.revisionKey);
      if (input.roleArn !== undefined && input.roleArn !== before.roleArn)
        refuseBadRole(context, input.roleArn, machine.arn);
      const wanted = changed(before, input);
      const make = (dataKey?: DataKey) => {
        const nowMs = context.host.kernel.clock.now();
        if (wanted) {
          const revisionId = context.host.kernel.random.uuid();
          const revision = machines.addRevision({ ...wanted, dataKey, revisionId, date: nowMs });
          machines.setRevision(machine, revision.key);
        }
        const versionArn = input.publish ? publishVersion(context, machine, input.versionDescription).arn : undefined;
        return {
          updateDate: seconds(nowMs),
          revisionId: machines.revision(machine.revisionKey).revisionId,
          ...(input.publish ? { stateMachineVersionArn: versionArn } : {}),
        };
      };
      const encryption = wanted?.encryption;
      return encryption && isCustomerManaged(encryption)
        ? context.encryption.forDefinition(caller, encryption, machine.arn).then(make)
        : make();
    },
  };
}

function refuseNothingToDo(input: UpdateStateMachineInput): void {
  const { definition, roleArn, loggingConfiguration, tracingConfiguration, encryptionConfiguration } = input;
  const given = [definition, roleArn, loggingConfiguration, tracingConfiguration, encryptionConfiguration];
  if (given.some((member) => member !== undefined && member !== null)) return;
  throw new AwsError(
    'MissingRequiredParameter',
    'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
  );
}

function changed(before: Revision, input: UpdateStateMachineInput): Omit<Revision, 'key'> | undefined {
  const { key: _key, revisionId: _id, date: _date, dataKey: _dataKey, ...kept } = before;
  const wanted = {
    ...kept,
    definition: input.definition ?? before.definition,
    roleArn: input.roleArn ?? before.roleArn,
    logging: input.loggingConfiguration ? readLogging(input.loggingConfiguration) : before.logging,
    tracing: input.tracingConfiguration ? { enabled: input.tracingConfiguration.enabled ?? false } : before.tracing,
    encryption: readEncryption(input.encryptionConfiguration) ?? before.encryption,
  };
  return JSON.stringify(wanted) === JSON.stringify(kept) ? undefined : { ...wanted, date: before.date };
}
