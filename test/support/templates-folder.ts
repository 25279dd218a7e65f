import path from 'node:path';

export type PreparedStage = 'dev' | 'production';
export type PreparedStack = 'alerting' | 'approvals' | 'fanOut' | 'ingestion' | 'orders' | 'quotes';

/** Where the stacks of both stages are synthesized to, once for all tests of templates. */
export const TEMPLATES_FOLDER = path.resolve(__dirname, '../../.local/test/templates');

/** The file of a stack's template. */
export const templateFile = (stage: PreparedStage, stack: PreparedStack) =>
  path.join(TEMPLATES_FOLDER, `${stage}-${stack}.json`);
