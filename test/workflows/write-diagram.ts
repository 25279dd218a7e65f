import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mermaidDiagram, withDiagram } from './mermaid-diagram';
import { ordersFolder, saga } from './orders-machine';

const file = path.join(ordersFolder, 'README.md');
writeFileSync(file, withDiagram(readFileSync(file, 'utf8'), mermaidDiagram(saga)));
console.log(`Wrote the diagram of the saga to ${path.relative(process.cwd(), file)}.`);
