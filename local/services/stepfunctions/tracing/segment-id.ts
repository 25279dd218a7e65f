import { createHash } from 'node:crypto';

/**
 * The id of a segment or subsegment: of the execution as a whole, or of what one of its events begins. It follows from the
 * execution alone, so that a task can name it before the segment is written, in another process too.
 */
export function segmentId(executionArn: string, eventId?: number): string {
  return createHash('sha256')
    .update(`${executionArn} ${eventId ?? 'execution'}`)
    .digest('hex')
    .slice(0, 16);
}
