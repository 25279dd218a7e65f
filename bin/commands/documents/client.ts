import { SFNClient } from '@aws-sdk/client-sfn';
import type { IngestionOutputs } from '../outputs-file';
import { type ApiAnswer, signedFetch } from '../signed-fetch';

/** One document of a list; times are ISO 8601 in UTC. */
export interface ListedDocument {
  readonly documentId: string;
  readonly path: string;
  readonly status: string;
  /** Why it is quarantined. */
  readonly reason?: string;
  readonly isSearchable: boolean;
  readonly title?: string;
  readonly chunkCount?: number;
  readonly updatedAt: string;
}

/** The documents' API of an ingestion stack; calls are signed with the credentials of whoever types. */
export class DocumentsClient {
  private readonly api: (method: string, path: string) => Promise<ApiAnswer>;
  private readonly credentials: SFNClient;

  constructor(outputs: Pick<IngestionOutputs, 'Region' | 'SearchApiUrl'>) {
    // Any client of the SDK finds the credentials as all of them do: environment, profile, SSO, role.
    this.credentials = new SFNClient({ region: outputs.Region });
    this.api = signedFetch(outputs.SearchApiUrl, outputs.Region, this.credentials.config.credentials as any);
  }

  /** A tenant's documents by status and path, a page at a time; of one status when it is given. */
  async *list(tenant: string, status?: string): AsyncGenerator<ListedDocument> {
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ limit: '100', ...(status && { status }), ...(cursor && { cursor }) });
      const answer = await this.api('GET', `/tenants/${encodeURIComponent(tenant)}/documents?${query}`);
      if (answer.statusCode >= 300) {
        const { title, detail, message } = answer.body ?? {};
        throw new Error(`The list answered ${answer.statusCode}: ${detail ?? message ?? title ?? answer.body}`);
      }
      yield* answer.body.documents;
      cursor = answer.body.cursor;
    } while (cursor);
  }

  close(): void {
    this.credentials.destroy();
  }
}
