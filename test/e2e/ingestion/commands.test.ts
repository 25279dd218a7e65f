import { IngestionStacks } from '../../support/ingestion/ingestion-stacks';

/** Paragraphs that are long enough for chunks of their own. */
const paragraph = (subject: string) =>
  `${subject} ${`What is written here about ${subject} is meant to fill a passage of its own. `.repeat(14)}`;

const ANIMALS = ['quokka', 'wombat', 'platypus', 'echidna', 'numbat', 'bilby', 'dingo', 'possum', 'bettong', 'potoroo'];
const BOOK = ANIMALS.map((animal) => `## The ${animal}\n\n${paragraph(animal)}\n`).join('\n');

let stacks: IngestionStacks;

beforeAll(async () => {
  stacks = await IngestionStacks.start();
}, 120_000);
afterAll(() => stacks.stop());

describe('npm run ingest and npm run search', () => {
  it('make files of a folder searchable one by one, and say what that took', async () => {
    stacks.write('animals/book.md', `# Animals of Australia\n\n${BOOK}`);
    stacks.write('animals/page.html', '<html><body><h1>Birds</h1><p>The kookaburra laughs at dawn.</p></body></html>');
    stacks.write('animals/notes.txt', 'Notes about a thylacine that nobody has seen for long.');
    stacks.write('animals/photo.png', 'no document');
    stacks.write('animals/broken.pdf', 'This is no PDF at all.');
    const { code, output, json } = await stacks.ingest('animals', '--tenant', 'zoo');
    expect(output).toContain('left out: animals/photo.png (of no supported type)');
    expect(output).toMatch(/animals\/broken\.pdf: .*none/);
    expect(json).toMatchObject({ documents: 4, visible: 3, quarantined: 1, failed: 0 });
    expect(json.embedded).toBe(json.chunks);
    expect(json.transitions).toBeLessThanOrEqual(4 * 6);
    expect(code).toBe(0);
  });

  it('find the passage with document, headings and score, in the tenant alone', async () => {
    const [best] = await stacks.search('where does the platypus live', '--tenant', 'zoo');
    expect(best).toMatchObject({ path: 'animals/book.md', heading: ['Animals of Australia', 'The platypus'] });
    expect(best!.score).toBeGreaterThan(0);
    expect(await stacks.search('platypus', '--tenant', 'circus')).toEqual([]);
    const printed = await stacks.run('search', ['kookaburra', '--tenant', 'zoo', '-k', '1']);
    expect(printed.output).toMatch(/^ 1\. 0\.\d{3} {2}animals\/page\.html › Birds\n {4}.*laughs at dawn/);
  });

  it('find nothing to do for a folder that has not changed', async () => {
    const { json } = await stacks.ingest('animals/book.md', 'animals/page.html', '--tenant', 'zoo');
    expect(json).toMatchObject({ documents: 2, visible: 0, unchanged: 2, embedded: 0, transitions: 0 });
  });

  it('embed only the paragraph that was edited', async () => {
    stacks.write('animals/book.md', `# Animals of Australia\n\n${BOOK.replace('quokka is meant', 'quokka is said')}`);
    const { json } = await stacks.ingest('animals/book.md', '--tenant', 'zoo');
    expect(json).toMatchObject({ documents: 1, visible: 1, embedded: 1, transitions: 6 });
    expect(json.reused).toBe(json.chunks - 1);
  });

  it('rejects what no request can be made of, in words', async () => {
    expect((await stacks.ingest('missing-folder')).output).toContain('missing-folder is not there.');
    expect((await stacks.ingest('animals', '--tenant', '../zoo')).output).toContain('lower-case letters');
    expect((await stacks.run('search', ['x', '-k', '1000'])).output).toContain('k must be a whole number from 1 to 25');
  });
});
