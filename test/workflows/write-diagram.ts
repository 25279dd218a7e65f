import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { approvalsFolder, expense } from './expense-machine';
import { deliverEvent, fanOutFolder } from './fan-out-machine';
import { documentMachine, ingestionFolder, loadMachine } from './ingestion-machine';
import { mermaidDiagram, withDiagrams } from './mermaid-diagram';
import { ordersFolder, saga } from './orders-machine';
import { quoteMachine, quotesFolder } from './quote-machine';
import { reconciliation, reconciliationFolder } from './reconciliation-machine';

for (const [folder, ...definitions] of [
  [ordersFolder, saga],
  [reconciliationFolder, reconciliation],
  [approvalsFolder, expense],
  [fanOutFolder, deliverEvent],
  [ingestionFolder, documentMachine, loadMachine],
  [quotesFolder, quoteMachine],
] as const) {
  const file = path.join(folder, 'README.md');
  writeFileSync(file, withDiagrams(readFileSync(file, 'utf8'), ...definitions.map(mermaidDiagram)));
  console.log(`Wrote the diagrams to ${path.relative(process.cwd(), file)}.`);
}
