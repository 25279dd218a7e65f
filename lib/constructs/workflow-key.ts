import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { keyPolicy, keyUseStatement, viaService } from './key-policy';

/** What a workflow key is made for. */
export interface WorkflowKeyProps {
  readonly description: string;
  /**
   * Who may read definitions, histories and outputs of the machines: `account`, whoever IAM lets decrypt; `nobody`, only
   * the machines and CloudFormation's own role, which writes and reads their definitions.
   */
  readonly historyReaders: 'account' | 'nobody';
  /** Whether the key outlives the stack. */
  readonly isRetained: boolean;
}

const USE = ['kms:Decrypt', 'kms:GenerateDataKey'];

/**
 * A key under which Step Functions encrypts what stands in a machine's history: the parameters of a state that asks hold
 * its task token, and whoever reads it can decide in the approver's place. The key policy alone says who may use the key:
 * https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
 */
export class WorkflowKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string, props: WorkflowKeyProps) {
    super(scope, id);
    const { account, partition } = Stack.of(this);
    const via = viaService(this, 'states');
    const deployer = `arn:${partition}:iam::${account}:role/cdk-*-cfn-exec-role-*`;
    this.key = new Key(this, 'Key', {
      description: props.description,
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: props.isRetained ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      policy: keyPolicy(
        // Whoever creates or updates a machine; it reads nothing by that.
        { sid: 'WriteDefinitions', by: 'account', actions: ['kms:GenerateDataKey'], conditions: via },
        {
          sid: 'ReadHistories',
          by: 'account',
          actions: ['kms:Decrypt'],
          conditions: props.historyReaders === 'account' ? via : { ...via, ArnLike: { 'aws:PrincipalArn': deployer } },
        },
      ),
    });
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'DeliverLogs',
        principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['kms:Decrypt'],
        resources: ['*'],
        conditions: this.logDelivery(),
      }),
    );
  }

  /**
   * Lets a machine's role use the key for this machine's data and for the delivery of its logs. The machine must have
   * this name: CDK's own grant names it by its physical name too, and names nothing when there is none.
   */
  grantMachine(role: IRole, machineName: string): void {
    const { account, partition, region } = Stack.of(this);
    const machineArn = `arn:${partition}:states:${region}:${account}:stateMachine:${machineName}`;
    const name = machineName.replace(/[^A-Za-z0-9]/g, '');
    this.key.addToResourcePolicy(
      keyUseStatement({
        sid: `Run${name}`,
        by: [role.roleArn],
        actions: USE,
        conditions: { StringEquals: { 'kms:EncryptionContext:aws:states:stateMachineArn': machineArn } },
      }),
    );
    this.key.addToResourcePolicy(
      keyUseStatement({
        sid: `Log${name}`,
        by: [role.roleArn],
        actions: ['kms:GenerateDataKey'],
        conditions: this.logDelivery(),
      }),
    );
  }

  /** The star is part of the name that log delivery goes by, and no pattern. */
  private logDelivery() {
    const { account, partition, region } = Stack.of(this);
    const source = `arn:${partition}:logs:${region}:${account}:*`;
    return { StringEquals: { 'kms:EncryptionContext:SourceArn': source } };
  }
}
