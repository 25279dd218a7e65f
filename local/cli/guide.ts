import { styleText } from 'node:util';
import type { RunningStacks } from './start-stacks';

/** Says how to go on from here: place an order, look at it, use the AWS CLI. */
export function printGuide({ embedded, outputs, outputsFile }: RunningStacks): void {
  const stack = Object.values(outputs).find((candidate) => candidate.OrdersApiUrl);
  const heading = (text: string) => styleText('bold', text);
  const lines = [
    '',
    `${heading('The embedded AWS')} answers at ${embedded.url} (account ${embedded.accountId}, ${embedded.region}); outputs in ${outputsFile}.`,
  ];
  if (stack) {
    const curl = 'curl -s --aws-sigv4 aws:amz:us-east-1:execute-api --user local:local';
    const order = '{"orderId":"my-first-order","lines":[{"sku":"lamp","quantity":1}]}';
    lines.push(
      '',
      heading('Place an order'),
      `  ${curl} -X POST ${stack.OrdersApiUrl}/orders -H 'content-type: application/json' -d '${order}'`,
      '',
      heading('See what became of it'),
      `  ${curl} ${stack.OrdersApiUrl}/orders/my-first-order`,
      '',
      heading('Look with the AWS CLI'),
      '  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1',
      `  aws --endpoint-url ${embedded.url} stepfunctions list-executions --state-machine-arn ${stack.OrdersMachineArn}`,
      `  aws --endpoint-url ${embedded.url} dynamodb scan --table-name ${stack.StockTableName}`,
    );
  }
  lines.push('', 'Ctrl-C stops it; nothing is kept.');
  console.log(lines.join('\n'));
}
