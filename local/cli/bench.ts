import { Command, Option } from 'commander';
import { measureEngine } from './bench/engine-figures';
import { measureFanOut } from './bench/fan-out-figures';
import { Figures } from './bench/figures';
import { measureHttpRatio } from './bench/http-ratio';
import { measureIngestion } from './bench/ingestion-figures';
import { measureIngestionMemory } from './bench/memory-figures';
import { measureOrders } from './bench/order-figures';
import { measurePace } from './bench/pace-figures';
import { measureServices, measureServicesShortly } from './bench/service-figures';
import { measureVectors } from './bench/vector-figures';
import { runCommand } from './steps';

type Part = (figures: Figures) => Promise<void>;

/** What a run measures. */
const PARTS: Readonly<Record<string, Part>> = {
  orders: measureOrders,
  'fan-out': measureFanOut,
  ingestion: measureIngestion,
  vectors: measureVectors,
  engine: async (figures) => {
    await measureHttpRatio(figures);
    await measureEngine(figures);
  },
  services: measureServicesShortly,
};

/** What is measured only when it is asked for: each takes several minutes. The services are asked for more often then, and for their memory. */
const LONG_PARTS: Readonly<Record<string, Part>> = {
  services: measureServices,
  'ingestion-pace': measurePace,
  'ingestion-memory': measureIngestionMemory,
};

/** `npm run bench`: the figures that the documentation states, measured in one run; exits 1 when a budget is not kept. */
runCommand(async () => {
  const all: Readonly<Record<string, Part>> = { ...PARTS, ...LONG_PARTS };
  const { only } = new Command('bench')
    .description('Measures orders, fan-out, ingestion, vectors and engine against their budgets, and the services.')
    .addOption(
      new Option('--only <part>', 'measure one part; the last two are measured only so, services at length').choices(
        Object.keys(all),
      ),
    )
    .parse()
    .opts<{ only?: string }>();
  const figures = new Figures();
  for (const measure of only === undefined ? Object.values(PARTS) : [all[only]!]) await measure(figures);
  console.log(`Figures of this run, on Node.js ${process.versions.node}`);
  figures.print();
  process.exit(figures.areKept ? 0 : 1);
});
