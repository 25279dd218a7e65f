/**
 * Ingestion for several tenants over stores in memory, with everything that outsiders can do to it: objects under any key,
 * events, manifests and messages that lie, searches by any path. Owns what each tenant may be shown: `own`, kept apart from the
 * code under test by looking at keys alone.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { createSearchApi } from '../../../../lambdas/ingestion/adapters/search-api';
import type { IngestInput } from '../../../../lambdas/ingestion/domain/ingest-starter';
import { jsonLine } from '../../../../lambdas/ingestion/domain/json-lines';
import { createPlanLoad } from '../../../../lambdas/ingestion/domain/plan-load';
import { createStartIngestion } from '../../../../lambdas/ingestion/domain/start-ingestion';
import { createIngestion, inTime, StillClock, silent } from './ingestion';

/** The tenants that search. */
export const TENANTS = ['acme', 'acme-2', 'b'] as const;

/** Segments of keys where a tenant's name is looked for: names, and what looks like them. `\u0430` is a Cyrillic a. */
const SEGMENTS = [
  ...TENANTS,
  ...['', '.', '..', 'ACME', ' acme', 'acme ', '\u0430cme', 'acme%2fb', '%61cme', 'acme\u200b', '-acme', 'b\u0000'],
];

const PATHS = [
  ...['a.md', 'x#y', '%2e%2e%2fb%2fa.md', '..%2fb/a.md', '../b/a.md', '../../documents/b/a.md', '/a.md', 'b/a.md'],
  ...[
    'acme/a.md',
    '-2/a.md',
    'a.md\nb/a.md',
    'é.md',
    'e\u0301.md',
    '\u0430.md',
    './a.md',
    '//b/a.md',
    '{"tenant":"b"}',
    '',
  ],
];

const WORDS = ['apple', 'berry', '# acme\nb › acme', '{"tenant":"b"}'];
const CONTENT_TYPES = ['text/plain', 'application/json; tenant=b', undefined];

const segment = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...TENANTS) }, fc.constantFrom(...SEGMENTS));
const path = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PATHS) },
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const document = { segment, path, word: fc.constantFrom(...WORDS), contentType: fc.constantFrom(...CONTENT_TYPES) };

