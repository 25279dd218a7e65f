import type { RestXmlProtocol } from '../../../wire/service';
import type { S3 } from '../s3';
import { checkPresigned } from './presigned';
import { readRequest } from './read-request';
import { writeAnswer, writeRefusal } from './write-answer';

/** S3 on the wire: path style, bodies of any size, presigned URLs. */
export function s3Protocol(s3: S3): RestXmlProtocol {
  return {
    kind: 'rest-xml',
    takesUnsigned: (rawPath) => s3.store.bucket(/^\/([a-z0-9.-]+)/.exec(rawPath)?.[1] ?? '') !== undefined,
    read: async (request) => {
      checkPresigned(request.query, s3.host.kernel.clock.now());
      return readRequest(request);
    },
    write: writeAnswer,
    writeError: writeRefusal,
  };
}
