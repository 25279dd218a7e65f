import { Command, Option } from 'commander';
import { measureEngine } from './bench/engine-figures';
import { Figures } from './bench/figures';
import { measureHttpRatio } from './bench/http-ratio';
import { measureOrders } from './bench/order-figures';
import { runCommand } from './steps';

/** `npm run bench`: the figures that the documentation states, measured in one run; exits 1 when a budget is not kept. */
runCommand(async () => {
  const { only } = new Command('bench')
    .description('Measures orders and engine against their budgets.')
    .addOption(new Option('--only <part>', 'measure one part').choices(['orders', 'engine']))
    .parse()
    .opts<{ only?: string }>();
  const figures = new Figures();
  if (only !== 'engine') await measureOrders(figures);
  if (only !== 'orders') {
    await measureHttpRatio(figures);
    await measureEngine(figures);
  }
  console.log(`Figures of this run, on Node.js ${process.versions.node}`);
  figures.print();
  process.exit(figures.areKept ? 0 : 1);
});
