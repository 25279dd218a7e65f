import { existsSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WorkerSettings } from './protocol';

/** A Lambda handler of any style. */
export type Handler = (
  event: unknown,
  context: object,
  callback?: (error?: unknown, result?: unknown) => void,
) => unknown;

/** A failure before the first invocation; `name` is the `errorType` of AWS's Node.js runtime. */
export class InitError extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

const CALLBACKS_REMOVED =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify ' +
  'this function to use a supported handler signature to use Node.js 24 or later.';

/**
 * Loads `file.export` (`folder/file.outer.inner`) from the bundle as the runtime of Lambda does. Throws InitError with
 * AWS's names: Runtime.MalformedHandlerName, Runtime.ImportModuleError, Runtime.UserCodeSyntaxError, Runtime.HandlerNotFound,
 * Runtime.CallbackHandlerDeprecated. Whatever the bundle itself throws passes through.
 */
export async function loadHandler(settings: WorkerSettings): Promise<Handler> {
  const { handler } = settings;
  const match = /^([^.]*)\.(.+)$/.exec(basename(handler));
  if (!match || handler.includes('..')) throw new InitError('Runtime.MalformedHandlerName', 'Bad handler');
  const moduleName = join(dirname(handler), match[1]!);
  const exported = await loadModule(settings, moduleName);
  const found = match[2]!.split('.').reduce((value: any, key) => value?.[key], exported);
  if (found === undefined) {
    throw new InitError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') throw new InitError('Runtime.HandlerNotFound', `${handler} is not a function`);
  if (settings.runtimeMajor >= 24 && found.length >= 3) {
    throw new InitError('Runtime.CallbackHandlerDeprecated', CALLBACKS_REMOVED);
  }
  return found as Handler;
}

async function loadModule(settings: WorkerSettings, moduleName: string): Promise<unknown> {
  if (settings.inlineSource !== undefined) return compileInline(settings.inlineSource, moduleName);
  const path = join(settings.folder!, moduleName);
  try {
    if (existsSync(`${path}.mjs`)) return await import(pathToFileURL(`${path}.mjs`).href);
    const extension = ['.js', '.cjs', ''].find((candidate) => existsSync(path + candidate));
    if (extension === undefined) {
      throw new InitError(
        'Runtime.ImportModuleError',
        `Error: Cannot find module '${moduleName}'\nRequire stack:\n- bootstrap`,
      );
    }
    return createRequire(`${path}.js`)(path + extension);
  } catch (error) {
    throw importError(error);
  }
}

/** `ZipFile` source is `index.js` of the bundle. */
function compileInline(source: string, moduleName: string): unknown {
  if (moduleName !== 'index') {
    throw new InitError(
      'Runtime.ImportModuleError',
      `Error: Cannot find module '${moduleName}'\nRequire stack:\n- bootstrap`,
    );
  }
  const filename = '/var/task/index.js';
  const module = new Module(filename) as any;
  module.filename = filename;
  try {
    module._compile(source, filename);
  } catch (error) {
    throw importError(error);
  }
  return module.exports;
}

function importError(error: unknown): unknown {
  if (error instanceof SyntaxError) {
    return Object.assign(new InitError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`), {
      stack: error.stack,
    });
  }
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'MODULE_NOT_FOUND') {
    return new InitError('Runtime.ImportModuleError', `Error: ${(error as Error).message}`);
  }
  return error;
}
