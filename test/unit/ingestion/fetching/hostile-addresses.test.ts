import { Socket } from 'node:net';
import { createFetchPage } from '../../../../lambdas/ingestion/adapters/fetching/fetch-page';
import { createFetch } from '../../../../lambdas/ingestion/domain/stages/fetch';
import { FakeObjects } from '../support/fake-stores';
import { createIngestion, inTime, StillClock } from '../support/ingestion';

/** What names resolve to here; all others do not exist. */
const NAMES: Record<string, string[]> = {
  'public.example.com': ['93.184.216.34'],
  'loopback.example.com': ['127.0.0.1'],
  'metadata.example.com': ['169.254.169.254'],
  'mixed.example.com': ['93.184.216.34', '10.0.0.7'],
  'mapped.example.com': ['::ffff:169.254.169.254'],
  'tunnel.example.com': ['2002:a9fe:a9fe::'],
  'unique.example.com': ['fd00:ec2::254'],
  'zero.example.com': ['0.0.0.0'],
};

/** Fetches with a network that notes every connection and makes none. */
function fetching() {
  const connected: string[] = [];
  const network = {
    resolve: async (host: string) => {
      const addresses = NAMES[host.replace(/\.$/, '')];
      if (!addresses) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      return addresses;
    },
    connect: ({ address }: { address: string }) => {
      connected.push(address);
      const socket = new Socket();
      setImmediate(() => socket.destroy(new Error('no connection is made')));
      return socket;
    },
  };
  // Its timeout never comes.
  const clock = Object.assign(new StillClock(), { sleep: () => new Promise<void>(() => undefined) });
  return { connected, fetchPage: createFetchPage({ network, clock }) };
}

/** Loopback, private, link-local and metadata addresses in the notations that a URL takes. */
const ADDRESSES = [
  // 127.0.0.1: decimal, octal, hexadecimal, short, mixed, wide letters, other dots, trailing dot.
  ...[
    '2130706433',
    '017700000001',
    '0x7f000001',
    '0177.0.0.1',
    '0x7f.0.0.1',
    '127.1',
    '127.0.1',
    '0x7f.1',
    '0177.0x0.1',
  ],
  ...['１２７.０.０.１', '127。0。0。1', '127．0．0．1', '127｡0｡0｡1', '127.0.0.1.', '%31%32%37.0.0.1', '127.0.0.%31'],
  // 169.254.169.254, where instances' metadata is; then that of containers, and of other clouds.
  ...['169.254.169.254', '2852039166', '0xa9fea9fe', '0xA9.0xFE.0xA9.0xFE', '0251.0376.0251.0376', '169.254.43518'],
  ...['169.254.170.2', '169.254.170.23', '100.100.100.200', '192.0.0.192', '[fd00:ec2::254]', '[fd00:ec2::23]'],
  // IPv6: loopback in long, mapped, compatible, translated and tunnelled IPv4, local ones.
  ...['[::1]', '[0000:0000:0000:0000:0000:0000:0000:0001]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]'],
  ...[
    '[0:0:0:0:0:ffff:a9fe:a9fe]',
    '[64:ff9b::a9fe:a9fe]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::]',
  ],
  ...['[fe80::1]', '[fe80::1%25eth0]', '[fc00::1]', '[ff02::1]', '[::]', '[fec0::1]', '[5f00::1]', '[100::1]'],
  // Private and other special ones.
  ...[
    '10.0.0.1',
    '0xa000001',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.168.257',
    '100.64.0.1',
    '0',
    '0.0.0.0',
  ],
  ...['198.18.0.1', '224.0.0.1', '255.255.255.255', '4294967295'],
  // Names.
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'metadata.google.internal',
    'host.docker.internal',
    'metadata',
  ],
  ...['loopback.example.com', 'metadata.example.com', 'mixed.example.com', 'mapped.example.com', 'tunnel.example.com'],
  ...['unique.example.com', 'zero.example.com', 'LOOPBACK.example.com.', 'kubernetes.default.svc', 'router.lan'],
];

