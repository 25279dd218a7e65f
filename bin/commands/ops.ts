import { Command } from 'commander';
import { addCostCommand } from './ops/cost/command';
import { addDlqCommands } from './ops/dlq/command';
import { addIntakeCommands } from './ops/intake/command';
import { addMaintenanceCommands } from './ops/maintenance/command';
import { addReadinessCommand } from './ops/readiness/command';
import { addRedriveCommand } from './ops/redrive/command';
import { addStuckCommands } from './ops/stuck/command';
import { addVersionsCommands } from './ops/versions/command';

/** Exit codes: 0 all is well or was done, 1 something was found or refused, 2 it could not be looked at or done. */
const FAILED = 2;

const program = new Command('ops').description(
  'What operators do with what was deployed. What changes something is recorded with the ARN of whoever typed it.',
);
addDlqCommands(program);
addRedriveCommand(program);
addIntakeCommands(program);
addMaintenanceCommands(program);
addStuckCommands(program);
addCostCommand(program);
addVersionsCommands(program);
addReadinessCommand(program);

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = FAILED;
});
