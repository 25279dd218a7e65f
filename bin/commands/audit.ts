import { createWriteStream, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Command } from 'commander';
import { ApprovalsClient } from './approvals/client';
import { askChainEnds, readChainEnds, readChains } from './audit/read-audit';
import type { AuditRow, Break, ChainEnd } from './audit/row';
import { verifyAudit } from './audit/verify-audit';
import { verifyChain } from './audit/verify-chain';
import { readApprovalsOutputs } from './outputs-file';

/** Exit codes: 0 whole, 1 a chain is broken, 2 it could not be looked at. */
const BROKEN = 1;
const FAILED = 2;

const program = new Command('audit').description("Verifies and exports the approvals' audit trail.");

program
  .command('verify')
  .description('checks every chain and names the first row of each that was changed, replaced or removed')
  .option('--outputs <file>', 'outputs of cdk deploy --outputs-file')
  .option('--file <file>', 'an export instead of the table; where a chain was cut off cannot be seen there')
  .action(async (options: { outputs?: string; file?: string }) => {
    const { chains, rows, breaks } = options.file ? verifyFile(options.file) : await verifyTable(options.outputs);
    for (const { requestId, seq, what } of breaks) console.log(`request ${requestId}: row ${seq} ${what}`);
    console.log(
      breaks.length === 0
        ? `The audit trail is whole: ${rows} rows in ${chains} chains.`
        : `${breaks.length} of ${chains} chains are broken (${rows} rows).`,
    );
    process.exitCode = breaks.length === 0 ? 0 : BROKEN;
  });

program
  .command('export')
  .description('writes every row as JSON Lines')
  .option('--outputs <file>', 'outputs of cdk deploy --outputs-file')
  .option('--to <file>', 'where to; standard output when left out')
  .action(async (options: { outputs?: string; to?: string }) => {
    const { client, tables } = connect(options.outputs);
    async function* lines() {
      for await (const { rows } of readChains(client, tables.audit)) {
        for (const row of rows) yield `${JSON.stringify(row)}\n`;
      }
    }
    if (options.to) await pipeline(lines, createWriteStream(options.to, { mode: 0o600 }));
    else for await (const line of lines()) process.stdout.write(line);
    client.destroy();
  });

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = FAILED;
});

function connect(outputsFile: string | undefined) {
  if (!outputsFile) throw new Error('Which stack? Give the file that cdk deploy wrote: --outputs outputs.json.');
  const outputs = readApprovalsOutputs(outputsFile);
  return {
    client: new DynamoDBClient({ region: outputs.Region }),
    tables: { approvals: outputs.ApprovalsTableName, audit: outputs.ApprovalAuditTableName },
  };
}

async function verifyTable(outputsFile: string | undefined) {
  const { client, tables } = connect(outputsFile);
  const api = new ApprovalsClient(outputsFile!);
  const readEnds = (): Promise<Map<string, ChainEnd>> =>
    readChainEnds(client, tables.approvals).catch((error: Error) => {
      if (error.name !== 'AccessDeniedException') throw error;
      return askChainEnds(api);
    });
  try {
    return await verifyAudit(client, tables.audit, readEnds);
  } finally {
    client.destroy();
    api.close();
  }
}

function verifyFile(file: string) {
  const chains = new Map<string, AuditRow[]>();
  const lines = readFileSync(file, 'utf8').split('\n');
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const row = parsedRow(line, `${file}:${index + 1}`);
    const rows = chains.get(row.requestId);
    if (rows) rows.push(row);
    else chains.set(row.requestId, [row]);
  }
  const breaks: Break[] = [];
  for (const [requestId, rows] of chains) {
    const found = verifyChain(requestId, rows);
    if (found) breaks.push(found);
  }
  return { chains: chains.size, rows: lines.filter(Boolean).length, breaks };
}

function parsedRow(line: string, where: string): AuditRow {
  try {
    const row = JSON.parse(line);
    if (typeof row.requestId === 'string' && typeof row.seq === 'number') return row;
  } catch {
    // Said below, with the place.
  }
  throw new Error(`${where} is no row of the audit trail: give a file that npm run audit -- export wrote.`);
}
