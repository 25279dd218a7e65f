import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clientEnvironment } from '../../../local/cli/client-environment';
import { ApprovalStacks } from '../../support/approvals/approval-stacks';

/** The commands as an operator types them: processes of their own that know an endpoint and an outputs file. */
describe('npm run approvals and npm run audit', () => {
  let stacks: ApprovalStacks;
  const folder = mkdtempSync(path.join(tmpdir(), 'stepwright-approvals-'));
  const outputsFile = path.join(folder, 'outputs.json');

  beforeAll(async () => {
    stacks = await ApprovalStacks.start();
    writeFileSync(outputsFile, JSON.stringify({ approvals: stacks.outputs }));
  });
  afterAll(async () => {
    await stacks.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function run(script: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
    const { url, region } = stacks.embedded;
    const child = spawn(process.execPath, ['--import', 'tsx', `bin/commands/${script}.ts`, ...args], {
      env: { ...clientEnvironment(url, region), NODE_NO_WARNINGS: '1' },
    });
    return new Promise((resolve) => {
      let output = '';
      child.stdout.on('data', (chunk) => (output += chunk));
      child.stderr.on('data', (chunk) => (output += chunk));
      child.once('close', (code) => resolve({ code, output }));
    });
  }
  const approvals = (...args: string[]) => run('approvals', ...args, '--outputs', outputsFile);
  const audit = (...args: string[]) => run('audit', ...args, '--outputs', outputsFile);

  it('list, show, remind, reassign and revoke a request, each act in the audit trail', async () => {
    const { requestId, executionArn } = await stacks.invite({ title: 'Buy a ladder' });
    const listed = await approvals('list');
    expect(listed.output).toContain(`${requestId}  pending  Buy a ladder`);
    const [seat] = JSON.parse((await approvals('show', requestId, '--json')).output).seats;
    expect((await approvals('remind', requestId)).code).toBe(0);
    await stacks.invitation(requestId, seat.holders[0], 'reminder');
    const reassigned = await approvals('reassign', requestId, '--from', seat.holders[0], '--to', 'zoe@example.com');
    expect(reassigned.output).toContain('zoe@example.com');
    await stacks.invitation(requestId, 'zoe@example.com', 'delegated');
    expect((await approvals('revoke', requestId, '--reason', 'bought elsewhere')).output).toContain('status: revoked');
    await stacks.ended(executionArn);
    const acts = await stacks.acts(requestId);
    for (const act of ['Reminded', 'Reassigned', 'Decided']) {
      expect(acts).toContainEqual(expect.objectContaining({ act, actor: expect.stringContaining('arn:aws:iam::') }));
    }
    const late = await approvals('revoke', requestId);
    expect(late.output).toContain('answered 409');
    expect(late.code).toBe(1);
  });

  it.each([
    [['show', 'nonsense'], 'answered 404: There is no such request'],
    [['list', '--status', 'lost'], 'Allowed choices are pending, approved'],
    [['reassign', 'x', '--from', 'a@example.com'], "required option '--to <address>' not specified"],
  ])('say what is wrong with %j', async (args, message) => {
    const { code, output } = await approvals(...args);
    expect(output).toContain(message);
    expect(code).not.toBe(0);
  });

  it('find the trail whole, export it, and name the first row that somebody changed', async () => {
    const { requestId } = await stacks.invite();
    await stacks.settled(requestId);
    expect((await audit('verify')).output).toMatch(/^The audit trail is whole: \d+ rows in \d+ chains\.\n$/);
    const file = path.join(folder, 'audit.jsonl');
    expect((await audit('export', '--to', file)).code).toBe(0);
    const rows = readFileSync(file, 'utf8').trim().split('\n');
    expect(rows.map((row) => JSON.parse(row).requestId)).toContain(requestId);
    expect((await run('audit', 'verify', '--file', file)).code).toBe(0);

    await stacks.call('dynamodb', 'UpdateItem', {
      TableName: stacks.outputs.ApprovalAuditTableName,
      Key: { requestId: { S: requestId }, seq: { N: '1' } },
      UpdateExpression: 'SET actor = :other',
      ExpressionAttributeValues: { ':other': { S: 'somebody else' } },
    });
    const broken = await audit('verify');
    expect(broken.output).toContain(`request ${requestId}: row 1 was changed`);
    expect(broken.code).toBe(1);

    await stacks.call('dynamodb', 'DeleteItem', {
      TableName: stacks.outputs.ApprovalAuditTableName,
      Key: { requestId: { S: requestId }, seq: { N: '1' } },
    });
    expect((await audit('verify')).output).toContain(`request ${requestId}: row 1 is missing`);
  });
});
