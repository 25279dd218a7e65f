import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ALL_SCENARIOS } from '../../bin/commands/demo/scenarios/all';
import { DemoUnderTest } from '../support/demo-under-test';

it('the demo ends every scenario as it should', async () => {
  const demo = await DemoUnderTest.start();
  try {
    const jsonFile = path.join(demo.folder, 'results.json');
    const { code, output } = await demo.run('--outputs', demo.outputsFile, '--json', jsonFile);
    expect(output).toContain(`All ${ALL_SCENARIOS.length} scenarios ended as they should.`);
    expect(code).toBe(0);
    const results: { scenario: string }[] = JSON.parse(readFileSync(jsonFile, 'utf8'));
    expect(results.map(({ scenario }) => scenario)).toEqual(ALL_SCENARIOS.map(({ name }) => name));
  } finally {
    await demo.stop();
  }
});
