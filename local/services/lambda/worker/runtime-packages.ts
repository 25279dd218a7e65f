import Module from 'node:module';

/** What the Node.js runtimes of Lambda bring along: the AWS SDK v3. */
const OF_RUNTIME = /^@(aws-sdk|smithy)\//;

type Resolve = (request: string, parent: unknown, isMain: boolean, options?: { paths: string[] }) => string;

/**
 * Gives functions that do not bundle the AWS SDK the one of the runtime: here those of its packages that are installed beside the
 * embedded AWS, as seen from `folder`. A bundle's own packages come first, as on AWS.
 */
export function offerRuntimePackages(folder: string): void {
  const modules = Module as unknown as { _resolveFilename: Resolve };
  const own = modules._resolveFilename;
  modules._resolveFilename = function (request, parent, isMain, options) {
    try {
      return own.call(this, request, parent, isMain, options);
    } catch (error) {
      if (!OF_RUNTIME.test(request)) throw error;
      try {
        return own.call(this, request, parent, isMain, { paths: [folder] });
      } catch {
        throw error;
      }
    }
  };
}