describe('an address that is not of the public internet', () => {
  it.each(ADDRESSES)('is refused as %s, without a connection', async (host) => {
    for (const scheme of ['http', 'https']) {
      const { connected, fetchPage } = fetching();
      await expect(fetchPage(`${scheme}://${host}/latest/meta-data/`)).rejects.toMatchObject({
        name: 'DocumentRefused',
      });
      expect(connected).toEqual([]);
    }
  });

  it.each([
    'http://public.example.com@127.0.0.1/',
    'http://127.0.0.1@public.example.com/',
    'http://public.example.com:80@127.0.0.1/',
    'http://127.0.0.1#@public.example.com/',
    'http://127.0.0.1?@public.example.com/',
    'http:\\\\127.0.0.1\\',
    'http:127.0.0.1',
    'http:////127.0.0.1/',
    '//127.0.0.1/',
    'http://127.0\t.0.1/',
    'http://127.0.0.1\\@public.example.com/',
    'http://public.example.com:22/',
    'http://public.example.com:6379/',
    'https://public.example.com:80/',
    'file:///etc/passwd',
    'file://public.example.com/etc/passwd',
    'ftp://public.example.com/',
    'gopher://127.0.0.1:6379/_FLUSHALL',
    'dict://127.0.0.1:11211/stat',
    'ldap://127.0.0.1/',
    'jar:http://127.0.0.1!/',
    'data:text/html,words',
    'blob:http://127.0.0.1/1',
    'javascript:alert(1)',
    's3://bucket/key',
  ])('is refused however it is dressed: %s', async (address) => {
    const { connected, fetchPage } = fetching();
    await expect(fetchPage(address)).rejects.toMatchObject({ name: 'DocumentRefused' });
    expect(connected).toEqual([]);
  });

  it('is told from one that is: that one is connected to', async () => {
    const { connected, fetchPage } = fetching();
    await expect(fetchPage('http://public.example.com/')).rejects.toMatchObject({ name: 'AddressUnavailable' });
    expect(connected).toEqual(['93.184.216.34']);
  });
});

describe('a file with an address', () => {
  /** What Fetch does with a file: its refusal, or the address that it would have fetched. */
  async function outcomeOf(path: string, text: string, contentType?: string): Promise<string> {
    const objects = new FakeObjects();
    const { upload } = createIngestion();
    const source = objects.upload(`documents/acme/${path}`, text, { contentType });
    const fetchPage = (address: string) => Promise.reject(new Error(`fetched ${address}`));
    const fetch = createFetch({ sources: objects, work: objects, fetchPage });
    const job = { ...upload(path, text, { order: 1 }), source };
    const call = { isSingle: true, invocation: inTime, documentCount: 1 };
    return fetch(job, call).then(
      ({ fetched }) => `as it is: ${JSON.stringify(fetched)}`,
      (error: Error) => `${error.name}: ${error.message}`,
    );
  }

  it.each([
    ['two addresses', 'a.url', 'http://public.example.com/\nhttp://169.254.169.254/'],
    ['none', 'a.url', '# only a comment\n[InternetShortcut]\n'],
    ['more than an address can need', 'a.URL', `http://public.example.com/${'x'.repeat(1_000_000)}`],
  ])('that holds %s is refused', async (_, path, text) => {
    expect(await outcomeOf(path, text)).toMatch(/^DocumentRefused: /);
  });

  it('is one by its name or its type alone: addresses in other texts are words', async () => {
    expect(await outcomeOf('a.md', 'http://169.254.169.254/')).toMatch(/^as it is: /);
    expect(await outcomeOf('a.txt', 'URL=http://169.254.169.254/')).toMatch(/^as it is: /);
    expect(await outcomeOf('a', 'http://public.example.com/', 'text/uri-list')).toBe(
      'Error: fetched http://public.example.com/',
    );
  });
});
