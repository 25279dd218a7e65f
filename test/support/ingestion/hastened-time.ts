/**
 * Owns time that passes faster than the machine's: for the clock of an embedded AWS, and for functions that mostly
 * wait. A function that works at its own speed must not run while the clock is hastened: its time would be up early.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LeapingClock } from '../../../local/kernel/leaping-clock';

/** How often a hastened clock leaps, in milliseconds of the machine. */
const STEP_MS = 5;

/** A clock that goes on as the machine's does, and `factor` times as fast while somebody waits. */
export class HastenedClock extends LeapingClock {
  private steps: NodeJS.Timeout | undefined;
  private waiting = 0;

  constructor(readonly factor: number) {
    super();
  }

  /** Time passes fast while this work goes on. */
  async during<T>(work: () => Promise<T> | T): Promise<T> {
    this.waiting += 1;
    if (this.waiting === 1) this.hasten();
    try {
      return await work();
    } finally {
      this.waiting -= 1;
      if (this.waiting === 0) clearInterval(this.steps);
    }
  }

  private hasten(): void {
    let before = Date.now();
    this.steps = setInterval(() => {
      const passed = Date.now() - before;
      before += passed;
      this.leap(passed * (this.factor - 1));
    }, STEP_MS);
    this.steps.unref();
  }
}

/**
 * A copy of an assembly in a folder of its own, in which the functions whose logical id contains `name` live `factor` times
 * as fast: `Date`, timers under a second, and their remaining time. Their bundles are otherwise those of the assembly.
 */
export function hastenedAssembly(assemblyFolder: string, name: string, factor: number): string {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'stepwright-hastened-')), 'cdk.out');
  cpSync(assemblyFolder, folder, { recursive: true });
  const bundles = new Set(readdirSync(folder).flatMap((file) => bundlesOf(path.join(folder, file), name)));
  if (bundles.size === 0) throw new Error(`No function of ${assemblyFolder} has ${name} in its logical id.`);
  for (const bundle of bundles) {
    const file = path.join(folder, `asset.${bundle}`, 'index.js');
    writeFileSync(file, `"use strict";(${hastenThread})(${factor});\n${readFileSync(file, 'utf8')}`);
  }
  return folder;
}

function bundlesOf(file: string, name: string): string[] {
  if (!file.endsWith('.template.json')) return [];
  const { Resources } = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, any> };
  return Object.entries(Resources)
    .filter(([logicalId, { Type }]) => Type === 'AWS::Lambda::Function' && logicalId.includes(name))
    .map(([, { Properties }]) => Properties.Code.S3Key.replace(/\.zip$/, ''));
}

/** Runs in the function's thread, before its bundle; it is handed over as text. */
const hastenThread = `function (factor) {
  const machineNow = performance.now.bind(performance);
  const givenNow = Date.now;
  const GivenDate = Date;
  // What the runtime says the time is, less the machine's: it changes with each invocation, which begins anew from there.
  let offset = Number.NaN;
  let begun = 0;
  const now = () => {
    const at = machineNow();
    if (!(Math.abs(givenNow() - at - offset) < 5)) {
      offset = givenNow() - at;
      begun = at;
    }
    return Math.round(offset + begun + (at - begun) * factor);
  };
  globalThis.Date = class extends GivenDate {
    constructor(...values) {
      if (values.length === 0) super(now());
      else super(...values);
    }
    static now() {
      return now();
    }
  };
  performance.now = () => machineNow() * factor;
  for (const name of ['setTimeout', 'setInterval']) {
    const wait = globalThis[name];
    // What is longer says how long a client waits for an answer, and the machine answers no faster.
    globalThis[name] = (task, delay = 0, ...values) => wait(task, delay < 1000 ? delay / factor : delay, ...values);
  }
}`;
