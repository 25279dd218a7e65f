import { documentKeyOf } from '../../../bin/commands/ingest/ingestion-stack';
import { OpsStacks } from '../../support/ops-stacks';
import { plantOrder } from '../../support/planted-orders';

let stacks: OpsStacks;

beforeAll(async () => {
  stacks = await OpsStacks.start();
  await stacks.stock('lamp', 100);
  await stacks.stock('lathe', 100, 200_000);
}, 240_000);
afterAll(() => stacks?.stop());

describe('npm run ops -- stuck', () => {
  it('finds nothing where nothing stands still', async () => {
    await stacks.place('fine-1', 'lamp');
    await stacks.awaitOrder('fine-1', 'OrderConfirmed');
    const { code, output } = await stacks.ops('stuck', 'list', '--before', '0m');
    expect({ code, output }).toEqual({ code: 0, output: 'Nothing stands still.\n' });
  });

  it('finds orders, approvals and documents that stand still, says what it would do, and does it', async () => {
    await plantOrder(stacks, 'never-begun', 'OrderAccepted');
    await plantOrder(stacks, 'died', 'OrderReserved');
    await stacks.place('asked', 'lathe');
    const asked = `${stacks.orders.OrdersMachineArn!.replace(':stateMachine:', ':execution:')}:asked`;
    const pending = async () => {
      const { output } = await stacks.stacks.run('approvals', ['list', '--json']);
      return output
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    };
    await stacks.until('somebody is asked', async () => (await pending()).length === 1);
    const [{ requestId }] = await pending();
    await stacks.call('states', 'StopExecution', { executionArn: asked });
    await stacks.awaitOrder('asked', 'OrderCompensated');
    stacks.stacks.write('page.md', '# Page\n\nA page of the handbook.');
    await stacks.stacks.ingest('page.md', '--tenant', 'acme');
    const documentKey = { S: documentKeyOf('acme', 'page.md') };
    await stacks.call('dynamodb', 'UpdateItem', {
      TableName: stacks.stacks.outputs.DocumentsTableName,
      Key: { documentKey },
      UpdateExpression: 'SET pending = :p',
      ExpressionAttributeValues: {
        ':p': { L: [{ M: { versionKey: { S: 'gone' }, chunkCount: { N: '1' }, since: { N: '1767225600000' } } }] },
      },
    });

    const expected = [
      ['order', 'died', 'starts the undo died.undo-by-hand-1'],
      ['order', 'never-begun', 'puts OrderPlaced on the bus again'],
      ['approval', requestId, 'revokes the request, and tells those who were asked'],
      ['document', 'acme/page.md', 'copies the object onto itself: a new version is a new run'],
    ].sort();
    const told = (found: any[]) => found.map(({ kind, id, remedy }) => [kind, id, remedy]).sort();
    const listed = await stacks.opsJson('stuck', 'list');
    expect(told(listed)).toEqual(expected);
    expect(told(await stacks.opsJson('stuck', 'fix'))).toEqual(expected);
    expect((await stacks.acts(stacks.orders)).filter(({ act }) => act === 'fix')).toEqual([]);

    const fixed = await stacks.opsJson('stuck', 'fix', '--yes');
    expect(fixed.map(({ outcome }) => outcome)).toEqual(['fixed', 'fixed', 'fixed', 'fixed']);
    await stacks.awaitOrder('never-begun', 'OrderConfirmed');
    await stacks.awaitOrder('died', 'OrderCompensated');
    expect(await pending()).toEqual([]);
    expect(await stacks.acts(stacks.approvals)).toContainEqual(
      expect.objectContaining({
        act: 'fix',
        kind: 'approval',
        id: requestId,
        who: expect.stringContaining('arn:aws:'),
      }),
    );
  });
});
