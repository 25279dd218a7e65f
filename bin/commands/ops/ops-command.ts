import type { Command } from 'commander';

/** Adds a command of operators with the options that all of them have. */
export function opsCommand(parent: Command, usage: string, description: string): Command {
  return parent
    .command(usage)
    .description(description)
    .option('--outputs <file>', 'outputs of cdk deploy --outputs-file')
    .option('--json', 'JSON Lines instead of text');
}
