import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createSsmService } from '../../../local/services/ssm/router';
import { administrator, Gateway } from '../../../local/wire/gateway';
import { MemoryJournal } from '../../support/memory-journal';

function account(journal: MemoryJournal) {
  const gateway = new Gateway({ kernel: { clock: new SimulatedClock(), random: new SeededRandom(1) }, journal });
  gateway.register(createSsmService(gateway));
  return (action: string, input: object): Promise<any> =>
    gateway.call(administrator(gateway.accountId), 'ssm', action, input);
}

it('the parameter store over a journal keeps parameters with versions, labels and tags, and forgets deleted ones', async () => {
  const journal = new MemoryJournal();
  const before = account(journal);
  const tags = [{ Key: 'a', Value: 'b' }];
  await before('PutParameter', { Name: '/a', Value: '1', Type: 'String', Tags: tags });
  await before('PutParameter', { Name: '/a', Value: '2', Overwrite: true });
  await before('LabelParameterVersion', { Name: '/a', ParameterVersion: 1, Labels: ['old'] });
  await before('PutParameter', { Name: '/gone', Value: '1', Type: 'String' });
  await before('DeleteParameter', { Name: '/gone' });
  const after = account(journal.reopened());
  expect((await after('GetParameter', { Name: '/a' })).Parameter).toMatchObject({ Value: '2', Version: 2 });
  expect((await after('GetParameter', { Name: '/a:old' })).Parameter).toMatchObject({ Value: '1' });
  const resource = { ResourceType: 'Parameter', ResourceId: '/a' };
  expect(await after('ListTagsForResource', resource)).toEqual({ TagList: tags });
  await expect(after('GetParameter', { Name: '/gone' })).rejects.toMatchObject({ code: 'ParameterNotFound' });
});
