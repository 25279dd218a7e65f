import { Command, InvalidArgumentError } from 'commander';
import { readIngestionOutputs } from './outputs-file';
import { SearchClient } from './search/client';
import { renderPassages } from './search/render';
import { DEFAULT_TENANT, readTenant } from './tenant';

interface Options {
  readonly tenant: string;
  readonly k: number;
  readonly path?: string;
  readonly json?: boolean;
  readonly outputs?: string;
}

/** `search WORDS --outputs FILE`: prints the passages that are nearest, the best first. */
async function main(): Promise<void> {
  const program = new Command('search')
    .description('Searches what was ingested.')
    .argument('<words...>', 'what to look for')
    .option('--tenant <name>', 'in whose documents', readTenant, DEFAULT_TENANT)
    .option('-k, --k <number>', 'how many passages', readK, 5)
    .option('--path <path>', 'in this document alone')
    .option('--json', 'JSON instead of text')
    .option('--outputs <file>', 'outputs of cdk deploy --outputs-file')
    .parse();
  const { outputs, json, tenant, k, path } = program.opts<Options>();
  if (!outputs) throw new Error('Which stack? Give the file that cdk deploy wrote: --outputs outputs.json.');
  const words = program.args.join(' ');
  const client = new SearchClient(readIngestionOutputs(outputs));
  try {
    const passages = await client.search({ tenant, words, k, path });
    console.log(json ? JSON.stringify(passages, null, 2) : renderPassages(passages, words));
  } finally {
    client.close();
  }
}

function readK(text: string): number {
  const k = Number(text);
  if (Number.isInteger(k) && k > 0) return k;
  throw new InvalidArgumentError('must be a whole number above 0.');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
