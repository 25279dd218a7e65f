import { createHash } from 'node:crypto';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { WorkloadAccount } from './account';
import { received } from './orders';
import { Sabotage } from './sabotage';

const TENANT = 'acme';
const TEXT = '# Lamps\n\nA lamp costs ten euros. Whoever buys two gets a third one.\n';
const DAY_SECONDS = 86_400;

/** Nobody has decided whether an upload is traced: of those in one second X-Ray records the first. */
const NEXT_SECOND = 1;

/** Documents that become searchable, are replaced, refused, stopped, given up and deleted, one by one and in bulk. */
export async function ingestDocuments(account: WorkloadAccount): Promise<void> {
  const documents = new Documents(account);
  await replacedAndSearched(account, documents);
  await refused(account, documents);
  await Promise.all([poisoned(account), fetched(account), loaded(account, documents)]);
  await givenUp(account, documents);
  await swept(account);
  await stopped(account, documents);
}

/** A document, its successor, the same again; found, listed, deleted. */
async function replacedAndSearched(account: WorkloadAccount, documents: Documents): Promise<void> {
  await documents.ingest('one.md', TEXT);
  await documents.ingest('one.md', `${TEXT}\nA shade costs five.\n`);
  await documents.put('one.md', `${TEXT}\nA shade costs five.\n`);
  await account.http('SearchApiUrl', 'GET', `/tenants/${TENANT}/search?q=lamp`);
  await account.http('SearchApiUrl', 'GET', `/tenants/${TENANT}/documents`);
  await account.idle();
  await documents.delete('documents/acme/one.md');
  await documents.row('one.md', ({ status }) => status === 'deleted');
}

/** A document of no kind that is known, and an address that is nobody's business. */
async function refused(account: WorkloadAccount, documents: Documents): Promise<void> {
  await account.leap(NEXT_SECOND);
  await Promise.all([
    documents.ingest('program.exe', '\u0000\u0001\u0002'),
    documents.ingest('inside.url', 'http://127.0.0.1/secret'),
  ]);
}

/** A page, as if it had been fetched: the workload asks nobody outside. */
async function fetched(account: WorkloadAccount): Promise<void> {
  const key = 'work/fetched-page/fetched';
  await account.putObject(account.output('WorkBucketName'), key, '<h1>Lamps</h1><p>A lamp costs ten euros.</p>');
  const source = {
    bucket: account.output('DocumentsBucketName'),
    key: `documents/${TENANT}/page.url`,
    versionId: 'none',
  };
  const object = { object: { key }, contentType: 'text/html' };
  const sequence = `${String(account.clock.now()).padStart(13, '0')}-`;
  const job = {
    tenant: TENANT,
    path: 'page.url',
    source,
    sizeBytes: 10,
    sequence,
    contentHash: '',
    run: 'fetched-page',
  };
  const Payload = Buffer.from(JSON.stringify({ documents: [{ ...job, fetched: object }], isSingle: true }));
  for (const FunctionName of await account.functionNames('ParseDocuments')) {
    await account.call('lambda', 'Invoke', { FunctionName, Payload });
  }
}

/** A message that is no event. */
async function poisoned(account: WorkloadAccount): Promise<void> {
  await account.call('sqs', 'SendMessage', { QueueUrl: account.output('IngestQueueUrl'), MessageBody: 'no event' });
  await account.until('the message in the dead-letter queue', () =>
    received(account, account.output('IngestDeadLetterQueueUrl')),
  );
}

/** Two loads: new documents, one that is refused, one too large for a batch; then one again as it was, one replaced. */
async function loaded(account: WorkloadAccount, documents: Documents): Promise<void> {
  const first = await documents.load('load-1', [
    ['a.md', TEXT, {}],
    ['b.exe', '\u0000\u0001', {}],
    ['large.md', `${TEXT}large`, { sizeBytes: 3_000_000 }],
  ]);
  await account.end(first);
  const second = await documents.load('load-2', [
    ['a.md', TEXT, {}],
    ['c.md', `${TEXT}c`, {}],
  ]);
  await account.end(second);
  const { versionId } = await documents.ingest('named.md', TEXT);
  const source = { bucket: account.output('DocumentsBucketName'), key: `documents/${TENANT}/named.md`, versionId };
  const third = await documents.load('load-3', [
    ['a.md', `${TEXT}again`, {}],
    ['named.md', `${TEXT}named`, { source }],
  ]);
  await account.end(third);
  await documents.delete('bulk/load-3/acme/a.md');
  await documents.row('a.md', ({ status }) => status === 'deleted');
}

/** The last stage fails for good: the version is rolled back and parked; of a load it is handed over, and one is parked. */
async function givenUp(account: WorkloadAccount, documents: Documents): Promise<void> {
  const sabotage = new Sabotage(account);
  await account.leap(NEXT_SECOND);
  await sabotage.stopFunctions('ValidateDocuments');
  const load = await documents.load('load-4', [['d.md', `${TEXT}d`, {}]]);
  await documents.put('two.md', `${TEXT}two`);
  await sabotage.hasten('the end of the load', async () => (await documents.isEnded(load)) || undefined);
  await sabotage.hasten('the document that is given up', async () => {
    const rows = await documents.rows();
    return rows.find(({ path, garbage }) => path === 'two.md' && garbage?.length > 0);
  });
  const unplanned = await documents.startLoad('load-without-manifest');
  await sabotage.hasten('the end of the load', async () => (await documents.isEnded(unplanned)) || undefined);
  await sabotage.hasten('the message for a person', () => received(account, account.output('IngestReviewQueueUrl')));
  await sabotage.mend();
}