/** Something that somebody does. */
export const act = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('put' as const), ...document }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), ...document }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('rename' as const), ...document, toSegment: segment, to: path }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('load' as const), ...document }) },
  // A line of a manifest, or a message, that gives an object to another tenant or path than its key's.
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('forge' as const), ...document, toSegment: segment, to: path }),
  },
);
export type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** A world with nothing in it. */
export function tenantWorld() {
  const clock = new StillClock(Date.UTC(2026, 0, 1));
  const ingestion = createIngestion(clock);
  const { objects } = ingestion;
  /** What is visible, by `<tenant>\n<path>`: the version that was uploaded last, and its text. */
  const own = new Map<string, { versionId: string; text: string }>();
  const started: IngestInput[] = [];
  const rejected: string[] = [];
  const queue = { send: async (body: string) => void (await start({ messageId: 'm', body })) };
  const start = createStartIngestion({
    ...ingestion.props,
    documentsBucket: 'documents',
    sources: objects,
    starter: {
      async start(input) {
        started.push(input);
        return 'started';
      },
    },
    deadLetters: { send: async (body) => void rejected.push(body) },
  });
  const plan = createPlanLoad({ ...ingestion.props, documentsBucket: 'documents', mostDocuments: 10_000, queue });
  const api = createSearchApi(ingestion.search, silent);
  let acts = 0;

  const event = (type: string, key: string, versionId: string) => ({
    id: `e${acts}`,
    source: 'aws.s3',
    'detail-type': type,
    time: new Date(clock.now()).toISOString(),
    detail: {
      bucket: { name: 'documents' },
      object: { key, 'version-id': versionId, sequencer: clock.now().toString(16) },
      'deletion-type': 'Delete Marker Created',
    },
  });
  const send = (body: object) => start({ messageId: 'm', body: JSON.stringify(body) });
  const runStarted = async () => {
    for (const input of started.splice(0)) await ingestion.run({ documents: [input], isSingle: true });
  };

  async function put({ segment, path, word, contentType }: Omit<Act, 'kind'>): Promise<void> {
    const key = `documents/${segment}/${path}`;
    // Of two tenants with the same words, each has its own version: results are told apart by it.
    const { versionId } = objects.upload(key, word, { contentType, modifiedAt: clock.now() });
    await send(event('Object Created', key, versionId));
    await runStarted();
    const owner = ownerOf(key, 'documents/');
    if (owner === undefined) return;
    // Content that is visible already stays that of the earlier object.
    if (own.get(owner)?.text !== word) own.set(owner, { versionId, text: word });
  }

  async function remove({ segment, path }: Pick<Act, 'segment' | 'path'>): Promise<void> {
    const key = `documents/${segment}/${path}`;
    objects.current.delete(key);
    await send(event('Object Deleted', key, 'marker'));
    const owner = ownerOf(key, 'documents/');
    if (owner !== undefined) own.delete(owner);
  }

  /** A bulk load of one document, whose manifest says that it is `told`. */
  async function load(
    { segment, path, word, contentType }: Omit<Act, 'kind'>,
    told: { tenant: string; path: string },
  ): Promise<void> {
    const loadId = `load${acts}`;
    const key = `bulk/${loadId}/${segment}/${path}`;
    const source = objects.upload(key, word, { contentType, modifiedAt: clock.now() });
    const line = {
      ...told,
      source,
      sizeBytes: Buffer.byteLength(word),
      contentHash: createHash('sha256').update(word).digest('base64url'),
      sequence: `${clock.now()}-`,
    };
    await objects.put(`work/loads/${loadId}/manifest.jsonl`, jsonLine(line));
    const { key: list } = await plan({ loadId });
    const documents = objects.work.get(list)!.toString().split('\n').filter(Boolean);
    if (documents.length > 0) await ingestion.run({ documents: documents.map((job) => JSON.parse(job)) });
    // The same lie, told to the queue.
    const isHonest = told.tenant === segment && told.path === path;
    if (!isHonest) {
      await send({ id: loadId, source: 'stepwright.ingestion', 'detail-type': 'Document Handed Over', detail: line });
      await runStarted();
    }
    const owner = ownerOf(key, `bulk/${loadId}/`);
    if (isHonest && owner !== undefined && own.get(owner)?.text !== word) {
      own.set(owner, { versionId: source.versionId, text: word });
    }
  }

  return {
    ingestion,
    own,
    rejected,
    send,

    /** Does one thing, to its end. */
    async do(what: Act): Promise<void> {
      acts += 1;
      clock.time += 2_000;
      if (what.kind === 'put') await put(what);
      else if (what.kind === 'delete') await remove(what);
      else if (what.kind === 'load') await load(what, { tenant: what.segment, path: what.path });
      else if (what.kind === 'forge') await load(what, { tenant: what.toSegment, path: what.to });
      else {
        await put({ ...what, segment: what.toSegment, path: what.to });
        clock.time += 2_000;
        await remove(what);
      }
    },

    /** What the API answers to a tenant: the version of each passage by path. Undefined when it answers no results. */
    async search(tenant: string, q: string, path?: string): Promise<Record<string, string> | undefined> {
      const answer = await api(
        {
          headers: {},
          rawPath: '/',
          pathParameters: { tenant },
          queryStringParameters: { q, k: '25', ...(path !== undefined && { path }) },
          requestContext: { requestId: 'r', authorizer: { jwt: { claims: { tenant } } } },
          isBase64Encoded: false,
        } as never,
        { awsRequestId: 'r', ...inTime } as never,
      );
      if (answer.statusCode !== 200) return undefined;
      const { results } = JSON.parse(answer.body!);
      return Object.fromEntries(results.map((result: any) => [result.path, result.versionId]));
    },

    /** What a tenant may be shown. */
    ownedBy(tenant: string): Record<string, string> {
      const mine = [...own].filter(([owner]) => owner.startsWith(`${tenant}\n`));
      return Object.fromEntries(mine.map(([owner, { versionId }]) => [owner.slice(tenant.length + 1), versionId]));
    },
  };
}

/** Whose document an object is, by its key alone; undefined when it is nobody's. */
function ownerOf(key: string, prefix: string): string | undefined {
  const [tenant = '', ...rest] = key.slice(prefix.length).split('/');
  const path = rest.join('/');
  const isTenant =
    tenant.length <= 63 &&
    [...tenant].every(
      (letter, at) => 'abcdefghijklmnopqrstuvwxyz0123456789'.includes(letter) || (letter === '-' && at > 0),
    );
  return tenant !== '' && isTenant && path !== '' ? `${tenant}\n${path}` : undefined;
}
