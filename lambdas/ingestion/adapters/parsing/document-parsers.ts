/**
 * Parses documents of all formats, one after another; those of a batch wait for each other, so that one document's bytes are in memory.
 * Plain text is read as it comes, however long. Others go to a thread with a capped heap, which is kept for the next document
 * unless one died in it or was refused.
 */
import type { Clock } from '../../../shared/clock';
import { DocumentRefused } from '../../contracts/errors';
import type { Block, ParsedFacts } from '../../domain/blocks';
import { blockText } from '../../domain/blocks/block-text';
import { hasInstructions } from '../../domain/blocks/instructions';
import type { DocumentParser, ParseRequest } from '../../domain/stages/parse';
import { type Format, formatOf } from './format-of';
import { PARSING_LIMITS } from './limits';
import { ParsingWorker } from './parsing-worker';
import { parseText } from './text/parse-text';

/** What parsing works with. */
export interface DocumentParsersProps {
  /** The JavaScript file that holds parsing-thread.ts. In a function's bundle: `__filename`. */
  readonly threadFile: string;
  readonly clock: Clock;
  /** @default PARSING_LIMITS.heapMb */
  readonly heapMb?: number;
}

const START_BYTES = 1024;

/** Makes the parsers of a function. `end` ends the thread, if there is one. */
export function createDocumentParsers(props: DocumentParsersProps): DocumentParser & { end(): void } {
  let worker: ParsingWorker | undefined;
  let last: Promise<void> = Promise.resolve();

  async function* parse({ bytes, path, contentType, timeLimitMs }: ParseRequest): AsyncGenerator<Block, ParsedFacts> {
    const { start, all } = await peek(bytes);
    if (start.length === 0) throw new DocumentRefused('The document is empty.');
    const format = formatOf({ path, contentType, start });
    const limitedBytes = limited(all, format);
    if (format === 'text') return yield* inspected(parseText(limitedBytes));
    const turn = waitForTurn();
    try {
      await turn.mine;
      if (!worker || worker.isOver) worker = new ParsingWorker(props);
      const document = { format, bytes: await collect(limitedBytes), timeLimitMs };
      const facts = yield* inspected(worker.parse(document));
      return { ...facts, format };
    } finally {
      turn.done();
    }
  }

  function waitForTurn(): { mine: Promise<void>; done: () => void } {
    const mine = last;
    let done = () => {};
    last = new Promise((resolve) => {
      done = resolve;
    });
    return { mine, done };
  }

  return { parse, end: () => worker?.end() };
}

/** Adds what every document is looked at for: its first heading as title, phrases that instruct, whether there is any text. */
async function* inspected<F extends { title?: string }>(
  blocks: AsyncGenerator<Block, F>,
): AsyncGenerator<Block, F & { hasInstructions: boolean }> {
  let heading: string | undefined;
  let isInstructing = false;
  let isEmpty = true;
  for (;;) {
    const { done, value } = await blocks.next();
    if (done) {
      if (isEmpty) throw new DocumentRefused('The document holds no text.');
      return { ...value, title: value.title || heading, hasInstructions: isInstructing };
    }
    isEmpty = false;
    if (value.kind === 'heading') heading ??= value.text;
    isInstructing ||= hasInstructions(blockText(value));
    yield value;
  }
}

async function peek(bytes: AsyncIterable<Uint8Array>): Promise<{ start: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const rest = bytes[Symbol.asyncIterator]();
  while (length < START_BYTES) {
    const { done, value } = await rest.next();
    if (done) break;
    // Copied: a stream may use its buffer again.
    pieces.push(Uint8Array.from(value));
    length += value.length;
  }
  const start = Buffer.concat(pieces);
  const all = (async function* () {
    yield start;
    yield* { [Symbol.asyncIterator]: () => rest };
  })();
  return { start, all };
}

async function* limited(bytes: AsyncIterable<Uint8Array>, format: Format): AsyncGenerator<Uint8Array> {
  const limit = PARSING_LIMITS.bytes[format];
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > limit) {
      throw new DocumentRefused(`A document of format ${format} has at most ${limit} bytes; this one has more.`);
    }
    yield piece;
  }
}

/** All the bytes, in a buffer of their own that can be handed to a thread. */
async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    pieces.push(Uint8Array.from(piece));
    length += piece.length;
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