/** Executions that are stopped, a load's children with them. */
async function stopped(account: WorkloadAccount, documents: Documents): Promise<void> {
  const sabotage = new Sabotage(account);
  await sabotage.stopFunctions('FetchDocuments');
  await documents.put('three.md', `${TEXT}three`);
  const executionArn = await documents.running();
  await account.call('states', 'StopExecution', { executionArn });
  await documents.put('gone.md', `${TEXT}gone`);
  const gone = await documents.running();
  const load = await documents.load('load-5', [['gone.md', TEXT, {}]]);
  await documents.deleteVersions();
  await sabotage.mend();
  const { executionArn: broken } = await overfill(account);
  for (const arn of [gone, load, broken])
    await sabotage.hasten('its end', async () => (await documents.isEnded(arn)) || undefined);
}

/** Starts an execution whose first state would hand on more than Step Functions takes: no Catch takes that. */
export function overfill(account: WorkloadAccount): Promise<{ executionArn: string }> {
  return account.call('states', 'StartExecution', {
    stateMachineArn: account.output('IngestMachineArn'),
    input: JSON.stringify({ tooMuch: 'x'.repeat(262_144 - 32) }),
  });
}

/** Vectors that nobody will see are deleted when their time has come. */
async function swept(account: WorkloadAccount): Promise<void> {
  await account.leap(DAY_SECONDS);
  await account.idle();
  await account.leap(DAY_SECONDS);
  await account.idle();
}

/** A load's line beyond what the object says. */
type Planned = readonly [path: string, content: string, changes: object];

/** Documents of one tenant in the bucket, and what became of them. */
class Documents {
  constructor(private readonly account: WorkloadAccount) {}

  /** Puts a document, and waits until its execution has ended. */
  async ingest(path: string, content: string): Promise<{ versionId: string }> {
    const version = await this.put(path, content);
    const isIts = ({ status, visible }: any) => status === 'quarantined' || visible?.contentHash === hashOf(content);
    await this.row(path, isIts);
    return version;
  }

  put(path: string, content: string): Promise<{ versionId: string }> {
    return this.account.putObject(this.account.output('DocumentsBucketName'), `documents/${TENANT}/${path}`, content);
  }

  delete(Key: string): Promise<unknown> {
    return this.account.call('s3', 'DeleteObject', { Bucket: this.account.output('DocumentsBucketName'), Key });
  }

  /** Deletes every version of every document for good. */
  async deleteVersions(): Promise<void> {
    const Bucket = this.account.output('DocumentsBucketName');
    const { Versions } = await this.account.call('s3', 'ListObjectVersions', { Bucket });
    for (const { Key, VersionId } of Versions)
      await this.account.call('s3', 'DeleteObject', { Bucket, Key, VersionId });
  }

  /** Puts a load's objects and its manifest, and starts it; gives the execution's ARN. */
  async load(loadId: string, planned: readonly Planned[]): Promise<string> {
    const bucket = this.account.output('DocumentsBucketName');
    const lines: string[] = [];
    for (const [path, content, changes] of planned) {
      const key = `bulk/${loadId}/${TENANT}/${path}`;
      const { versionId } = await this.account.putObject(bucket, key, content);
      const facts = { sizeBytes: Buffer.byteLength(content), contentHash: hashOf(content) };
      const sequence = `${String(this.account.clock.now()).padStart(13, '0')}-`;
      lines.push(
        JSON.stringify({ tenant: TENANT, path, source: { bucket, key, versionId }, sequence, ...facts, ...changes }),
      );
    }
    const manifest = `work/loads/${loadId}/manifest.jsonl`;
    await this.account.putObject(this.account.output('WorkBucketName'), manifest, `${lines.join('\n')}\n`);
    return this.startLoad(loadId);
  }

  /** Starts a load; gives the execution's ARN. */
  async startLoad(loadId: string): Promise<string> {
    const { executionArn } = await this.account.call('states', 'StartExecution', {
      stateMachineArn: this.account.output('LoadMachineArn'),
      name: loadId,
      input: JSON.stringify({ loadId }),
    });
    return executionArn;
  }

  async isEnded(executionArn: string): Promise<boolean> {
    const { status } = await this.account.call('states', 'DescribeExecution', { executionArn });
    return status !== 'RUNNING';
  }

  /** An execution of the single machine that is under way. */
  running(): Promise<string> {
    return this.account.until('an execution under way', async () => {
      const { executions } = await this.account.call('states', 'ListExecutions', {
        stateMachineArn: this.account.output('IngestMachineArn'),
        statusFilter: 'RUNNING',
      });
      return executions[0]?.executionArn;
    });
  }

  /** All documents' rows. */
  async rows(): Promise<any[]> {
    const { Items } = await this.account.call('dynamodb', 'Scan', {
      TableName: this.account.output('DocumentsTableName'),
    });
    return Items.map((item: any) => unmarshall(item));
  }

  /** Waits until a document's row is as wanted. */
  row(wantedPath: string, isWanted: (row: any) => boolean): Promise<any> {
    return this.account.until(`the row of ${wantedPath}`, async () => {
      const rows = await this.rows();
      return rows.find((row) => row.path === wantedPath && isWanted(row));
    });
  }
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('base64url');
}
