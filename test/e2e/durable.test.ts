import { setTimeout as pause } from 'node:timers/promises';
import { SeededRandom } from '../../local/kernel/random';
import { MortalAws } from '../support/kills/mortal-aws';
import { OrdersUnderWay } from '../support/kills/orders-under-way';

jest.setTimeout(240_000);

/** The stacks are killed again and again while orders are under way; durable.deep.test.ts does it for longer. */
describe('the embedded AWS over a data directory', () => {
  let aws: MortalAws;
  const before = { ...process.env };
  beforeAll(async () => {
    aws = await MortalAws.deploy();
    const client = { AWS_ENDPOINT_URL: aws.url, AWS_REGION: 'us-east-1' };
    Object.assign(process.env, client, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
  });
  afterAll(async () => {
    process.env = before;
    await aws.remove();
  });

  it('goes on with every order, whenever it was killed', async () => {
    const random = new SeededRandom('five lives');
    const orders = new OrdersUnderWay(aws, random);
    await orders.stock();
    for (let kill = 0; kill < 5; kill++) {
      for (let order = 0; order < 4; order++) orders.place();
      await pause(100 + random.next() * 900);
      await aws.kill(random.next() * 120_000);
    }
    await orders.settle();
    const violations = await orders.violations();
    const ends = await orders.ends();
    orders.close();
    expect(violations).toEqual([]);
    expect(ends.OrderConfirmed).toBeGreaterThan(0);
  });
});
