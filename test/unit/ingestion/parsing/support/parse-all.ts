import { createDocumentParsers } from '../../../../../lambdas/ingestion/adapters/parsing/document-parsers';
import type { Block, ParsedFacts } from '../../../../../lambdas/ingestion/domain/blocks';
import type { DocumentParser } from '../../../../../lambdas/ingestion/domain/stages/parse';
import { systemClock } from '../../../../../lambdas/shared/clock';
import { bundleThread } from './thread-bundle';

/** What a document gave. */
export interface Parsed {
  readonly blocks: Block[];
  readonly facts: ParsedFacts;
}

/** Parsers with a real thread, for one test file. */
export interface TestParsers {
  readonly parser: DocumentParser;
  /** Parses bytes or text under a name. */
  parse(
    path: string,
    content: Uint8Array | string,
    options?: { contentType?: string; timeLimitMs?: number },
  ): Promise<Parsed>;
  end(): void;
}

/** Bundles the thread and makes parsers that use it. */
export function testParsers(settings: { heapMb?: number } = {}): TestParsers {
  const bundle = bundleThread();
  const parser = createDocumentParsers({ threadFile: bundle.file, clock: systemClock, ...settings });
  return {
    parser,
    parse: (path, content, options = {}) =>
      readAll(parser, { path, bytes: inPieces(content), timeLimitMs: 40_000, ...options }),
    end() {
      parser.end();
      bundle.remove();
    },
  };
}

/** Reads blocks to the end. */
export async function readAll(
  parser: DocumentParser,
  request: Parameters<DocumentParser['parse']>[0],
): Promise<Parsed> {
  const blocks: Block[] = [];
  const reading = parser.parse(request);
  for (;;) {
    const { done, value } = await reading.next();
    if (done) return { blocks, facts: value };
    blocks.push(value);
  }
}

/** Bytes as a stream gives them, in pieces that do not respect characters. */
async function* inPieces(content: Uint8Array | string): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let at = 0; at < bytes.length; at += 65_521) yield bytes.subarray(at, at + 65_521);
}
