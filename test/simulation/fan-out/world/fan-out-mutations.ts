import { NEW_SECRET } from './fake-targets';
import type { FanOutMutation } from './fan-out-world';

/** The states around a target, in the definition. */
function targetStates(definition: any): any {
  return definition.States.DeliverEvent.ItemProcessor.States.GuardDelivery.Branches[0].States;
}

/** Mistakes planted on purpose: the words say what becomes of them. */
export const MUTATIONS: Readonly<Record<string, { readonly mutation: FanOutMutation; readonly found: RegExp }>> = {
  'nothing is parked': {
    mutation: {
      definition: (definition) => {
        targetStates(definition).ParkDelivery = { Type: 'Pass', Next: 'RecordParked' };
      },
    },
    found: /is lost|and not parked/,
  },
  'a run that died is not noticed': { mutation: { idle: ['CheckDeliveries'] }, found: /is lost/ },
  'a delivery is sent whatever its row says': {
    mutation: {
      records: (records) => ({
        ...records,
        claim: async (...parameters) => {
          const claim = await records.claim(...parameters);
          return claim.kind === 'claimed' ? claim : { kind: 'claimed', isUncertain: false };
        },
      }),
    },
    found: /was taken \d+ times/,
  },
  'an attempt that got no answer counts as answered': {
    mutation: {
      records: (records) => ({
        ...records,
        release: (key, owner) => records.release(key, owner, { mayHaveLanded: false }),
      }),
    },
    found: /was taken \d+ times/,
  },
  'a row is settled before the target has the event': {
    mutation: {
      records: (records) => ({
        ...records,
        claim: async (key, owner, untilMs) => {
          const claim = await records.claim(key, owner, untilMs);
          if (claim.kind === 'claimed') await records.settle(key, { status: 'delivered' });
          return claim;
        },
      }),
    },
    found: /is lost/,
  },
  'only the current secret signs': {
    mutation: {
      secrets: (secrets) => ({
        live: async () => (await secrets.live()).slice(0, 1),
        refresh: async () => (await secrets.refresh()).slice(0, 1),
      }),
    },
    found: /was not signed/,
  },
  'a new secret is used at once': {
    mutation: { secrets: () => ({ live: async () => [NEW_SECRET], refresh: async () => [NEW_SECRET] }) },
    found: /was not signed/,
  },
  'a parked row is not opened again': {
    mutation: { records: (records) => ({ ...records, reopen: async () => undefined }) },
    found: /is lost/,
  },
};
