import { production } from '../../../lib/stages/production';
import type { Caller } from '../../../local/wire/caller';
import { ApprovalStacks } from '../../support/approvals/approval-stacks';
import { changedAssembly } from '../../support/changed-assembly';
import { stageTemplates } from '../../template/stage-templates';
import { stripeSecretArn } from '../../template/stripe-secret';
import { resources } from '../../template/synthesized';
import { operatorRole } from './operator-role';

const KEY_READERS = 'ReadHistories';

/** The statement about who may read histories, of each key that has one. */
function readersIn(template: any): any[] {
  return Object.values<any>(template.Resources)
    .filter(({ Type }) => Type === 'AWS::KMS::Key')
    .flatMap(({ Properties }) => Properties.KeyPolicy.Statement)
    .filter(({ Sid }) => Sid === KEY_READERS);
}

/** Who may read histories in production, as it is synthesized. */
function productionReaders(): any {
  const keys = resources(stageTemplates(production(stripeSecretArn)).orders, 'AWS::KMS::Key');
  return readersIn({ Resources: Object.fromEntries(keys) })[0];
}

describe('the history of a machine that asks', () => {
  let stacks: ApprovalStacks;
  afterEach(() => stacks.stop());

  /** Starts an expense that waits for its approver. */
  async function waitingExpense(): Promise<string> {
    const requester = { name: 'Ann', email: 'ann@example.com' };
    const { executionArn } = await stacks.call('states', 'StartExecution', {
      stateMachineArn: stacks.outputs.ExpenseMachineArn,
      input: JSON.stringify({ expenseId: 'e', amountCents: 1, currency: 'EUR', purpose: 'p', requester }),
    });
    await stacks.until('mail', async () => (await stacks.mails())[0]);
    return executionArn;
  }
  const history = (caller: Caller, executionArn: string) =>
    stacks.embedded.gateway.call(caller, 'states', 'GetExecutionHistory', { executionArn });

  it('is refused to an operator without kms:Decrypt, and given to one with it where the stage says `account`', async () => {
    stacks = await ApprovalStacks.start();
    const executionArn = await waitingExpense();
    const operator = await operatorRole(stacks, 'operator');
    await expect(history(operator, executionArn)).rejects.toMatchObject({ code: 'KmsAccessDeniedException' });
    const reader = await operatorRole(stacks, 'reader', 'kms:Decrypt');
    await expect(history(reader, executionArn)).resolves.toMatchObject({ events: expect.any(Array) });
  });

  it('is refused under the key policy of production, whatever IAM allows', async () => {
    const readers = productionReaders();
    expect(JSON.stringify(readers)).toContain('cdk-*-cfn-exec-role-*');
    stacks = await ApprovalStacks.start(
      changedAssembly('approvals', (template) => {
        for (const statement of readersIn(template)) Object.assign(statement, readers);
      }),
    );
    const executionArn = await waitingExpense();
    const everything = await operatorRole(stacks, 'everything', 'kms:*', 'iam:*', 'sqs:*', 'dynamodb:*');
    await expect(history(everything, executionArn)).rejects.toMatchObject({ code: 'KmsAccessDeniedException' });
    const described = stacks.embedded.gateway.call(everything, 'states', 'DescribeExecution', { executionArn });
    await expect(described).rejects.toMatchObject({ code: 'KmsAccessDeniedException' });

    const { requestId } = (await stacks.mails())[0]!.tags;
    const { token } = await stacks.request(requestId);
    const opened = stacks.embedded.gateway.call(everything, 'kms', 'Decrypt', {
      CiphertextBlob: token.ciphertext,
      EncryptionContext: { requestId },
    });
    await expect(opened).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });
});
