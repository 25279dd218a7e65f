import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { type KeyUse, keyPolicy, keyUseStatement, viaService } from '../../constructs/key-policy';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';

/** A task token is bound to its request, so that no row can lend its token to another. */
const WITH_REQUEST_ID = { Null: { 'kms:EncryptionContext:requestId': 'false' } };

/** The keys of approvals. Operators administer them, and cannot use them. */
export class ApprovalKeys extends Construct {
  /** Encrypts task tokens, and the messages of the approvals queue. */
  readonly approvals: Key;
  /** Makes links and codes. */
  readonly links: Key;

  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id);
    const isRetained = settings.data.onDelete === 'retain';
    const shared = {
      pendingWindow: Duration.days(30),
      removalPolicy: isRetained ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    this.approvals = new Key(this, 'ApprovalsKey', {
      ...shared,
      description: 'Task tokens of approvals, and the queue that they come through',
      enableKeyRotation: true,
      policy: keyPolicy({
        sid: 'SendAndReceiveMessages',
        by: 'account',
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        conditions: viaService(this, 'sqs'),
      }),
    });
    this.links = new Key(this, 'LinkKey', {
      ...shared,
      description: 'Links and codes of approval mails',
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      policy: keyPolicy(),
    });
  }

  /** Lets a function encrypt task tokens, but not read them. */
  grantSeal(...tasks: readonly TaskFunction[]): void {
    this.approvals.addToResourcePolicy(
      keyUseStatement({ ...usedBy('SealTokens', tasks), actions: ['kms:Encrypt'], conditions: WITH_REQUEST_ID }),
    );
  }

  /** Lets functions read task tokens. */
  grantOpen(...tasks: readonly TaskFunction[]): void {
    this.approvals.addToResourcePolicy(
      keyUseStatement({ ...usedBy('OpenTokens', tasks), actions: ['kms:Decrypt'], conditions: WITH_REQUEST_ID }),
    );
  }

  /** Lets functions make links and codes. */
  grantLinks(...tasks: readonly TaskFunction[]): void {
    this.links.addToResourcePolicy(keyUseStatement({ ...usedBy('MakeLinks', tasks), actions: ['kms:GenerateMac'] }));
  }
}

function usedBy(sid: string, tasks: readonly TaskFunction[]): Pick<KeyUse, 'sid' | 'by'> {
  return { sid, by: tasks.map((task) => task.roleArn) };
}
