import { type ApiAnswer, signedFetch } from '../../bin/commands/signed-fetch';
import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws';
import type { Clock } from '../../local/kernel/clock';
import { SystemRandom } from '../../local/kernel/random';
import { administrator } from '../../local/wire/gateway';
import { ASSEMBLY_FOLDER } from './assembly-folder';

/** The synthesized orders stack on an embedded AWS of its own, and short ways to act on it as the administrator. */
export interface EmbeddedStacks {
  readonly embedded: EmbeddedAws;
  /** Outputs of the orders stack. */
  readonly outputs: Record<string, string>;
  readonly warnings: string[];
  /** Calls an API action as the account's administrator. */
  call(service: string, action: string, input: object): Promise<any>;
  /** Calls the orders API as somebody who signs. */
  api(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<ApiAnswer>;
  stock(sku: string, onHand: number): Promise<void>;
  fault(orderId: string, operation: string, fault: string): Promise<void>;
  publish(detail: object): Promise<void>;
}

/** Deploys an assembly, the tests' own when none is named, on the machine's clock when no other is given. */
export async function startStacks(assemblyFolder = ASSEMBLY_FOLDER, clock?: Clock): Promise<EmbeddedStacks> {
  const warnings: string[] = [];
  const embedded = await startEmbeddedAws({
    port: 0,
    kernel: clock && { clock, random: new SystemRandom() },
    warn: (line) => warnings.push(line),
  });
  const outputs = Object.values(await embedded.deploy(assemblyFolder)).find((stack) => stack.OrdersMachineArn)!;
  const call = (service: string, action: string, input: object) =>
    embedded.gateway.call(administrator(embedded.accountId), service, action, input);
  return {
    embedded,
    outputs,
    warnings,
    call,
    api: signedFetch(outputs.OrdersApiUrl!, embedded.region, async () => ({
      accessKeyId: 'local',
      secretAccessKey: 'local',
    })),
    stock: (sku, onHand) =>
      call('dynamodb', 'PutItem', {
        TableName: outputs.StockTableName,
        Item: {
          sku: { S: sku },
          name: { S: sku },
          unitPriceCents: { N: '100' },
          onHand: { N: String(onHand) },
          held: { N: '0' },
          sold: { N: '0' },
        },
      }),
    fault: (orderId, operation, fault) =>
      call('dynamodb', 'PutItem', {
        TableName: outputs.FaultsTableName,
        Item: { scope: { S: orderId }, operation: { S: operation }, fault: { S: fault } },
      }),
    publish: (detail) =>
      call('events', 'PutEvents', {
        Entries: [
          {
            EventBusName: outputs.OrderBusName,
            Source: 'test.shop',
            DetailType: 'OrderPlaced',
            Detail: JSON.stringify(detail),
          },
        ],
      }),
  };
}
