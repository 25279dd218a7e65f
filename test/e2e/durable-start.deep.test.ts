import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ASSEMBLY_FOLDER } from '../support/assembly-folder';
import { ended, outputUntil } from '../support/children';

jest.setTimeout(120_000);

/** `npm start -- --data DIR` as a user meets it. */
describe('npm start with a data directory', () => {
  let folder: string;
  let children: ChildProcess[];
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'stepwright-start-'));
    children = [];
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (...args: string[]) => {
    const options = ['--no-demo', '--assembly', ASSEMBLY_FOLDER, '--data', path.join(folder, 'data'), ...args];
    const child = spawn(process.execPath, ['--import', 'tsx', 'local/cli/start.ts', ...options], {
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    });
    children.push(child);
    return child;
  };

  it('goes on where it was killed, on its port, and touches no stack that has not changed', async () => {
    const port = await freePort();
    const first = start('--port', String(port));
    await outputUntil(first, 'Ctrl-C stops it');
    const client = new DynamoDBClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    const TableName = TableNames.find((name) => name.includes('Stock'))!;
    await client.send(new PutItemCommand({ TableName, Item: { sku: { S: 'kept' } } }));
    const gone = new Promise((resolve) => first.once('close', resolve));
    first.kill('SIGKILL');
    await gone;

    const second = start();
    const output = await outputUntil(second, 'Ctrl-C stops it');
    expect(output).toContain(`The embedded AWS answers at http://127.0.0.1:${port}`);
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: { sku: { S: 'kept' } } }));
    expect(Item).toEqual({ sku: { S: 'kept' } });
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(TableNames);
    client.destroy();

    const { code, output: refusal } = await ended(start());
    expect(refusal).toBe(`The data directory ${path.join(folder, 'data')} is in use by process ${second.pid}.\n`);
    expect(code).toBe(1);

    const stopped = ended(second);
    second.kill('SIGINT');
    expect((await stopped).code).toBe(0);
    const other = await ended(start('--port', String(port + 1)));
    expect(other.output).toContain(`belongs to port ${port}: start it with --port ${port}, or without.`);
    expect(other.code).toBe(1);
  });
});

/** Below the ports that systems give to whoever asks for any, with room for those of the APIs. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = 31_000 + Math.floor(Math.random() * 150) * 10;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: found } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return found;
}
