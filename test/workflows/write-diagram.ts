import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { approvalsFolder, expense } from './expense-machine';
import { mermaidDiagram, withDiagram } from './mermaid-diagram';
import { ordersFolder, saga } from './orders-machine';

for (const [folder, definition] of [
  [ordersFolder, saga],
  [approvalsFolder, expense],
] as const) {
  const file = path.join(folder, 'README.md');
  writeFileSync(file, withDiagram(readFileSync(file, 'utf8'), mermaidDiagram(definition)));
  console.log(`Wrote the diagram to ${path.relative(process.cwd(), file)}.`);
}
