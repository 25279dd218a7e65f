import { Command } from 'commander';
import { awaitExecution, executionArn } from './demo/execution';
import { Inbox } from './demo/inbox';
import { Shop } from './demo/shop';
import { readOrdersOutputs } from './outputs-file';

/** The products that the sample puts on the shelf; they stay, for whoever goes on from there. */
const PRODUCTS = [
  { sku: 'lamp', name: 'Desk lamp', unitPriceCents: 4900, onHand: 100 },
  { sku: 'chair', name: 'Oak chair', unitPriceCents: 18900, onHand: 20 },
];

/** More than the stages let through without asking somebody. */
const ASKED_CHAIRS = 6;

/**
 * `sample-orders --outputs FILE`: a first look: one order that is confirmed, one that is rejected, one that is undone, and,
 * where there is an inbox to look into, one that waits for whoever is trying this.
 */
async function main(): Promise<void> {
  const { outputs: file } = new Command('sample-orders')
    .description('Puts two products on the shelf and places a few orders.')
    .requiredOption('--outputs <file>', 'outputs of cdk deploy --outputs-file')
    .parse()
    .opts<{ outputs: string }>();
  const shop = new Shop(readOrdersOutputs(file));
  for (const { sku, ...product } of PRODUCTS) await shop.addProduct({ sku, ...product });
  const stories = [
    { what: 'two lamps', sku: 'lamp', quantity: 2 },
    { what: 'more chairs than there are', sku: 'chair', quantity: 21 },
    { what: 'a lamp that the carrier will not take', sku: 'lamp', quantity: 1, isRefusedByCarrier: true },
  ];
  const inbox = await Inbox.find();
  // Beside a real account nobody reads this customer's mail.
  const customer = inbox && { email: 'customer@example.com' };
  let strayed = 0;
  for (const [i, story] of stories.entries()) {
    const orderId = `sample-${i + 1}-${shop.runId}`;
    if (story.isRefusedByCarrier) await shop.fault(orderId, 'book', 'decline');
    const answer = await shop.place({ orderId, lines: [{ sku: story.sku, quantity: story.quantity }], customer });
    if (answer.statusCode !== 202)
      throw new Error(`POST /orders answered ${answer.statusCode}: ${JSON.stringify(answer.body)}`);
    const execution = await awaitExecution(shop, executionArn(shop.outputs.OrdersMachineArn, orderId));
    console.log(`  ${story.what}: ${execution.end}`);
    console.log(`    ${execution.path.join(' → ')} (${execution.transitions} transitions)`);
    if (!['OrderConfirmed', 'OrderRejected', 'OrderCompensated'][i]?.includes(execution.end)) strayed++;
  }
  if (inbox) {
    const orderId = `sample-4-${shop.runId}`;
    await shop.place({ orderId, lines: [{ sku: 'chair', quantity: ASKED_CHAIRS }] });
    await inbox.invitation(orderId);
    console.log(`  each customer is mailed, and the webhook told: ${inbox.url}`);
    console.log(`  six chairs: waits for your approval. Your mail is at ${inbox.url}`);
  }
  shop.close();
  process.exitCode = strayed === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
