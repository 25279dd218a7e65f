import { DurableMap } from '../../../local/kernel/durable-map';
import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { type CloudFormationService, createCloudFormationService } from '../../../local/services/cloudformation/router';
import { AwsError } from '../../../local/wire/aws-error';
import { administrator, Gateway } from '../../../local/wire/gateway';
import type { Host } from '../../../local/wire/host';
import type { ResourceProvider } from '../../../local/wire/resource-provider';
import type { Service } from '../../../local/wire/service';
import { MemoryJournal } from '../../support/memory-journal';

/** The function behind custom resources. */
export const TOKEN = 'arn:aws:lambda:us-east-1:000000000000:function:maker';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** One process of an account: what it has made is on its shelf, by physical id. */
export interface Life {
  readonly cloudFormation: CloudFormationService;
  readonly shelf: ReadonlyMap<string, any>;
  call(action: string, input: object): Promise<any>;
  /** The journal as a kill would leave it, for each moment at which something became durable. */
  readonly moments: MemoryJournal[];
}

/** Resources take different times. */
async function turns(logicalId: string): Promise<void> {
  for (let count = 0; count < (logicalId.charCodeAt(0) % 3) + 1; count++) await turn();
}

let starts = 0;

/**
 * A process over a journal: CloudFormation with things that take a turn to be made, changed or deleted (`Shop::Thing`; with another name
 * they are replaced), and custom resources, whose function works and answers turns later and is called again if it was cut short. Things
 * with `Fails` are refused. Settles when what an earlier process left under way has come to its end.
 */
export async function live(journal = new MemoryJournal()): Promise<Life> {
  const kernel = { clock: new SimulatedClock(), random: new SeededRandom(++starts) };
  const gateway = new Gateway({ kernel, journal, warn: () => undefined });
  gateway.boundTo('http://127.0.0.1:1');
  const shelf = new DurableMap<any>(journal, 'shop.things');
  const cloudFormation = createCloudFormationService(gateway, () => gateway.registered);
  gateway.register(shop(shelf), maker(gateway, shelf), cloudFormation);
  const moments: MemoryJournal[] = [];
  journal.onCommit = () => moments.push(journal.killed());
  await gateway.resume();
  await cloudFormation.takeUpOperations();
  const call = (action: string, input: object) =>
    gateway.call(administrator(gateway.accountId), 'cloudformation', action, input);
  return { cloudFormation, shelf, call, moments };
}

function shop(shelf: Map<string, any>): Service {
  const thing: ResourceProvider = {
    type: 'Shop::Thing',
    properties: { Name: 'emulated', Size: 'number', Fails: 'emulated' },
    async create(properties, context) {
      await turns(context.logicalId);
      if (properties.Fails) throw new AwsError('InvalidThing', `${context.logicalId} cannot be made`);
      const id = properties.Name ?? context.generateName(40);
      if (shelf.has(id)) throw new AwsError('ThingAlreadyExists', `${id} is there`);
      shelf.set(id, properties);
      return { physicalId: id };
    },
    async update(id, properties, previous, context) {
      if (properties.Name !== previous.Name) return this.create(properties, context);
      await turns(context.logicalId);
      if (properties.Fails) throw new AwsError('InvalidThing', `${context.logicalId} cannot be changed`);
      shelf.set(id, properties);
      return { physicalId: id };
    },
    async delete(id, _properties, context) {
      await turns(context.logicalId);
      if (!shelf.delete(id)) throw new AwsError('ThingNotFound', `no ${id}`);
    },
  };
  return { name: 'shop', protocols: [], actions: {}, resources: [thing] };
}

/** A Lambda that keeps its asynchronous events until they are done with, as the embedded one does. */
function maker(host: Host, shelf: Map<string, any>): Service {
  const events = new DurableMap<any>(host.journal, 'maker.events');
  const work = async (id: string, event: any) => {
    await turn();
    const { RequestType, ResourceProperties, ResponseURL } = event;
    const PhysicalResourceId = `made-${ResourceProperties.Name}`;
    if (RequestType === 'Delete') shelf.delete(event.PhysicalResourceId);
    else shelf.set(PhysicalResourceId, { Size: ResourceProperties.Size });
    await turn();
    const Body = Buffer.from(JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId }));
    const Signature = new URL(ResponseURL).searchParams.get('X-Amz-Signature');
    const caller = administrator(host.accountId);
    await host.call(caller, 'cloudformation', 'PutCustomResourceResponse', { Signature, Body }).catch(() => undefined);
    events.delete(id);
  };
  return {
    name: 'lambda',
    protocols: [],
    actions: {
      Invoke: {
        handle: ({ Payload }) => {
          const event = JSON.parse(Payload);
          events.set(event.RequestId, event);
          void work(event.RequestId, event);
        },
      },
    },
    resume: () => {
      for (const [id, event] of events) void work(id, event);
    },
  };
}
