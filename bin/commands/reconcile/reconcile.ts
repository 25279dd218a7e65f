import { writeFileSync } from 'node:fs';
import { ProgressBar } from '../ingest/progress-bar';
import { readIngestionOutputs } from '../outputs-file';
import { awaitRepairs } from './await-repairs';
import { openStores } from './aws-stores';
import { findGhosts } from './find-ghosts';
import { asJson, renderFindings, renderRepair } from './render';
import { repairGhosts } from './repair-ghosts';

/** What somebody typed. */
export interface ReconcileOptions {
  /** File of `cdk deploy --outputs-file`. */
  readonly outputs: string;
  readonly tenant?: string;
  readonly repair?: boolean;
  /** File for the findings. */
  readonly json?: string;
}

/** Ingesting a long document again takes longer; the command does not wait for it for ever. */
const PATIENCE_MS = 120_000;

/** Finds ghosts and prints them; repairs them when asked to. Gives the exit code: 0 all is well or repaired, 1 not. */
export async function reconcile({ outputs, tenant, repair, json }: ReconcileOptions): Promise<0 | 1> {
  const stores = openStores(readIngestionOutputs(outputs));
  const write = (value: object) => json && writeFileSync(json, `${JSON.stringify(value, null, 2)}\n`);
  try {
    const props = { ...stores, now: () => Date.now() };
    const findings = await findGhosts(props, tenant);
    console.log(renderFindings(findings));
    write(asJson(findings));
    const isWell = findings.orphans.length === 0 && findings.broken.length === 0;
    if (isWell || !repair) return isWell ? 0 : 1;
    const done = await repairGhosts(props, findings);
    const handedOver = [...done.ingested, ...done.deleted];
    const bar = new ProgressBar(process.stderr, 'repaired');
    const open = await awaitRepairs(
      {
        rows: stores.rows,
        patienceMs: PATIENCE_MS,
        pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
        onEnded: (count) => bar.show(count, handedOver.length),
      },
      handedOver,
    );
    bar.end();
    console.log(renderRepair(done, open));
    write(asJson(findings, done, open));
    return open.length === 0 ? 0 : 1;
  } finally {
    stores.close();
  }
}
