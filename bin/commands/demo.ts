import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { Inbox } from './demo/inbox';
import { renderResults } from './demo/result-table';
import { runScenarios } from './demo/run-scenarios';
import { ALL_SCENARIOS } from './demo/scenarios/all';
import { Shop } from './demo/shop';
import { renderSideBySide } from './demo/side-by-side';
import { readFanOutOutputs, readOrdersOutputs, readQuotesOutputs } from './outputs-file';

/** `demo --outputs FILE`: runs the scenarios against a deployed orders stack; exits 0 only if all ended as they should. */
async function main(): Promise<void> {
  const options = new Command('demo')
    .description('Runs the order scenarios against a deployed stack.')
    .requiredOption('--outputs <file>', 'outputs of cdk deploy --outputs-file')
    .option('--only <text>', 'only scenarios whose name contains this text')
    .option('--json <file>', 'also write the results as JSON')
    .parse()
    .opts<{ outputs: string; only?: string; json?: string }>();
  const { outputs } = options;
  const shop = new Shop(readOrdersOutputs(outputs), readQuotesOutputs(outputs), readFanOutOutputs(outputs));
  const chosen = ALL_SCENARIOS.filter((scenario) => scenario.name.includes(options.only ?? ''));
  const hasInbox = (await Inbox.find()) !== undefined;
  const scenarios = chosen.filter(({ needs }) => needs !== 'inbox' || hasInbox);
  for (const { name } of chosen.filter((scenario) => !scenarios.includes(scenario))) {
    console.log(`left out: ${name} (it reads its mail in the inbox of the embedded AWS, which is not there)`);
  }
  if (chosen.length === 0) {
    throw new Error(
      `No scenario is called "${options.only}". There are: ${ALL_SCENARIOS.map((s) => s.name).join('; ')}.`,
    );
  }
  if (scenarios.length === 0) throw new Error('Nothing was left to run.');
  const results = await runScenarios(shop, scenarios, (line) => console.log(line));
  shop.close();
  console.log(`\n${renderResults(results)}\n\n${renderSideBySide(results)}\n`);
  if (options.json) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
  const failed = results.filter((result) => result.problems.length > 0);
  console.log(
    failed.length === 0
      ? `All ${results.length} scenarios ended as they should.`
      : `${failed.length} of ${results.length} scenarios did not end as they should: ${failed.map((r) => r.scenario).join('; ')}.`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
