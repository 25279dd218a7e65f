import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type LambdaOverWire, startLambdaOverWire } from '../unit/lambda/lambda-over-wire';

/** Requests GET url through an agent of its own for each turn, three at a time; answers the ports that were used. */
const CALLER = `
  const http = require('node:http');
  const ask = (agent, url) => new Promise((resolve, reject) => {
    http.get(url, { agent }, (response) => {
      const { localPort } = response.socket;
      response.resume().on('end', () => resolve(localPort));
    }).on('error', reject);
  });
  exports.handler = async ({ url = process.env.AWS_ENDPOINT_URL, isOwnClass }) => {
    class OwnAgent extends http.Agent {}
    const ports = [];
    for (let turn = 0; turn < 3; turn++) {
      const agent = new (isOwnClass ? OwnAgent : http.Agent)({ keepAlive: true });
      ports.push(...(await Promise.all([ask(agent, url), ask(agent, url), ask(agent, url)])));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return new Set(ports).size;
  };`;

describe('the connections of a function', () => {
  let wire: LambdaOverWire;
  let elsewhere: Server;
  beforeAll(async () => {
    wire = await startLambdaOverWire();
    elsewhere = createServer((_, response) => response.end('{}'));
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    elsewhere.closeAllConnections();
    elsewhere.close();
    await wire.close();
  });

  it('serves all AWS clients of a worker with the same connections', async () => {
    const name = await wire.define(CALLER);
    expect((await wire.invoke(name)).result).toBe(3);
    expect((await wire.invoke(name)).result).toBe(3);
  });

  it('leaves other hosts to the agent that was asked', async () => {
    const name = await wire.define(CALLER);
    const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    expect((await wire.invoke(name, { url })).result).toBe(9);
  });

  it('leaves agents of a class of their own alone', async () => {
    const name = await wire.define(CALLER);
    expect((await wire.invoke(name, { isOwnClass: true })).result).toBe(9);
  });
});
