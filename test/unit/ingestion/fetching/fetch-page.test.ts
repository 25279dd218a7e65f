import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createFetchPage } from '../../../../lambdas/ingestion/adapters/fetching/fetch-page';
import type { Destination } from '../../../../lambdas/ingestion/adapters/fetching/network';
import type { Clock } from '../../../../lambdas/shared/clock';

const PUBLIC = '93.184.216.34';
const refused = (message: RegExp) =>
  expect.objectContaining({ name: 'DocumentRefused', message: expect.stringMatching(message) });
const unavailable = expect.objectContaining({ name: 'AddressUnavailable' });

/** An internet of one server, and of names that a test gives addresses to. Whatever the address, that server answers. */
class Internet {
  readonly asked: string[] = [];
  readonly connected: Destination[] = [];
  readonly names: Record<string, () => readonly string[] | Promise<readonly string[]>> = {};
  answer: RequestListener = (_request, response) => response.end('page');
  private server!: Server;

  readonly network = {
    resolve: async (host: string) => {
      this.asked.push(host);
      const addresses = this.names[host];
      if (!addresses) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      return addresses();
    },
    connect: (destination: Destination) => {
      this.connected.push(destination);
      return connect({ host: '127.0.0.1', port: (this.server.address() as AddressInfo).port });
    },
  };

  async start(): Promise<void> {
    this.server = createServer((request, response) => this.answer(request, response));
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** Time that stands still until `pass` is called. */
class StillClock implements Clock {
  private readonly sleepers: (() => void)[] = [];
  now = () => 0;
  sleep = (_milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      this.sleepers.push(resolve);
      signal?.addEventListener('abort', () => resolve());
    });
  pass(): void {
    for (const wake of this.sleepers) wake();
  }
}

let internet: Internet;
let clock: StillClock;
beforeEach(async () => {
  internet = new Internet();
  clock = new StillClock();
  internet.names['example.com'] = () => [PUBLIC];
  await internet.start();
});
afterEach(() => internet.stop());

const fetchPage = (address: string, limits = {}) =>
  createFetchPage({ network: internet.network, clock, limits })(address);

describe('a page', () => {
  it('is fetched from the address that was looked at, with nothing of ours', async () => {
    let headers = {};
    internet.answer = (request, response) => {
      headers = request.headers;
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(`asked for ${request.url}`);
    };
    const page = await fetchPage('https://example.com/a/b?c=d#e');
    expect(page).toEqual({ bytes: Buffer.from('asked for /a/b?c=d'), contentType: 'text/html; charset=utf-8' });
    expect(internet.connected).toEqual([{ address: PUBLIC, port: 443, host: 'example.com', isTls: true }]);
    expect(headers).toEqual({
      host: 'example.com',
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'stepwright-ingestion',
      connection: expect.anything(),
    });
  });

  it.each([
    ['http://127.0.0.1/'],
    ['http://2130706433/'],
    ['http://0x7f.1/'],
    ['http://169.254.169.254/latest/meta-data/'],
    ['http://[::1]/'],
    ['http://[::ffff:10.0.0.1]/'],
    ['http://[fd00:ec2::254]/'],
  ])('rejects %s without a connection', async (address) => {
    await expect(fetchPage(address)).rejects.toEqual(refused(/public internet/));
    expect(internet.connected).toEqual([]);
  });

  it.each([
    ['a private one', ['10.0.0.1']],
    ['a public and a private one', [PUBLIC, '127.0.0.1']],
    ['one of IPv6 within which a private one lies', ['::ffff:169.254.169.254']],
    ['none', []],
  ])('rejects a name whose address is %s', async (_name, addresses) => {
    internet.names['evil.com'] = () => addresses;
    await expect(fetchPage('http://evil.com/')).rejects.toEqual(refused(/public internet/));
    expect(internet.connected).toEqual([]);
  });

  it('is not reached at another address than the first answer’s when the name answers otherwise later', async () => {
    const answers = [[PUBLIC], ['127.0.0.1']];
    internet.names['rebind.com'] = () => answers.shift()!;
    await fetchPage('http://rebind.com/');
    expect(internet.asked).toEqual(['rebind.com']);
    expect(internet.connected.map(({ address }) => address)).toEqual([PUBLIC]);
  });
});

describe('a redirect', () => {
  const redirectTo = (location: string, status = 302) => {
    internet.answer = (request, response) => {
      if (request.url !== '/start') return void response.end('end');
      response.writeHead(status, { location });
      response.end();
    };
  };

  it.each([301, 302, 303, 307, 308])('of status %i is followed', async (status) => {
    internet.names['other.com'] = () => ['8.8.8.8'];
    redirectTo('//other.com/end', status);
    expect((await fetchPage('http://example.com/start')).bytes.toString()).toBe('end');
    expect(internet.connected.map(({ address }) => address)).toEqual([PUBLIC, '8.8.8.8']);
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data/', /public internet/],
    ['http://2852039166/', /public internet/],
    ['http://[::1]/', /public internet/],
    ['http://inner.com/', /public internet/],
    ['http://localhost/', /public internet/],
    ['http://example.com:6379/', /ports/],
    ['file:///etc/passwd', /http and https/],
    ['http://a:b@example.com/', /password/],
  ])('to %s is rejected', async (location, message) => {
    internet.names['inner.com'] = () => ['192.168.0.10'];
    redirectTo(location);
    await expect(fetchPage('http://example.com/start')).rejects.toEqual(refused(message));
    expect(internet.connected).toHaveLength(1);
  });

  it('from https to http is rejected', async () => {
    redirectTo('http://example.com/end');
    await expect(fetchPage('https://example.com/start')).rejects.toEqual(refused(/https to http/));
  });

  it('to the same name is looked up and checked again', async () => {
    const answers = [[PUBLIC], ['127.0.0.1']];
    internet.names['rebind.com'] = () => answers.shift()!;
    redirectTo('/end');
    await expect(fetchPage('http://rebind.com/start')).rejects.toEqual(refused(/public internet/));
    expect(internet.connected).toHaveLength(1);
  });

  it('without end is rejected', async () => {
    internet.answer = (_request, response) => {
      response.writeHead(302, { location: '/start' });
      response.end();
    };
    await expect(fetchPage('http://example.com/start')).rejects.toEqual(refused(/redirects more than 5/));
    expect(internet.connected).toHaveLength(6);
  });
});

describe('limits', () => {
  it('reject a page whose header says that it is too large', async () => {
    internet.answer = (_request, response) => response.end('x'.repeat(1_001));
    await expect(fetchPage('http://example.com/', { bytes: 1_000 })).rejects.toEqual(refused(/more than 1000/));
  });

  it('reject a page that goes on without saying how long', async () => {
    internet.answer = (_request, response) => {
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(1_000), () => more());
      };
      more();
    };
    await expect(fetchPage('http://example.com/', { bytes: 50_000 })).rejects.toEqual(refused(/more than 50000/));
  });

