import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

/**
 * Bundles a handler file into one minified CommonJS file, `index.js`, with everything in it, the AWS SDK included.
 * The same input gives the same bytes, and the asset's hash is that of the output: a deployment touches only functions
 * whose code changed. Throws an Error when the file does not exist, does not bundle, or weighs more than it may. See docs/decisions/bundling.md.
 */
export function handlerBundle(entry: string, limitBytes = BUNDLE_LIMIT_BYTES): Code {
  if (!existsSync(entry)) throw new Error(`There is no handler file ${entry}.`);
  return Code.fromAsset(path.dirname(entry), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // The CDK caches staged assets by these options, of which functions are no part: the command tells the entries apart.
      image: DockerImage.fromRegistry('unused'),
      command: ['esbuild', path.basename(entry)],
      local: {
        tryBundle(outputDir) {
          bundle(entry, path.join(outputDir, 'index.js'), limitBytes);
          return true;
        },
      },
    },
  });
}

/** What a function may weigh: its cold start grows with every byte that is read. */
export const BUNDLE_LIMIT_BYTES = 450_000;

/** The SDK's own credential chain is a quarter of a bundle, and Lambda needs one link of it. */
const ENVIRONMENT_CREDENTIALS = path.resolve(__dirname, '../../lambdas/shared/aws/environment-credentials.ts');

/** By folder of handlers: where their bundles lie. */
const bundled = new Map<string, string>();

function bundle(entry: string, outfile: string, limitBytes: number): void {
  const folder = path.dirname(path.resolve(entry));
  let bundles = bundled.get(folder);
  if (bundles === undefined) {
    bundles = bundleAll(folder);
    bundled.set(folder, bundles);
  }
  const built = path.join(bundles, `${path.basename(entry, '.ts')}.js`);
  const { size } = statSync(built);
  if (size > limitBytes) {
    throw new Error(
      `The bundle of ${entry} has ${size} bytes, more than ${limitBytes}: see with esbuild's --analyze what it imports.`,
    );
  }
  copyFileSync(built, outfile);
}

/**
 * Bundles all handlers of a folder in one run, each as if alone: what they share is read once, which takes half the time.
 * Node 20 is the oldest that the embedded AWS runs on; Lambda runs Node 24.
 */
function bundleAll(folder: string): string {
  const outdir = mkdtempSync(path.join(tmpdir(), 'stepwright-bundles-'));
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  buildSync({
    entryPoints: readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.join(folder, name)),
    outdir,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // The ES modules of the SDK can be shaken; its CommonJS cannot: half the size, half the cold start.
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': ENVIRONMENT_CREDENTIALS },
    legalComments: 'none',
    logLevel: 'error',
  });
  return outdir;
}
