import { requestIdOf } from '../../../lambdas/approvals/domain/request-id';
import { ApprovalStacks, type Invitation, invitationIn } from '../../support/approvals/approval-stacks';
import { RawClient } from '../../support/approvals/raw-request';
import { operatorRole } from './operator-role';
import { type Canaries, executionPlaces, findingsIn, observedPlaces, queuePlaces, tablePlace } from './what-leaks';

const PERSONAL: Canaries = {
  "requester's name": 'Canary Requester-Nqx',
  "requester's address": 'requester-nqx@canary.example',
  "approver's address": 'approver-nqx@canary.example',
  "contact's address": 'contact-nqx@canary.example',
  "colleague's address": 'colleague-nqx@canary.example',
  'bounced address': 'bounce+nqx@simulator.amazonses.com',
  title: 'Canary-Title-Nqx',
  description: 'Canary-Description-Nqx',
  'value of the payload': 'Canary-Payload-Nqx',
  "approver's reason": 'Canary-Reason-Nqx',
  "requester's reason": 'Canary-Withdrawal-Nqx',
};
const PLANTED_TOKEN = 'Canary-Task-Token-Nqx';
const of = (what: string) => PERSONAL[what]!;

describe('canaries in every case of an approval', () => {
  let stacks: ApprovalStacks;
  let client: RawClient;
  const secrets: Record<string, string> = { 'planted task token': PLANTED_TOKEN };
  const headers: string[] = [];
  beforeAll(async () => {
    stacks = await ApprovalStacks.start();
    client = new RawClient(stacks.outputs.ApprovalsApiUrl!);
    await driveAll();
    await learnSecrets();
  });
  afterAll(async () => {
    client.close();
    await stacks.stop();
  });

  it('were planted: all cases ended, and the mails hold them', async () => {
    const mails = JSON.stringify(await stacks.mails());
    expect(Object.entries(PERSONAL).filter(([, canary]) => !mails.includes(canary))).toEqual([]);
    expect(Object.keys(secrets).filter((name) => name.startsWith('task token'))).toHaveLength(2);
    expect(Object.keys(secrets).filter((name) => name.startsWith('link'))).not.toHaveLength(0);
  });

  it('stand in no log, metric, alarm, schedule, description or warning', async () => {
    const places = await observedPlaces(stacks);
    expect(places.filter(({ name }) => name.includes('AccessLog'))[0]?.text).toContain('GET /a/{link}');
    expect(places.filter(({ name, text }) => name.includes('CarryOut') && text.includes('requestId'))).toHaveLength(1);
    expect(findingsIn(places, { ...PERSONAL, ...secrets })).toEqual([]);
  });

  it('stand in no header of an answer, nor do secrets in a mail beside the link and the code', async () => {
    expect(findingsIn([{ name: 'headers', text: headers.join('\n') }], { ...PERSONAL, ...secrets })).toEqual([]);
    const tokens = Object.fromEntries(Object.entries(secrets).filter(([name]) => name.includes('task token')));
    expect(findingsIn([{ name: 'mails', text: JSON.stringify(await stacks.mails()) }], tokens)).toEqual([]);
  });

  it('stand in no queue but the dead letters of the approvals, which are encrypted', async () => {
    const { ApprovalsQueueUrl, ApprovalsDeadLetterQueueUrl } = stacks.outputs;
    const places = await queuePlaces(stacks, [ApprovalsDeadLetterQueueUrl!, ApprovalsQueueUrl]);
    expect(places.length).toBeGreaterThan(8);
    expect(findingsIn(places, { ...PERSONAL, ...secrets })).toEqual([]);
    const { Attributes } = await stacks.call('sqs', 'GetQueueAttributes', {
      QueueUrl: ApprovalsDeadLetterQueueUrl,
      AttributeNames: ['KmsMasterKeyId'],
    });
    expect(Attributes.KmsMasterKeyId).toContain(':key/');
  });

  it('stand in the tables as they may: no token, link or code anywhere, and in the audit addresses and reasons alone', async () => {
    const { ApprovalsTableName, ApprovalAuditTableName, ExpensesTableName } = stacks.outputs;
    const places = await Promise.all(
      [ApprovalsTableName, ApprovalAuditTableName, ExpensesTableName].map((name) => tablePlace(stacks, name!)),
    );
    expect(findingsIn(places, secrets)).toEqual([]);
    const inAudit = findingsIn([{ ...places[1]!, name: 'audit' }], PERSONAL);
    expect(inAudit.filter((finding) => !finding.endsWith(' address'))).toEqual(["audit: approver's reason"]);
    expect(inAudit).toContain("audit: approver's address");
    const inExpenses = findingsIn([{ ...places[2]!, name: 'expenses' }], PERSONAL);
    expect(inExpenses).toEqual(['expenses: value of the payload']);
  });

  it('are out of reach of an operator who reads executions and logs', async () => {
    const operator = await operatorRole(stacks, 'operator');
    const places = (await executionPlaces(stacks, operator)).filter(({ name }) => !name.includes('asker-'));
    const asking = places.filter(({ name }) => name.includes(':execution:') && name.includes('expense'));
    expect(asking).toHaveLength(3);
    for (const { text } of asking) expect(text.match(/KmsAccessDeniedException/g)).toHaveLength(2);
    expect(findingsIn(places, { ...PERSONAL, ...secrets })).toEqual([]);
  });

  /** Approved, rejected, handed on and withdrawn, bounced and complained of, and refused: each to its end. */
  async function driveAll(): Promise<void> {
    const approved = await expense('approved');
    await look(approved.linkId);
    await look(`${approved.linkId.slice(0, -1)}~`);
    await stacks.post(approved.linkId, { act: 'decide', decision: 'approve', payloadHash: 'x', code: '000000' });
    expect((await stacks.decide(approved, 'approve', { reason: of("approver's reason") })).status).toBe(200);
    const rejected = await expense('rejected');
    expect((await stacks.decide(rejected, 'reject', { reason: of("approver's reason") })).status).toBe(200);
    for (const { executionArn } of [approved, rejected]) await stacks.ended(executionArn);
    await expenseRefused();

    const handedOn = await planted('handed-on', { approvers: [of("approver's address")] });
    const link = await stacks.invitation(handedOn, of("approver's address"));
    await look(link.linkId);
    const colleague = of("colleague's address");
    expect((await stacks.post(link.linkId, { act: 'delegate', to: colleague, code: link.code })).status).toBe(200);
    await stacks.invitation(handedOn, colleague);
    const own = await stacks.invitation(handedOn, of("requester's address"));
    const revoked = await stacks.post(own.linkId, { act: 'revoke', code: own.code, reason: of("requester's reason") });
    expect(revoked.status).toBe(200);
    await stacks.settled(handedOn);

    const bounced = await planted('bounced', {
      approvers: [of('bounced address')],
      escalation: { afterSeconds: 3_600, to: [of("contact's address")] },
    });
    await stacks.invitation(bounced, of("contact's address"));

    await planted('invalid', { approvers: [of("approver's address")], expiresInSeconds: 1 });
    const parked = async () => {
      const { Attributes } = await stacks.call('sqs', 'GetQueueAttributes', {
        QueueUrl: stacks.outputs.ApprovalsDeadLetterQueueUrl,
        AttributeNames: ['ApproximateNumberOfMessages'],
      });
      return Attributes.ApproximateNumberOfMessages === '2' ? true : undefined;
    };
    await stacks.until('two parked asks', parked);
  }

  const requester = { name: of("requester's name"), email: of("requester's address") };

  /** An expense of the product's own machine, whose history is encrypted, as far as the mail that asks. */
  async function expense(expenseId: string): Promise<Invitation & { executionArn: string }> {
    const executionArn = await startExpense(expenseId, { requester });
    const mail = await stacks.until(`mail about ${expenseId}`, async () =>
      (await stacks.mails()).find(({ tags, text }) => tags.kind === 'ask' && text.includes(expenseId)),
    );
    return { executionArn, ...invitationIn(mail.text)! };
  }

  /** An expense of somebody who is no address: the ask is invalid. */
  async function expenseRefused(): Promise<void> {
    const executionArn = await startExpense('refused', { requester: { ...requester, email: 'no address' } });
    expect((await stacks.ended(executionArn)).status).toBe('FAILED');
  }

  async function startExpense(expenseId: string, more: object): Promise<string> {
    const input = { expenseId, amountCents: 12_345, currency: 'EUR', purpose: of('value of the payload'), ...more };
    const { executionArn } = await stacks.call('states', 'StartExecution', {
      stateMachineArn: stacks.outputs.ExpenseMachineArn,
      name: expenseId,
      input: JSON.stringify(input),
    });
    return executionArn;
  }

  /** An ask as a message of its own, with a task token that no machine has made. */
  async function planted(requestKey: string, changes: object): Promise<string> {
    const ask = {
      ...{ kind: 'ask', version: 1, requestKey, attempt: 0, taskToken: PLANTED_TOKEN },
      ...{ title: of('title'), description: of('description'), requester },
      ...{ payload: { value: of('value of the payload') }, askedAt: new Date(stacks.clock.now()).toISOString() },
      ...{ expiresInSeconds: 86_400, ...changes },
    };
    const QueueUrl = stacks.outputs.ApprovalsQueueUrl;
    await stacks.call('sqs', 'SendMessage', { QueueUrl, MessageBody: JSON.stringify(ask) });
    return requestIdOf(requestKey);
  }

  /** Opens a page and keeps the headers of the answer. */
  async function look(linkId: string): Promise<void> {
    const answer = await client.send(`/a/${linkId}`);
    headers.push(JSON.stringify(answer.headers));
  }

  /** Links and codes from the mails; task tokens from the histories, which the administrator may read in this stage. */
  async function learnSecrets(): Promise<void> {
    for (const { id, text } of await stacks.mails()) {
      const found = invitationIn(text);
      if (!found) continue;
      secrets[`link of ${id}`] = found.linkId;
      secrets[`code of ${id}`] = found.code;
    }
    for (const name of ['approved', 'rejected']) {
      const executionArn = `${stacks.outputs.ExpenseMachineArn!.replace(':stateMachine:', ':execution:')}:${name}`;
      const history = JSON.stringify(await stacks.call('states', 'GetExecutionHistory', { executionArn }));
      const token = /taskToken[\\"':\s]+([\w+/=.-]{20,})/.exec(history)?.[1];
      if (token) secrets[`task token of ${name}`] = token;
    }
  }
});
