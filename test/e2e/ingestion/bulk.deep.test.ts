import { IngestionStacks } from '../../support/ingestion/ingestion-stacks';

it('loads many files in bulk, with far fewer transitions, and nothing the second time', async () => {
  const stacks = await IngestionStacks.start();
  try {
    for (let i = 0; i < 60; i++) {
      stacks.write(`many/${i}.md`, `# Star number ${i}\n\nThe star ${i} was catalogued by observatory ${i * 7}.\n`);
    }
    stacks.write('many/fake.docx', 'This is no Word document.');
    const first = await stacks.ingest('many', '--tenant', 'sky');
    expect(first.json).toMatchObject({ documents: 61, visible: 60, quarantined: 1, failed: 0, embedded: 60 });
    expect(first.json.transitions / 61).toBeLessThanOrEqual(0.2);
    expect(first.json.reasons).toEqual([{ path: 'many/fake.docx', reason: expect.stringContaining('DOCX') }]);
    const [best] = await stacks.search('Star number 42', '--tenant', 'sky');
    expect(best!.path).toBe('many/42.md');

    const vectors = (await stacks.vectorKeys()).length;
    const second = await stacks.ingest('many', '--tenant', 'sky');
    expect(second.json).toMatchObject({ documents: 61, visible: 0, unchanged: 60, quarantined: 1, embedded: 0 });
    expect((await stacks.vectorKeys()).length).toBe(vectors);
  } finally {
    await stacks.stop();
  }
});
