import { Command, Option } from 'commander';
import { ApprovalsClient } from './approvals/client';
import { renderRequest, renderSummary } from './approvals/render';

const program = new Command('approvals').description(
  'What operators do with approvals. Each act is in the audit trail.',
);

command('list', 'requests of one status, the latest first')
  .addOption(
    new Option('--status <status>', 'which ones')
      .choices(['pending', 'approved', 'rejected', 'expired', 'revoked'])
      .default('pending'),
  )
  .action((options: { outputs?: string; json?: boolean; status: string }) =>
    using(options, async (client) => {
      let count = 0;
      for await (const request of client.list(options.status)) {
        console.log(options.json ? JSON.stringify(request) : renderSummary(request));
        count++;
      }
      if (count === 0 && !options.json) console.log(`No request is ${options.status}.`);
    }),
  );

command('show <requestId>', 'all that is known of one request').action((requestId: string, options) =>
  using(options, async (client) => print(await client.show(requestId), options)),
);

command('remind <requestId>', 'mails those who are waited for again; a closed link is replaced by a new one').action(
  (requestId: string, options) =>
    using(options, async (client) => print(await client.act(requestId, 'remind', {}), options)),
);

command('revoke <requestId>', 'takes a request back: the workflow gets ApprovalRevoked')
  .option('--reason <text>', 'why; the requester and the approvers are told')
  .action((requestId: string, options) =>
    using(options, async (client) =>
      print(await client.act(requestId, 'revoke', options.reason ? { reason: options.reason } : {}), options),
    ),
  );

command('reassign <requestId>', 'gives the seat of one person to another; the old link is dead')
  .requiredOption('--from <address>', 'who has it')
  .requiredOption('--to <address>', 'who gets it')
  .action((requestId: string, options) =>
    using(options, async (client) =>
      print(await client.act(requestId, 'reassign', { from: options.from, to: options.to }), options),
    ),
  );

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

function command(usage: string, description: string): Command {
  return program
    .command(usage)
    .description(description)
    .option('--outputs <file>', 'outputs of cdk deploy --outputs-file')
    .option('--json', 'JSON instead of text');
}

async function using(options: { outputs?: string }, work: (client: ApprovalsClient) => Promise<void>): Promise<void> {
  if (!options.outputs) throw new Error('Which stack? Give the file that cdk deploy wrote: --outputs outputs.json.');
  const client = new ApprovalsClient(options.outputs);
  await work(client).finally(() => client.close());
}

function print(request: Record<string, any>, { json }: { json?: boolean }): void {
  console.log(json ? JSON.stringify(request, null, 2) : renderRequest(request));
}
