import { SFNClient } from '@aws-sdk/client-sfn';
import type { IngestionOutputs } from '../outputs-file';
import { type ApiAnswer, signedFetch } from '../signed-fetch';

/** A passage that a search found. */
export interface Passage {
  readonly documentId: string;
  readonly path: string;
  /** Titles of the headings above it, outermost first. */
  readonly heading: readonly string[];
  readonly text: string;
  /** 1 minus the distance: 1 is the same. */
  readonly score: number;
  readonly chunkId: string;
  readonly position: number;
  /** The document holds phrases that try to instruct a reader that is a model. */
  readonly hasInstructions?: boolean;
}

/** What somebody looks for. */
export interface Query {
  readonly tenant: string;
  readonly words: string;
  /** How many passages at the most; the API has a number of its own when it is left out. */
  readonly k?: number;
  /** Only passages of this document. */
  readonly path?: string;
}

/** The search of a deployed ingestion stack; calls are signed with the credentials of whoever types. */
export class SearchClient {
  private readonly api: (method: string, path: string) => Promise<ApiAnswer>;
  private readonly credentials: SFNClient;

  constructor(outputs: Pick<IngestionOutputs, 'Region' | 'SearchApiUrl'>) {
    // Any client of the SDK finds the credentials as all of them do: environment, profile, SSO, role.
    this.credentials = new SFNClient({ region: outputs.Region });
    this.api = signedFetch(outputs.SearchApiUrl, outputs.Region, this.credentials.config.credentials as any);
  }

  /** The passages nearest to words, the best first. Throws an Error with what the API says is wrong. */
  async search({ tenant, words, k, path }: Query): Promise<Passage[]> {
    const parameters = Object.entries({ q: words, k, path }).filter(([, value]) => value !== undefined);
    // Not URLSearchParams: its + for a space is another text to who checks the signature.
    const query = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value!)}`).join('&');
    const answer = await this.api('GET', `/tenants/${encodeURIComponent(tenant)}/search?${query}`);
    if (answer.statusCode < 300) return answer.body.results;
    const { title, detail, message, errors } = answer.body ?? {};
    const faults = (errors ?? []).map((fault: any) => `\n  ${fault.pointer ?? ''}: ${fault.detail}`).join('');
    throw new Error(`The search answered ${answer.statusCode}: ${detail ?? message ?? title ?? answer.body}${faults}`);
  }

  close(): void {
    this.credentials.destroy();
  }
}
