/**
 * An embedded AWS in a process of its own, for the bench: says its URL to the process that forked it, fills itself and tells its memory when asked,
 * and ends with its parent.
 */
import { startEmbeddedAws } from '../../../embedded-aws';
import { collectedMemory } from '../collected-memory';
import { FILLINGS, type Filling } from './fillings';

/** What the parent asks. */
export type Question = { readonly fill: Filling; readonly count: number; readonly roleArn: string } | 'memory';

/** What the parent is told: the URL once, then an answer to each question. */
export type Answer = { readonly url: string } | { readonly heapBytes: number; readonly bufferBytes: number } | 'filled';

async function serve(): Promise<void> {
  const embedded = await startEmbeddedAws({ port: 0 });
  const tell = (answer: Answer) => process.send!(answer);
  process.once('disconnect', () => process.exit(0));
  process.on('message', async (question: Question) => {
    if (question === 'memory') {
      const { heapBytes, bufferBytes } = collectedMemory();
      tell({ heapBytes, bufferBytes });
      return;
    }
    await FILLINGS[question.fill](embedded.gateway, question.count, question.roleArn);
    tell('filled');
  });
  tell({ url: embedded.url });
}

void serve();
