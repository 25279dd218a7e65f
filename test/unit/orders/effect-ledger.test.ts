import { EffectLedger } from '../../../lambdas/orders/adapters/effect-ledger';
import { createEmbeddedTables } from '../shared/embedded-tables';
import { turnedClock } from '../shared/turned-clock';

const words = {
  key: 'paymentKey',
  done: 'captured',
  doneCount: 'captures',
  undone: 'refunded',
  undoneCount: 'refunds',
} as const;

async function setUp() {
  const clock = turnedClock();
  const tables = await createEmbeddedTables(clock.simulated);
  return { tables, ledger: new EffectLedger(tables.client, 'payments', words, clock) };
}

describe('the effect ledger', () => {
  it('gives the entry that stands when a key is entered again', async () => {
    const { ledger } = await setUp();
    await ledger.enter('a', { amountCents: 1 });
    expect(await ledger.enter('a', { amountCents: 2 })).toMatchObject({
      state: 'captured',
      amountCents: 1,
      captures: 1,
    });
  });

  it('reverses an effect that lands while the key is being voided', async () => {
    const { ledger, tables } = await setUp();
    tables.beforeSend = async (operation) => {
      if (operation !== 'PutItem') return;
      tables.beforeSend = undefined;
      await ledger.enter('a', { amountCents: 1 });
    };
    expect(await ledger.reverse('a')).toBe('refunded');
    expect(await ledger.find('a')).toMatchObject({ state: 'refunded', captures: 1, refunds: 1 });
  });

  it('gives voided when another reversal voids the key first', async () => {
    const { ledger, tables } = await setUp();
    tables.beforeSend = async (operation) => {
      if (operation !== 'PutItem') return;
      tables.beforeSend = undefined;
      await ledger.reverse('a');
    };
    expect(await ledger.reverse('a')).toBe('voided');
    expect(await ledger.find('a')).toMatchObject({ state: 'voided', captures: 0, refunds: 0 });
  });

  it('fails with what the table says when it is not reached', async () => {
    const { ledger, tables } = await setUp();
    tables.beforeSend = () => Promise.reject(new Error('no table'));
    for (const call of [ledger.enter('a', {}), ledger.reverse('a'), ledger.find('a')]) {
      await expect(call).rejects.toThrow('no table');
    }
  });
});
