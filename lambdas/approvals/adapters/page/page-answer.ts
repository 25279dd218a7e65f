import type { RequestView } from '../../domain/page-service';
import type { Markup } from '../wording/markup';

/** One answer of the page. */
export interface PageAnswer {
  readonly status: number;
  readonly body: Markup;
  /** What happened, in a fixed word, for the log. */
  readonly outcome: string;
  /** The request that is shown; absent where nothing of one is. */
  readonly about?: Pick<RequestView, 'requestId' | 'correlationId'>;
  readonly headers?: Readonly<Record<string, string>>;
}
