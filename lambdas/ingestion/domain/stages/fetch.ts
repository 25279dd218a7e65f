import { DocumentRefused, SupersededVersion } from '../../contracts/errors';
import { LARGEST_DOCUMENT_BYTES } from '../../contracts/names';
import type { Job } from '../job';
import type { SourceStore, WorkStore } from '../object-store';
import type { StageWork } from '../run-stage';
import { workKeys } from '../work-keys';

/** What an address gave. */
export interface FetchedPage {
  readonly bytes: Uint8Array;
  readonly contentType?: string;
}

/** What Fetch works with. */
export interface FetchProps {
  readonly sources: SourceStore;
  readonly work: Pick<WorkStore, 'put'>;
  /** Gets what lies at an address of the public internet. Throws DocumentRefused. */
  readonly fetchPage: (address: string) => Promise<FetchedPage>;
}

/** A file that holds an address is no longer than this. */
const LONGEST_ADDRESS_FILE_BYTES = 4096;

/**
 * Sees that the version is there and within limits. An object of type `text/uri-list`, or named `*.url`, holds one
 * http or https address: what lies there is put into the work folder. Others are read by Parse where they lie, since
 * their version pins them. Throws DocumentRefused, SupersededVersion.
 */
export function createFetch({ sources, work, fetchPage }: FetchProps): StageWork {
  return async (job) => {
    const facts = await sources.head(job.source);
    if (!facts) throw new SupersededVersion('The version of the object is gone.');
    if (facts.sizeBytes > LARGEST_DOCUMENT_BYTES) {
      throw new DocumentRefused(
        `The document has ${facts.sizeBytes} bytes; at most ${LARGEST_DOCUMENT_BYTES} are ingested.`,
      );
    }
    if (facts.sizeBytes === 0) throw new DocumentRefused('The document is empty.');
    if (!holdsAddress(job, facts.contentType)) {
      return { ...job, fetched: { object: job.source, contentType: facts.contentType } };
    }
    const page = await fetchPage(await addressIn(sources, job, facts.sizeBytes));
    if (page.bytes.length === 0) throw new DocumentRefused('The address gave an empty document.');
    const key = workKeys.fetched(job.run);
    await work.put(key, page.bytes);
    return { ...job, fetched: { object: { key }, contentType: page.contentType } };
  };
}

function holdsAddress({ path }: Job, contentType = ''): boolean {
  return /^text\/uri-list\s*(;|$)/i.test(contentType) || path.toLowerCase().endsWith('.url');
}

async function addressIn(sources: SourceStore, { source }: Job, sizeBytes: number): Promise<string> {
  if (sizeBytes > LONGEST_ADDRESS_FILE_BYTES) {
    throw new DocumentRefused(`A file with an address has at most ${LONGEST_ADDRESS_FILE_BYTES} bytes.`);
  }
  const bytes = await sources.read(source);
  if (!bytes) throw new SupersededVersion('The version of the object is gone.');
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  const lines = Buffer.concat(pieces).toString('utf8').split(/\r?\n/);
  const addresses = lines
    // Windows' internet shortcuts have `URL=` before the address, lists of addresses have comments.
    .map((line) => line.trim().replace(/^URL=/i, ''))
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('['));
  if (addresses.length !== 1) throw new DocumentRefused(`The file holds ${addresses.length} addresses instead of one.`);
  return addresses[0]!;
}
