/**
 * Owns what Step Functions asks of KMS for machines and activities with a customer managed key: data keys for definitions,
 * executions and activity tasks, and the right of whoever reads them. In the memory of this process they lie as they came.
 * Refuses to know what is encrypted: whoever has a data key at hand asks with it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
 */
import { AwsError } from '../../wire/aws-error';
import { type Caller, onBehalfOf } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { invalidEncryption, kmsFault } from './faults';
import type { DataKey, EncryptionConfiguration, Revision } from './model';

type EncryptionContext = DataKey['context'];

/** Step Functions' way to KMS. All methods reject with KmsAccessDeniedException or KmsInvalidStateException. */
export class ExecutionEncryption {
  constructor(private readonly host: Host) {}

  /**
   * A data key for the definition of a machine, made as who creates or changes it; undefined without a customer managed key.
   * Rejects with InvalidEncryptionConfiguration for a key that is not there, not enabled or not symmetric.
   */
  async forDefinition(
    caller: Caller,
    encryption: EncryptionConfiguration,
    machineArn: string,
  ): Promise<DataKey | undefined> {
    await this.checkKey(caller, encryption);
    return this.generate(this.forwarded(caller), encryption, { 'aws:states:stateMachineArn': machineArn });
  }

  /** Rejects unless the caller may describe the key, and an activity can have it. */
  async checkKey(caller: Caller, { kmsKeyId }: EncryptionConfiguration): Promise<void> {
    let answer: any;
    try {
      answer = await this.ask(this.forwarded(caller), 'DescribeKey', { KeyId: kmsKeyId });
    } catch (error) {
      if ((error as AwsError).code === 'KmsAccessDeniedException') throw error;
      throw invalidEncryption((error as Error).message);
    }
    const { Arn, KeySpec, Enabled } = answer?.KeyMetadata ?? {};
    if (Arn === undefined) return;
    if (KeySpec !== 'SYMMETRIC_DEFAULT') throw invalidEncryption(`The KMS key ${Arn} is not a symmetric key`);
    if (!Enabled) throw invalidEncryption(`The KMS key ${Arn} is not enabled`);
  }

  /** A data key for a new execution, made as its role, which must be allowed to read the definition as well. */
  async forExecution(revision: Revision, machineArn: string, name: string): Promise<DataKey | undefined> {
    const role = this.roleOf(revision, machineArn, name);
    await this.open(role, revision.dataKey!);
    const dataKey = await this.generate(role, revision.encryption!, revision.dataKey!.context);
    if (dataKey) await this.open(role, dataKey);
    return dataKey;
  }

  /** Rejects unless the role may read the definition: as an execution that is called, and at each of its tasks. */
  async openAsRole(revision: Revision, machineArn: string, name: string): Promise<void> {
    await this.open(this.roleOf(revision, machineArn, name), revision.dataKey!);
  }

  /** A data key for a task of an activity with a key of its own, made as the role of the execution. */
  async forActivityTask(
    role: Caller,
    encryption: EncryptionConfiguration,
    activityArn: string,
  ): Promise<DataKey | undefined> {
    const dataKey = await this.generate(role, encryption, { 'aws:states:activityArn': activityArn });
    if (dataKey) await this.open(role, dataKey);
    return dataKey;
  }

  /** Rejects unless the log events of a machine may go from its role to the log delivery service. */
  async forLogs(revision: Revision, machineArn: string): Promise<void> {
    const { region, accountId } = this.host;
    const role = this.roleOf(revision, machineArn, 'logs');
    const context = { SourceArn: `arn:aws:logs:${region}:${accountId}:*` };
    const dataKey = await this.generate(role, revision.encryption!, context);
    const delivery = {
      kind: 'service',
      principal: 'delivery.logs.amazonaws.com',
      sourceArn: machineArn,
      accountId,
    } as const;
    if (dataKey) await this.open(delivery, dataKey);
  }

  /** What `view` gives, once the caller may read what `dataKey` encrypts; at once when nothing is. */
  revealed<View>(caller: Caller, dataKey: DataKey | undefined, view: () => View): View | Promise<View> {
    return dataKey ? this.open(this.forwarded(caller), dataKey).then(view) : view();
  }

  private async open(caller: Caller, { ciphertext, context }: DataKey): Promise<void> {
    await this.ask(caller, 'Decrypt', { CiphertextBlob: ciphertext, EncryptionContext: context });
  }

  private async generate(
    caller: Caller,
    { kmsKeyId }: EncryptionConfiguration,
    context: EncryptionContext,
  ): Promise<DataKey | undefined> {
    const input = { KeyId: kmsKeyId, KeySpec: 'AES_256', EncryptionContext: context };
    const answer = await this.ask(caller, 'GenerateDataKey', input);
    return answer && { ciphertext: answer.CiphertextBlob, context };
  }

  /** Undefined where no KMS is served (the engine alone). */
  private async ask(caller: Caller, action: string, input: object): Promise<any> {
    try {
      return await this.host.call(caller, 'kms', action, input);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (error.code === 'UnknownOperationException') return undefined;
      throw kmsFault(error);
    }
  }

  /** A caller's permissions count through Step Functions; a role calls KMS itself, without `kms:ViaService`. */
  private forwarded(caller: Caller): Caller {
    return onBehalfOf(caller, 'states', this.host.region);
  }

  private roleOf({ roleArn }: Revision, machineArn: string, name: string): Caller {
    return this.host.assumeRole(roleArn, 'states.amazonaws.com', sessionNameOf(name), machineArn);
  }
}

/** The session of a machine's role is named by the execution, as far as IAM admits its characters. */
export function sessionNameOf(executionName: string): string {
  return executionName.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
}
