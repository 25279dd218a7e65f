import { Command, Option } from 'commander';
import { measureEngine } from './bench/engine-figures';
import { Figures } from './bench/figures';
import { measureHttpRatio } from './bench/http-ratio';
import { measureIngestion } from './bench/ingestion-figures';
import { measureIngestionMemory } from './bench/memory-figures';
import { measureOrders } from './bench/order-figures';
import { measurePace } from './bench/pace-figures';
import { measureVectors } from './bench/vector-figures';
import { runCommand } from './steps';

type Part = (figures: Figures) => Promise<void>;

/** What a run measures. */
const PARTS: Readonly<Record<string, Part>> = {
  orders: measureOrders,
  ingestion: measureIngestion,
  vectors: measureVectors,
  engine: async (figures) => {
    await measureHttpRatio(figures);
    await measureEngine(figures);
  },
};

/** What is measured only when it is asked for: each takes several minutes. */
const LONG_PARTS: Readonly<Record<string, Part>> = {
  'ingestion-pace': measurePace,
  'ingestion-memory': measureIngestionMemory,
};

/** `npm run bench`: the figures that the documentation states, measured in one run; exits 1 when a budget is not kept. */
runCommand(async () => {
  const all: Readonly<Record<string, Part>> = { ...PARTS, ...LONG_PARTS };
  const { only } = new Command('bench')
    .description('Measures orders, ingestion, vectors and engine against their budgets.')
    .addOption(
      new Option('--only <part>', 'measure one part; the last two are measured only so').choices(Object.keys(all)),
    )
    .parse()
    .opts<{ only?: string }>();
  const figures = new Figures();
  for (const measure of only === undefined ? Object.values(PARTS) : [all[only]!]) await measure(figures);
  console.log(`Figures of this run, on Node.js ${process.versions.node}`);
  figures.print();
  process.exit(figures.areKept ? 0 : 1);
});
