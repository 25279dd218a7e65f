import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Memory of this process in bytes, once what nobody holds is gone. */
export interface CollectedMemory {
  /** JavaScript objects of the main thread: the services and the engine. */
  readonly heapBytes: number;
  /** What the heap takes of the system for them. */
  readonly heapTotalBytes: number;
  /** What lies outside the heap and belongs to it: bodies of objects, numbers of vectors. */
  readonly bufferBytes: number;
  /** All of the process, the threads of functions too; the system gets back only part of what was freed. */
  readonly residentBytes: number;
}

/** Collects garbage, and measures what remains. */
export function collectedMemory(): CollectedMemory {
  // Node.js gives the collector only to those who ask for it at the start, or so.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, heapTotal, external, rss } = process.memoryUsage();
  return { heapBytes: heapUsed, heapTotalBytes: heapTotal, bufferBytes: external, residentBytes: rss };
}
