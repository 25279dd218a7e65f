import { EventEmitter } from 'node:events';
import type { Server } from 'node:net';
import { AcceptFirst } from '../../../local/wire/accept-first';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('requests beside new connections', () => {
  const done: string[] = [];
  const server = new EventEmitter();
  const requests = new AcceptFirst(server as Server);
  const request = (name: string) => requests.run(() => done.push(name));
  const connection = () => server.emit('connection', {});
  beforeEach(() => done.splice(0));

  it('are worked on at once while nobody connects', () => {
    request('a');
    expect(done).toEqual(['a']);
  });

  it('wait while each turn brings a connection, and keep their order', async () => {
    for (let i = 0; i < 5; i++) {
      connection();
      request(String(i));
      await turn();
      expect(done).toEqual([]);
    }
    await turn();
    expect(done).toEqual(['0', '1', '2', '3', '4']);
    request('next');
    expect(done.at(-1)).toBe('next');
  });

  it('wait no longer than 256 turns', async () => {
    connection();
    request('a');
    for (let i = 0; i < 300; i++) {
      connection();
      await turn();
    }
    expect(done).toContain('a');
  });
});
