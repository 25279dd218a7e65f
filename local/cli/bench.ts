import { Command, Option } from 'commander';
import { measureEngine } from './bench/engine-figures';
import { Figures } from './bench/figures';
import { measureHttpRatio } from './bench/http-ratio';
import { measureIngestion } from './bench/ingestion-figures';
import { measureOrders } from './bench/order-figures';
import { runCommand } from './steps';

/** `npm run bench`: the figures that the documentation states, measured in one run; exits 1 when a budget is not kept. */
runCommand(async () => {
  const { only } = new Command('bench')
    .description('Measures orders, ingestion and engine against their budgets.')
    .addOption(new Option('--only <part>', 'measure one part').choices(['orders', 'engine', 'ingestion']))
    .parse()
    .opts<{ only?: string }>();
  const figures = new Figures();
  const isWanted = (part: string) => only === undefined || only === part;
  if (isWanted('orders')) await measureOrders(figures);
  if (isWanted('ingestion')) await measureIngestion(figures);
  if (isWanted('engine')) {
    await measureHttpRatio(figures);
    await measureEngine(figures);
  }
  console.log(`Figures of this run, on Node.js ${process.versions.node}`);
  figures.print();
  process.exit(figures.areKept ? 0 : 1);
});
