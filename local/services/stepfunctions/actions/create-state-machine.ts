import type { Action } from '../../../wire/service';
import { constrain, NAME, refuseBadName } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { checkDefinition } from '../definition-check';
import { isCustomerManaged, isSameEncryption, readEncryption } from '../encryption-configuration';
import { roleNotAssumable, stateMachineAlreadyExists, tooManyTags, validation } from '../faults';
import { readLogging } from '../logging-configuration';
import { machineAccess } from '../machine-lookup';
import type {
  DataKey,
  EncryptionConfiguration,
  LoggingConfiguration,
  MachineRecord,
  MachineType,
  Revision,
  Tag,
} from '../model';
import { publishVersion } from '../version-publication';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
export interface CreateStateMachineInput {
  name: string;
  definition: string;
  roleArn: string;
  type?: MachineType;
  loggingConfiguration?: LoggingConfiguration;
  tracingConfiguration?: { enabled?: boolean };
  encryptionConfiguration?: EncryptionConfiguration;
  tags?: Tag[];
  publish?: boolean;
  versionDescription?: string;
}

/** A tag quota of AWS. */
const TAGS_LIMIT = 50;

/** Creates a machine, or gives the equal one that exists already. */
export function createStateMachine(context: ServiceContext): Action<CreateStateMachineInput> {
  return {
    access: (input) => machineAccess('CreateStateMachine', context.arns.stateMachine(input.name)),
    handle(input, { caller }) {
      constrain(input, {
        name: NAME,
        definition: { required: true, minLength: 1, maxLength: 1048576 },
        roleArn: { required: true, minLength: 1, maxLength: 256 },
        type: { values: ['STANDARD', 'EXPRESS'] },
        versionDescription: { maxLength: 256 },
        tags: { isList: true },
      });
      refuseBadName(input.name);
      if (input.versionDescription !== undefined && !input.publish) {
        throw validation('Version description can only be set when publish is true');
      }
      const type = input.type ?? 'STANDARD';
      const arn = context.arns.stateMachine(input.name);
      if ((input.tags?.length ?? 0) > TAGS_LIMIT) throw tooManyTags(arn);
      const logging = readLogging(input.loggingConfiguration);
      checkDefinition(input.definition, type);
      const encryption = readEncryption(input.encryptionConfiguration);
      const settings = { logging, encryption };
      const make = (dataKey?: DataKey) => {
        const existing = context.store.machines.get(arn);
        if (existing) return answer(repeat(context, existing, input, settings), existing, input.publish);
        refuseBadRole(context, input.roleArn, arn);
        const versionArn = create(context, arn, type, input, { ...settings, dataKey });
        return answer(versionArn, context.store.machines.get(arn)!, input.publish);
      };
      return encryption && isCustomerManaged(encryption)
        ? context.encryption.forDefinition(caller, encryption, arn).then(make)
        : make();
    },
  };
}

function create(
  context: ServiceContext,
  arn: string,
  type: MachineType,
  input: CreateStateMachineInput,
  settings: Pick<Revision, 'logging' | 'encryption' | 'dataKey'>,
): string | undefined {
  const nowMs = context.host.kernel.clock.now();
  const revision = context.store.machines.addRevision({
    definition: input.definition,
    roleArn: input.roleArn,
    tracing: { enabled: input.tracingConfiguration?.enabled ?? false },
    ...settings,
    date: nowMs,
  });
  const machine: MachineRecord = {
    arn,
    name: input.name,
    type,
    creationDate: nowMs,
    revisionKey: revision.key,
    lastVersion: 0,
    versions: [],
    aliases: [],
    tags: (input.tags ?? []).map(({ key, value }) => ({ key, value })),
    executions: [],
  };
  context.store.machines.add(machine);
  return input.publish ? publishVersion(context, machine, input.versionDescription).arn : undefined;
}

/** The same request again is answered as before; `roleArn` and tags are not compared. */
function repeat(
  context: ServiceContext,
  machine: MachineRecord,
  input: CreateStateMachineInput,
  { logging, encryption }: Pick<Revision, 'logging' | 'encryption'>,
): string | undefined {
  const revision = context.store.machines.revision(machine.revisionKey);
  const isSame =
    revision.definition === input.definition &&
    machine.type === (input.type ?? 'STANDARD') &&
    JSON.stringify(revision.logging) === JSON.stringify(logging) &&
    isSameEncryption(revision.encryption, encryption) &&
    revision.tracing.enabled === (input.tracingConfiguration?.enabled ?? false);
  if (!isSame) throw stateMachineAlreadyExists(machine.arn);
  return input.publish ? publishVersion(context, machine, input.versionDescription).arn : undefined;
}

function answer(versionArn: string | undefined, machine: MachineRecord, publish: boolean | undefined) {
  return {
    stateMachineArn: machine.arn,
    creationDate: seconds(machine.creationDate),
    ...(publish ? { stateMachineVersionArn: versionArn } : {}),
  };
}

/** Step Functions tries to assume the role before it creates or changes a machine. */
export function refuseBadRole(context: ServiceContext, roleArn: string, machineArn: string): void {
  if (!/^arn:aws[\w-]*:iam::\d{12}:role\/.+/.test(roleArn)) throw validation(`Invalid Role Arn: '${roleArn}'`);
  try {
    context.host.assumeRole(roleArn, 'states.amazonaws.com', 'validation', machineArn);
  } catch {
    throw roleNotAssumable();
  }
}
