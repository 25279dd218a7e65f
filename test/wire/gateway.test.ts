import { request } from 'node:http';
import { AwsError } from '../../local/wire/aws-error';
import { administrator } from '../../local/wire/gateway';
import type { Host } from '../../local/wire/host';
import type { Service } from '../../local/wire/service';
import { type RunningGateway, startGateway } from '../support/embedded';

/** A service with one action of each temper. */
function createEchoService(_host: Host): Service {
  return {
    name: 'echo',
    protocols: [
      { kind: 'json', version: '1.1', target: 'Echo_2026' },
      { kind: 'rest-json', routes: [{ method: 'POST', path: '/2026/things/{Name}', action: 'Say' }] },
    ],
    actions: {
      Say: { handle: (input) => ({ said: input }) },
      SayLater: { handle: async (input) => ({ said: input }) },
      RefuseLater: {
        handle: async () => {
          throw new AwsError('ThingNotFound', 'There is no thing.', 404);
        },
      },
      BreakLater: {
        handle: async () => {
          throw new TypeError('a late defect');
        },
      },
      PutOff: {
        handle: (_input, call) => {
          const order: string[] = [];
          call.afterAnswer?.(() => order.push('put off'));
          order.push('answered');
          return { order };
        },
      },
      Refuse: {
        handle: () => {
          throw new AwsError('ThingNotFound', 'There is no thing.', 404, { ThingName: 'x' });
        },
      },
      Break: {
        handle: () => {
          throw new TypeError('a defect');
        },
      },
    },
  };
}

const SIGNED = 'AWS4-HMAC-SHA256 Credential=AKIA/20261120/us-east-1/echo/aws4_request, SignedHeaders=host, Signature=0';

describe('the port of the embedded AWS', () => {
  let running: RunningGateway;
  beforeAll(async () => {
    running = await startGateway((host) => [createEchoService(host)]);
  });
  afterAll(() => running.close());

  const post = (target: string, body: string, headers: Record<string, string> = {}) =>
    fetch(running.url, { method: 'POST', body, headers: { 'x-amz-target': target, ...headers } });

  it('calls the action that X-Amz-Target names', async () => {
    const response = await post('Echo_2026.Say', '{"word":"hello"}');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.json()).toEqual({ said: { word: 'hello' } });
  });

  it('waits for an action that has to wait, for its output as for its refusal', async () => {
    const said = await post('Echo_2026.SayLater', '{"word":"later"}');
    expect(await said.json()).toEqual({ said: { word: 'later' } });
    const refused = await post('Echo_2026.RefuseLater', '{}');
    expect(refused.status).toBe(404);
    expect(await refused.json()).toMatchObject({ __type: 'ThingNotFound' });
  });

  it('takes a body that comes in pieces, and one that is empty', async () => {
    const word = 'x'.repeat(200_000);
    const long = await post('Echo_2026.Say', JSON.stringify({ word }));
    expect(await long.json()).toEqual({ said: { word } });
    expect(await (await post('Echo_2026.Say', '')).json()).toEqual({ said: {} });
  });

  it('puts work off until after the answer for requests of the port, not for calls between services', async () => {
    expect(await (await post('Echo_2026.PutOff', '{}')).json()).toEqual({ order: ['answered'] });
    const { gateway } = running;
    const inside = await gateway.call(administrator(gateway.accountId), 'echo', 'PutOff', {});
    expect(inside).toEqual({ order: ['put off', 'answered'] });
  });

  it('answers an error with its code, message, details and status', async () => {
    const response = await post('Echo_2026.Refuse', '{}');
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ __type: 'ThingNotFound', message: 'There is no thing.', ThingName: 'x' });
  });

  it('answers a defect of its own with InternalFailure and tells who runs it', async () => {
    const response = await post('Echo_2026.Break', '{}');
    expect(response.status).toBe(500);
    expect(((await response.json()) as any).__type).toBe('InternalFailure');
    expect(running.warnings.join()).toContain('a defect');
    const late = await post('Echo_2026.BreakLater', '{}');
    expect(await late.json()).toMatchObject({ __type: 'InternalFailure', message: expect.any(String) });
    expect(running.warnings.join()).toContain('echo:BreakLater failed');
  });

  it.each(['not json', '[1]', '"text"', 'null', '{"a":'])(
    'rejects the body %s as a SerializationException',
    async (body) => {
      const response = await post('Echo_2026.Say', body);
      expect(response.status).toBe(400);
      expect(((await response.json()) as any).__type).toBe('SerializationException');
    },
  );

  it.each(['Echo_2026.Unknown', 'Echo_2026.constructor', 'Echo_2026.__proto__', 'Nobody.Say', 'Say', '.'])(
    'rejects the target %s as an UnknownOperationException',
    async (target) => {
      const response = await post(target, '{}');
      expect(response.status).toBe(400);
      expect(((await response.json()) as any).__type).toBe('UnknownOperationException');
    },
  );

  it('finds the action of a REST service by path, labels decoded', async () => {
    const response = await fetch(`${running.url}/2026/things/a%2Fb`, {
      method: 'POST',
      body: '{"word":"hello"}',
      headers: { authorization: SIGNED },
    });
    expect(await response.json()).toEqual({ said: { word: 'hello', Name: 'a/b' } });
  });

  it('rejects a REST path that no route matches', async () => {
    const response = await fetch(`${running.url}/2026/nothing`, { method: 'POST', headers: { authorization: SIGNED } });
    expect(response.status).toBe(404);
    expect(response.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
  });

  it('rejects a request that a web page makes', async () => {
    const response = await post('Echo_2026.Say', '{}', { origin: 'https://example.com' });
    expect(response.status).toBe(403);
  });

  it('rejects a request for another host, as DNS rebinding would send it', async () => {
    const status = await new Promise((resolve, reject) => {
      const options = { method: 'POST', headers: { host: 'evil.example:80', 'x-amz-target': 'Echo_2026.Say' } };
      request(running.url, options, (response) => resolve(response.statusCode))
        .once('error', reject)
        .end('{}');
    });
    expect(status).toBe(403);
  });

  it('rejects a body over 16 MiB', async () => {
    const response = await post('Echo_2026.Say', 'x'.repeat(16 * 1024 * 1024 + 1));
    expect(response.status).toBe(413);
  });

  it('tells who runs it what was asked for in vain, by whom, once', async () => {
    for (let i = 0; i < 3; i++) await post('Echo_2026.Fly', '{}');
    const told = running.warnings.filter((line) => line.includes('Fly'));
    expect(told).toEqual(['echo: operation Fly is not emulated, called by arn:aws:iam::000000000000:user/local']);
  });

  it('tells an unsigned stranger that nobody answers', async () => {
    const response = await fetch(`${running.url}/anything`);
    expect(response.status).toBe(404);
  });
});
