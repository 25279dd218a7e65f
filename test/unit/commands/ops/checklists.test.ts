import { readFileSync } from 'node:fs';
import path from 'node:path';
import { advisedQueues } from '../../../../bin/commands/ops/dlq/advice';
import { forAll, runCheck } from '../../../../bin/commands/ops/readiness/check';
import { CHECKLISTS } from '../../../../bin/commands/ops/readiness/checklists';

const operating = readFileSync(path.resolve(__dirname, '../../../../docs/operating.md'), 'utf8');

/** The lines of a checklist of the document: `| \`id\` | words |` below its heading. */
function linesBelow(heading: string): string[] {
  const [, after = ''] = operating.split(`### ${heading}\n`);
  const [section = ''] = after.split(/^#{2,3} /m);
  return [...section.matchAll(/^\| `([\w-]+)` \| (.+) \|$/gm)].map(([, id, line]) => `${id}: ${line}`);
}

describe('the checklists of docs/operating.md', () => {
  it.each([
    ['pre-production', 'Before production'],
    ['production', 'In production'],
    ['incident', 'In an incident'],
  ] as const)('are what readiness --stage %s looks at, line by line', (stage, heading) => {
    expect(linesBelow(heading)).toEqual(CHECKLISTS[stage].map(({ id, line }) => `${id}: ${line}`));
    expect(linesBelow(heading).length).toBeGreaterThan(5);
  });

  it('has a row for each queue that dlq list has advice for', () => {
    expect(advisedQueues().filter((name) => !operating.includes(`\`${name}Url\``))).toEqual([]);
  });
});

describe('a line of a checklist', () => {
  const faultOf = (name: string) => (name.startsWith('bad') ? `${name} is bad` : undefined);

  it.each([
    [['a', 'b'], 'passed', 'all 2 queues'],
    [['a', 'bad-1'], 'failed', '1 of 2 queues: bad-1 is bad'],
    [[], 'cannot tell', 'there are no queues'],
  ])('of %j comes out as %s', (names, status, evidence) => {
    expect(forAll(names, 'queues', faultOf)).toEqual({ status, evidence });
  });

  it('names only some of many', () => {
    const names = Array.from({ length: 20 }, (_, i) => `bad-${i}`);
    expect(forAll(names, 'queues', faultOf).evidence).toMatch(/bad-7 is bad; and 12 more$/);
  });

  it('is one that nobody can tell when it may not be looked at', async () => {
    const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    const check = { id: 'x', line: 'x', run: () => Promise.reject(denied) };
    const told = { status: 'cannot tell', evidence: 'AccessDeniedException: not authorized' };
    expect(await runCheck({} as never, check)).toEqual(told);
  });
});
