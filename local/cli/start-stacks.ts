import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type EmbeddedAws, startEmbeddedAws } from '../embedded-aws';
import { JournalError } from '../kernel/file-journal';
import { CommandError, type Steps } from './steps';
import { synthesize } from './synthesize';

/** Where the stacks come from and where they listen. */
export interface StartOptions {
  /** See EmbeddedAwsOptions. */
  readonly port?: number;
  /** Folder for the synthesized assembly and the outputs file. */
  readonly folder: string;
  /** A folder that was synthesized before; absent: the app is synthesized now. */
  readonly assemblyFolder?: string;
  /** Deploys nothing: the stacks come later, through the CDK's CLI. */
  readonly isEmpty?: boolean;
  /** See EmbeddedAwsOptions. */
  readonly dataFolder?: string;
  /** See EmbeddedAwsOptions. */
  readonly bedrockRequestsPerSecond?: number;
}

/** The stacks, running. */
export interface RunningStacks {
  readonly embedded: EmbeddedAws;
  readonly folder: string;
  /** In the format of `cdk deploy --outputs-file`. */
  readonly outputsFile: string;
  readonly outputs: Record<string, Record<string, string>>;
}

/** Starts the embedded AWS and deploys the synthesized stacks into it, saying each step. */
export async function startStacks(steps: Steps, options: StartOptions): Promise<RunningStacks> {
  const embedded = await listen(options);
  const outputsFile = path.join(options.folder, 'outputs.json');
  if (options.isEmpty) return { embedded, folder: options.folder, outputsFile, outputs: {} };
  const assemblyFolder = options.assemblyFolder ?? path.join(options.folder, 'cdk.out');
  if (!options.assemblyFolder) await steps.run('synthesized the stacks', () => synthesize(assemblyFolder));
  const outputs = await steps.run('deployed them to the embedded AWS', async () => {
    const deployed = await embedded.deploy(assemblyFolder);
    mkdirSync(options.folder, { recursive: true });
    writeFileSync(outputsFile, `${JSON.stringify(deployed, null, 2)}\n`);
    return deployed;
  });
  return { embedded, folder: options.folder, outputsFile, outputs };
}

async function listen({ port, dataFolder, bedrockRequestsPerSecond }: StartOptions): Promise<EmbeddedAws> {
  try {
    return await startEmbeddedAws({ port, dataFolder, bedrockRequestsPerSecond, onDataFailure });
  } catch (error) {
    if (error instanceof JournalError) throw new CommandError(error.message);
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    const { port: taken } = error as { port?: number };
    throw new CommandError(`Port ${taken} is taken: stop what listens there, or choose another with --port N.`);
  }
}

/** What was not written must not be told of: nothing is answered any more. */
function onDataFailure(error: Error): never {
  console.error(`\n${error.message}`);
  process.exit(1);
}
