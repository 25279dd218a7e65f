import { styleText } from 'node:util';
import type { EmbeddedAws } from '../embedded-aws';
import type { RunningStacks } from './start-stacks';

/** Says how to deploy to an embedded AWS from outside; `dataFolder` is where it keeps everything, if it does. */
export function printEmptyGuide({ url, accountId, region }: EmbeddedAws, dataFolder: string | undefined): void {
  const lines = [
    '',
    `${styleText('bold', 'The embedded AWS')} answers at ${url} (account ${accountId}, ${region}); this start deploys nothing.`,
    '',
    styleText('bold', 'Deploy to it from another terminal'),
    `  export AWS_ENDPOINT_URL=${url} AWS_REGION=${region} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`,
    '  npx cdk bootstrap',
    '  npx cdk deploy --all --outputs-file outputs.json',
    '  npm run demo -- --outputs outputs.json',
    '',
    ending(dataFolder),
  ];
  console.log(lines.join('\n'));
}

/** Says how to go on from here: place an order, look at it, use the AWS CLI. */
export function printGuide({ embedded, outputs, outputsFile }: RunningStacks, dataFolder: string | undefined): void {
  const stack = Object.values(outputs).find((candidate) => candidate.OrdersApiUrl);
  const approvals = Object.values(outputs).find((candidate) => candidate.ApprovalsApiUrl);
  const quotes = Object.values(outputs).find((candidate) => candidate.QuotesApiUrl);
  const heading = (text: string) => styleText('bold', text);
  const lines = [
    '',
    `${heading('The embedded AWS')} answers at ${embedded.url} (account ${embedded.accountId}, ${embedded.region}); outputs in ${outputsFile}.`,
  ];
  if (stack) {
    const curl = 'curl -s --aws-sigv4 aws:amz:us-east-1:execute-api --user local:local';
    const order = '{"orderId":"my-first-order","lines":[{"sku":"lamp","quantity":1}]}';
    const wanted = '{"lines":[{"sku":"lamp","quantity":2}],"destination":{"country":"DE"}}';
    const body = `-H 'content-type: application/json' -d '${wanted}'`;
    lines.push(
      '',
      heading('Place an order'),
      `  ${curl} -X POST ${stack.OrdersApiUrl}/orders -H 'content-type: application/json' -d '${order}'`,
      '',
      heading('See what became of it'),
      `  ${curl} ${stack.OrdersApiUrl}/orders/my-first-order`,
      ...(quotes ? ['', heading('Ask for a quote'), `  ${curl} -X POST ${quotes.QuotesApiUrl}/quotes ${body}`] : []),
      '',
      heading('Look with the AWS CLI'),
      '  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1',
      `  aws --endpoint-url ${embedded.url} stepfunctions list-executions --state-machine-arn ${stack.OrdersMachineArn}`,
      `  aws --endpoint-url ${embedded.url} dynamodb scan --table-name ${stack.StockTableName}`,
      '  Logs and traces answer, too: "Following one order" in docs/operating.md.',
    );
  }
  if (approvals) {
    lines.push(
      '',
      heading('Approve by mail'),
      `  ${embedded.url}/inbox shows the mails of everybody; open one, follow its link, type the code.`,
      '  npm run approvals -- list',
      '  npm run audit -- verify',
    );
  }
  if (approvals?.ExpenseMachineArn) {
    const expense = JSON.stringify({
      expenseId: 'e-1',
      amountCents: 12000,
      currency: 'EUR',
      purpose: 'Train tickets',
      requester: { name: 'Ann', email: 'ann@example.com' },
    });
    lines.push(
      `  aws --endpoint-url ${embedded.url} stepfunctions start-execution --state-machine-arn ${approvals.ExpenseAliasArn} --input '${expense}'`,
    );
  }
  const fanOut = Object.values(outputs).find((candidate) => candidate.DeliveriesTableName);
  if (fanOut) {
    const scan = `  aws --endpoint-url ${embedded.url} dynamodb scan --table-name`;
    lines.push(
      '',
      heading('Follow an event to mail, webhook and analytics'),
      `${scan} ${fanOut.DeliveriesTableName}`,
      ...(fanOut.ReceivedWebhooksTableName ? [`${scan} ${fanOut.ReceivedWebhooksTableName}`] : []),
    );
  }
  if (Object.values(outputs).some((candidate) => candidate.IngestMachineArn)) {
    lines.push(
      '',
      heading('Search'),
      '  npm run search -- "what does an order cost"',
      '  npm run ingest -- FILE-OR-FOLDER…   Markdown, text, HTML, PDF, DOCX',
    );
  }
  lines.push('', ending(dataFolder));
  console.log(lines.join('\n'));
}

function ending(dataFolder: string | undefined): string {
  return dataFolder ? `Ctrl-C stops it; everything is kept in ${dataFolder}.` : 'Ctrl-C stops it; nothing is kept.';
}
