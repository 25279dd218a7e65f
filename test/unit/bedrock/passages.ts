import { SeededRandom } from '../../../local/kernel/random';

const THINGS =
  `order parcel invoice carrier refund customer payment warehouse shipment receipt contract manager approval
  deadline budget link letter queue message schedule alarm metric function role policy key bucket document table index
  stream event rule target retry timeout failure recovery backup region network firewall certificate password session
  server client browser page button form field report chart dashboard incident engineer runbook rotation holiday meeting
  salary laptop monitor keyboard office kitchen elevator garage bicycle train ticket hotel passport visa translator
  supplier factory machine engine battery cable sensor robot camera printer paper folder archive library museum garden
  river bridge tunnel harbour vessel container crane truck driver licence insurance accident hospital nurse medicine
  patient allergy recipe bread cheese coffee orchard apple harvest weather storm lightning flood drought forest wildlife`.split(
    /\s+/,
  );
const DOINGS =
  `accepts rejects stores deletes replaces inspects measures repairs delivers forwards cancels confirms signs
  checks counts compares protects encrypts publishes archives restores schedules notifies invites rewards audits approves
  transports collects sorts labels cleans paints rents returns borrows`.split(/\s+/);
const WAYS = `quickly slowly twice daily weekly yearly quietly remotely manually automatically carefully rarely always
  locally abroad outdoors underground overnight beforehand afterwards`.split(/\s+/);

/** Passages of six sentences from one vocabulary, so that each shares words with many others; always the same ones. */
export function passages(count: number): string[] {
  const random = new SeededRandom('passages');
  const one = (words: string[]) => words[Math.floor(random.next() * words.length)]!;
  const sentence = () =>
    `The ${one(THINGS)} of the ${one(THINGS)} ${one(DOINGS)} a ${one(THINGS)} ${one(WAYS)} before the ${one(THINGS)} ${one(DOINGS)} it.`;
  return Array.from({ length: count }, () => Array.from({ length: 6 }, sentence).join(' '));
}
