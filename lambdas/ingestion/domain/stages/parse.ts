import { DocumentRefused, SupersededVersion } from '../../contracts/errors';
import type { Block, ParsedFacts } from '../blocks';
import type { Job, ObjectVersion } from '../job';
import { jsonLines } from '../json-lines';
import type { SourceStore, WorkStore, WorkStreamWriter } from '../object-store';
import type { StageCall, StageWork } from '../run-stage';
import { workKeys } from '../work-keys';

/** A document's bytes and what is known of them. */
export interface ParseRequest {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly path: string;
  readonly contentType?: string;
  /** How long parsing may take, in milliseconds. */
  readonly timeLimitMs: number;
}

/** The port to the parsers. */
export interface DocumentParser {
  /** Blocks in reading order; once they are all read, the facts. Throws DocumentRefused, also while blocks are read. */
  parse(request: ParseRequest): AsyncGenerator<Block, ParsedFacts>;
}

/** What Parse works with. */
export interface ParseProps {
  readonly sources: Pick<SourceStore, 'read'>;
  readonly work: Pick<WorkStore, 'stream'> & WorkStreamWriter;
  readonly parser: DocumentParser;
}

/** What writing the blocks may still take once parsing is over. */
const TIME_TO_WRITE_MS = 10_000;

const LONGEST_TITLE = 120;

/** Turns a document into blocks, one line of JSON each. Throws DocumentRefused, SupersededVersion. */
export function createParse({ sources, work, parser }: ParseProps): StageWork {
  return async (job, call) => {
    const bytes = await bytesOf(job);
    const blocks = parser.parse({
      bytes,
      path: job.path,
      contentType: job.fetched?.contentType,
      timeLimitMs: timeFor(call),
    });
    const counted = new CountedBlocks(blocks);
    const key = workKeys.parsed(job.run);
    await work.putStream(key, jsonLines(counted.all()));
    const { facts, count } = counted;
    if (!facts || count === 0) throw new DocumentRefused('The document holds no text.');
    const title = facts.title && [...facts.title].slice(0, LONGEST_TITLE).join('');
    const { format, hasInstructions } = facts;
    return {
      ...job,
      parsed: { key, format, blockCount: count, ...(title && { title }), ...(hasInstructions && { hasInstructions }) },
    };
  };

  async function bytesOf({ fetched, source }: Job): Promise<AsyncIterable<Uint8Array>> {
    const object = fetched?.object ?? source;
    const bytes = isVersion(object) ? await sources.read(object) : await work.stream(object.key);
    if (!bytes) throw new SupersededVersion('The version of the object is gone.');
    return bytes;
  }
}

function isVersion(object: ObjectVersion | { readonly key: string }): object is ObjectVersion {
  return 'versionId' in object;
}

/** Documents of a batch share its time. */
function timeFor({ invocation, isSingle, documentCount }: StageCall): number {
  const left = Math.max(1_000, invocation.getRemainingTimeInMillis() - TIME_TO_WRITE_MS);
  return isSingle ? left : Math.max(1_000, Math.min(left, (left * 4) / documentCount));
}

class CountedBlocks {
  count = 0;
  facts: ParsedFacts | undefined;

  constructor(private readonly blocks: AsyncGenerator<Block, ParsedFacts>) {}

  async *all(): AsyncGenerator<Block> {
    for (;;) {
      const { done, value } = await this.blocks.next();
      if (done) {
        this.facts = value;
        return;
      }
      this.count += 1;
      yield value;
    }
  }
}
