/**
 * The side of the parsing thread: parses one document at a time, a batch of blocks for each request. A bundle that holds this file is
 * both the function and, loaded by a worker with PARSING_ROLE, the thread. It has no environment and so no credentials.
 */
import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { DocumentRefused } from '../../contracts/errors';
import type { Block } from '../../domain/blocks';
import { blockText } from '../../domain/blocks/block-text';
import { PARSING_LIMITS } from './limits';
import { parserOf } from './parser-of';
import { type FromThread, PARSING_ROLE, type ThreadFacts, type ToThread } from './thread-protocol';

/** Whether this code runs in a parsing thread: a function's file then makes no handler. */
export const isParsingThread = !isMainThread && workerData?.role === PARSING_ROLE;

/** A batch is sent when it has so many characters. */
const BATCH_CHARACTERS = 128 * 1024;

type Blocks = AsyncGenerator<Block, ThreadFacts>;

function serve(port: MessagePort): void {
  let open: Blocks | undefined;
  port.on('message', async (message: ToThread) => {
    if (message.type === 'parse') open = limited(parserOf(message.format)(message.bytes));
    const answer = await nextBatch(open!).catch(refusalOf);
    port.postMessage(answer);
  });
  port.postMessage({ type: 'ready' } satisfies FromThread);
}

async function nextBatch(blocks: Blocks): Promise<FromThread> {
  const batch: Block[] = [];
  let characters = 0;
  while (characters < BATCH_CHARACTERS) {
    const { done, value } = await blocks.next();
    if (done) return { type: 'batch', blocks: batch, facts: value };
    batch.push(value);
    characters += blockText(value).length;
  }
  return { type: 'batch', blocks: batch };
}

/** Ends a document that gives more text than it may. */
async function* limited(blocks: Blocks): Blocks {
  let characters = 0;
  for (;;) {
    const { done, value } = await blocks.next();
    if (done) return value;
    characters += blockText(value).length;
    if (characters > PARSING_LIMITS.outputCharacters) {
      throw new DocumentRefused(`The document gives more than ${PARSING_LIMITS.outputCharacters} characters of text.`);
    }
    yield value;
  }
}

/** Whatever a parser throws is the document's fault. Its message may quote the document and stays here. */
function refusalOf(error: unknown): FromThread {
  if (error instanceof DocumentRefused) return { type: 'refused', reason: error.message };
  if (error instanceof RangeError) {
    const isStack = error.message.includes('call stack');
    return { type: 'refused', reason: `The document ${isStack ? 'nests too deeply' : 'needs too much memory'}.` };
  }
  const name = error instanceof Error ? error.name : 'Error';
  return { type: 'refused', reason: `The document is broken: its parser gave up with ${name.slice(0, 40)}.` };
}

if (isParsingThread) serve(parentPort!);
