import { aBox, aThing, cloud, template } from './cloud';

const exporting = (Name: string, value = 'v') =>
  template({ A: aThing({ Name: value }) }, { Outputs: { O: { Value: { Ref: 'A' }, Export: { Name } } } });
const importing = (name: string) => template({ B: aBox({ 'Fn::ImportValue': name }) });

it("gives another stack the export's value", async () => {
  const { create, shelf, call } = cloud();
  await create(exporting('shared'), 'first');
  await create(importing('shared'), 'second');
  expect([...shelf.values()]).toContainEqual({ Content: 'v' });
  expect(await call('ListExports', {})).toMatchObject({ Exports: [{ Name: 'shared', Value: 'v' }] });
});

it('rejects an export that is not there', async () => {
  await expect(cloud().create(importing('nothing'))).rejects.toThrow('No export named nothing found.');
});

it('fails with a name that another stack exports', async () => {
  const { create } = cloud();
  await create(exporting('shared'), 'first');
  await expect(create(exporting('shared', 'w'), 'second')).rejects.toThrow(
    'Export with name shared is already exported by stack first',
  );
});

it('holds an export that another stack uses', async () => {
  const { create, update, remove } = cloud();
  await create(exporting('shared'), 'first');
  await create(importing('shared'), 'second');
  await expect(remove('first')).rejects.toThrow(
    'Delete canceled. Cannot delete export shared as it is in use by second.',
  );
  await expect(update(template({ A: aThing({ Name: 'v' }) }), 'first')).rejects.toThrow(
    'Export shared cannot be deleted as it is in use by second',
  );
  await expect(update(exporting('shared', 'w'), 'first')).rejects.toThrow(
    'Export shared cannot be updated as it is in use by second',
  );
  await remove('second');
  await remove('first');
});