  it('reject a page that never ends in its time, one that never begins, and a name that is never found', async () => {
    internet.answer = (_request, response) => {
      response.write('begun');
      setImmediate(() => clock.pass());
    };
    await expect(fetchPage('http://example.com/')).rejects.toEqual(refused(/too long/));
    internet.answer = () => clock.pass();
    await expect(fetchPage('http://example.com/')).rejects.toEqual(refused(/too long/));
    internet.names['slow.com'] = () => {
      setImmediate(() => clock.pass());
      return new Promise<never>(() => {});
    };
    await expect(fetchPage('http://slow.com/')).rejects.toEqual(refused(/too long/));
  });

  it('reject a compressed answer', async () => {
    internet.answer = (_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end('x');
    };
    await expect(fetchPage('http://example.com/')).rejects.toEqual(refused(/compressed/));
  });
});

describe('a failure', () => {
  it.each([400, 401, 403, 404, 410])('of status %i is the document’s', async (status) => {
    internet.answer = (_request, response) => response.writeHead(status).end();
    await expect(fetchPage('http://example.com/')).rejects.toEqual(refused(new RegExp(String(status))));
  });

  it.each([408, 429, 500, 503])('of status %i may pass', async (status) => {
    internet.answer = (_request, response) => response.writeHead(status).end();
    await expect(fetchPage('http://example.com/')).rejects.toEqual(unavailable);
  });

  it('of the connection or the resolver may pass; a name that does not exist does not', async () => {
    internet.answer = (request) => request.socket.destroy();
    await expect(fetchPage('http://example.com/')).rejects.toEqual(unavailable);
    internet.names['busy.com'] = () => Promise.reject(Object.assign(new Error('later'), { code: 'EAI_AGAIN' }));
    await expect(fetchPage('http://busy.com/')).rejects.toEqual(unavailable);
    await expect(fetchPage('http://nowhere.com/')).rejects.toEqual(refused(/does not exist/));
  });
});
