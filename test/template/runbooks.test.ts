import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ASSEMBLY_FOLDER } from '../support/assembly-folder';

const folder = path.resolve(__dirname, '../../docs/runbooks');
const SECTIONS = ['What it means', 'How to look', 'What to do', 'How to know that it worked'];

/** The pages that the alarms of all stacks of the stage dev link. */
function linkedPages(): string[] {
  return readdirSync(ASSEMBLY_FOLDER)
    .filter((name) => name.endsWith('.template.json'))
    .flatMap((name) => Object.values<any>(JSON.parse(readFileSync(path.join(ASSEMBLY_FOLDER, name), 'utf8')).Resources))
    .filter(({ Type, Properties }) => Type.endsWith('Alarm') && Properties.AlarmActions !== undefined)
    .map(({ Properties }) => /Runbook: \S+\/(\S+)$/.exec(Properties.AlarmDescription)?.[1] ?? Properties.AlarmName);
}

describe('the runbooks', () => {
  const pages = readdirSync(folder).filter((name) => name !== 'README.md');

  it('are one page per alarm that rings, and none besides', () => {
    expect([...new Set(linkedPages())].sort()).toEqual(pages.sort());
  });

  it.each(pages.map((page) => [page]))('%s says what it means, how to look, what to do and how to know', (page) => {
    const text = readFileSync(path.join(folder, page), 'utf8');
    const [head, ...sections] = text.split(/^## /m);
    expect(head).toContain(`Alarm \`${page.replace('.md', '')}\`.`);
    expect(sections.map((section) => section.split('\n')[0])).toEqual(SECTIONS);
    for (const section of sections) expect(section.split('\n').slice(2).join('').length).toBeGreaterThan(20);
  });
});
