import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Figures } from './figures';

const COMPARISON = '../shared/conformance/bench.mjs';

/**
 * Throughput of the engine's endpoint beside a server that answers at once and runs nothing, by the corpus's own
 * comparison; left out, and said so, where the corpus does not lie beside the repository.
 */
export async function measureHttpRatio(figures: Figures): Promise<void> {
  if (!existsSync(COMPARISON)) {
    console.log(`No ${COMPARISON}: the engine is not compared with an empty server.`);
    return;
  }
  const engine = spawn(process.execPath, ['--import', 'tsx', 'local/cli/engine.ts', '--port', '0']);
  try {
    const endpoint = await firstUrl(engine.stdout);
    const text = await outputOf(COMPARISON, endpoint);
    const ratio = (row: string) => Number(new RegExp(`^${row}:.*ratio ([\\d.]+)`, 'm').exec(text)?.[1] ?? Number.NaN);
    figures.atLeast('engine over HTTP, sequential, beside an empty server', ratio('sequential'), 0.6, '');
    figures.atLeast('engine over HTTP, 50 concurrent, beside an empty server', ratio('50 concurrent'), 0.45, '');
  } finally {
    engine.kill();
  }
}

function firstUrl(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve) => {
    createInterface({ input: output }).on('line', (line) => {
      const url = /http:\/\/\S+/.exec(line)?.[0];
      if (url) resolve(url);
    });
  });
}

function outputOf(script: string, endpoint: string): Promise<string> {
  const child = spawn(process.execPath, [script, endpoint], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.once('error', reject).once('close', () => resolve(text));
  });
}
