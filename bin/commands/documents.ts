import { styleText } from 'node:util';
import { Command, Option } from 'commander';
import { DocumentsClient, type ListedDocument } from './documents/client';
import { deleteDocuments } from './documents/delete-documents';
import { IngestionStack } from './ingest/ingestion-stack';
import { readIngestionOutputs } from './outputs-file';
import { printable } from './printable';
import { reconcile } from './reconcile/reconcile';
import { DEFAULT_TENANT, readTenant } from './tenant';

/** Exit codes: 0 all is well, 1 something was found or left undone, 2 it could not be looked at. */
const LEFT = 1;
const FAILED = 2;

interface Options {
  readonly outputs?: string;
  readonly tenant: string;
}

const program = new Command('documents').description('What operators do with documents that were ingested.');

command('list', "a tenant's documents, by status and path")
  .option('--tenant <name>', 'whose documents', readTenant, DEFAULT_TENANT)
  .addOption(
    new Option('--status <status>', 'only those of a status').choices(['pending', 'visible', 'quarantined', 'deleted']),
  )
  .option('--json', 'JSON instead of text')
  .action(async ({ outputs, tenant, status, json }: Options & { status?: string; json?: boolean }) => {
    const client = new DocumentsClient(readIngestionOutputs(given(outputs)));
    try {
      let count = 0;
      for await (const document of client.list(tenant, status)) {
        console.log(json ? JSON.stringify(document) : line(document));
        count++;
      }
      if (count === 0 && !json) console.log(`${tenant} has no ${status ? `${status} ` : ''}documents.`);
    } finally {
      client.close();
    }
  });

command('delete', 'deletes objects of documents, and waits until no search finds them')
  .argument('<path...>', 'paths of documents, as list shows them')
  .option('--tenant <name>', 'whose documents', readTenant, DEFAULT_TENANT)
  .action(async (paths: string[], { outputs, tenant }: Options) => {
    const stack = new IngestionStack(readIngestionOutputs(given(outputs)));
    const deletions = await deleteDocuments(stack, tenant, [...new Set(paths)]).finally(() => stack.close());
    const words = {
      deleted: 'deleted',
      unknown: 'there is no such document',
      open: 'deleted, not yet from the search',
    };
    for (const { path, outcome } of deletions) console.log(`${printable(path)}: ${words[outcome]}`);
    process.exitCode = deletions.every(({ outcome }) => outcome === 'deleted') ? 0 : LEFT;
  });

command('reconcile', 'compares the index of vectors with the rows of documents, both ways')
  .option('--repair', 'deletes vectors that no row knows of, and ingests documents again whose vectors are missing')
  .option('--tenant <name>', 'only findings of one tenant', readTenant)
  .option('--json <file>', 'also write the findings as JSON')
  .addHelpText(
    'after',
    '\nExit codes: 0 nothing is wrong, or all of it was repaired; 1 something is wrong; 2 it could not be looked at.',
  )
  .action(async ({ outputs, ...options }: { outputs?: string; tenant?: string; repair?: boolean; json?: string }) => {
    process.exitCode = await reconcile({ outputs: given(outputs), ...options });
  });

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = FAILED;
});

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--outputs <file>', 'outputs of cdk deploy --outputs-file');
}

function given(outputs: string | undefined): string {
  if (outputs) return outputs;
  throw new Error('Which stack? Give the file that cdk deploy wrote: --outputs outputs.json.');
}

function line({ path, status, reason, isSearchable, chunkCount, updatedAt }: ListedDocument): string {
  const passages = isSearchable ? `${chunkCount} ${chunkCount === 1 ? 'passage' : 'passages'}` : 'not searchable';
  const why = reason ? `: ${printable(reason)}` : '';
  return `${styleText('bold', printable(path))}  ${status}${why}  ${passages}  ${updatedAt}`;
}
