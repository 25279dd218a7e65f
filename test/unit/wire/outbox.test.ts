import type { ServerResponse } from 'node:http';
import { FORGETFUL_JOURNAL } from '../../../local/kernel/journal';
import { Outbox } from '../../../local/wire/outbox';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the outbox of the port', () => {
  let log: string[];
  let warnings: string[];
  let outbox: Outbox;
  beforeEach(() => {
    log = [];
    warnings = [];
    outbox = new Outbox((line) => warnings.push(line));
  });

  /** A response that logs what is written; `refuses` makes its first head impossible, as a bad header value would. */
  const response = (name: string, state: { destroyed?: boolean; refuses?: boolean } = {}) => {
    let { refuses } = state;
    return {
      destroyed: state.destroyed ?? false,
      headersSent: false,
      req: { method: 'POST', url: `/${name}` },
      writeHead(statusCode: number, head: (string | number)[]) {
        if (refuses) {
          refuses = false;
          throw new TypeError('Invalid character in header content');
        }
        log.push(`${name} ${statusCode} ${head.join(' ')}`);
      },
      end: (body: string) => log.push(`${name} ${body}`),
    } as unknown as ServerResponse;
  };
  const answer = (body: string) => ({ statusCode: 200, headers: { 'x-of': body }, body });

  it('sends the answers of one turn together, at its end and in order', async () => {
    outbox.send(response('a'), answer('é'));
    outbox.send(response('b'), answer('two'));
    expect(log).toEqual([]);
    await turn();
    expect(log).toEqual(['a 200 content-length 2 x-of é', 'a é', 'b 200 content-length 3 x-of two', 'b two']);
  });

  it('keeps no more than 32 answers back, and none of the next turns', async () => {
    for (let i = 0; i < 33; i++) outbox.send(response(String(i)), { statusCode: 204 });
    expect(log).toHaveLength(64);
    await turn();
    expect(log).toHaveLength(66);
    outbox.send(response('next'), { statusCode: 204 });
    await turn();
    expect(log).toHaveLength(68);
  });

  it('does what was put off when all answers have left, with or without an answer', async () => {
    outbox.afterAnswers(() => log.push('first'));
    outbox.send(response('a'), answer('x'));
    outbox.afterAnswers(() => log.push('second'));
    await turn();
    expect(log.slice(1)).toEqual(['a x', 'first', 'second']);
    outbox.afterAnswers(() => log.push('alone'));
    await turn();
    expect(log.at(-1)).toBe('alone');
  });

  it('goes on after work that fails, and warns of it', async () => {
    outbox.afterAnswers(() => {
      throw new Error('a defect');
    });
    outbox.afterAnswers(() => log.push('next'));
    await turn();
    expect(log).toEqual(['next']);
    expect(warnings).toEqual([expect.stringContaining('a defect')]);
  });

  it('answers InternalFailure for what cannot be written, and warns of it', async () => {
    outbox.send(response('a', { refuses: true }), answer('x'));
    outbox.send(response('b'), answer('y'));
    await turn();
    expect(log.slice(0, 2)).toEqual(['a 500 content-length 28', 'a {"__type":"InternalFailure"}']);
    expect(log.at(-1)).toBe('b y');
    expect(warnings).toEqual([expect.stringContaining('POST /a could not be answered')]);
  });

  it('says nothing to a client that has gone away', async () => {
    outbox.send(response('a', { destroyed: true }), answer('x'));
    outbox.fail(response('b', { destroyed: true }), new Error('too late'));
    await turn();
    expect(log).toEqual([]);
    expect(warnings).toEqual([]);
  });

  describe('over a journal', () => {
    beforeEach(() => {
      const journal = { ...FORGETFUL_JOURNAL, isDurable: true, commit: () => log.push('commit') };
      outbox = new Outbox((line) => warnings.push(line), journal);
    });

    it('makes durable what the answers tell of before the first of them leaves, and what was put off after them', async () => {
      outbox.afterAnswers(() => log.push('put off'));
      outbox.send(response('a'), answer('x'));
      await turn();
      expect(log.filter((line) => !line.startsWith('a 200'))).toEqual(['commit', 'a x', 'put off']);
    });

    it('lets no answer leave before the end of the turn, however many wait', async () => {
      for (let i = 0; i < 100; i++) outbox.send(response(String(i)), { statusCode: 204 });
      expect(log).toEqual([]);
      await turn();
      expect(log[0]).toBe('commit');
      expect(log).toHaveLength(201);
    });
  });
});
