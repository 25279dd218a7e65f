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
    const next = await blocks.next();
    if (next.done) {
      // Facts go alone; the generator has ended and says so again.
      if (batch.length === 0) return { type: 'done', facts: next.value };
      pendingFacts.set(blocks, next.value);
      break;
    }
    batch.push(next.value);
    characters += blockText(next.value).length;
  }
  return { type: 'blocks', blocks: batch };
}
