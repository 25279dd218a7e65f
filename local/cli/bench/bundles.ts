import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** A Lambda bundle as it was synthesized. */
export interface Bundle {
  readonly name: string;
  readonly kilobytes: number;
}

/** The bundles of the stacks whose templates are called so, with their sizes in KB (1,000 bytes), by the handler they belong to. */
export function measureBundles(assemblyFolder: string, templates: RegExp): Bundle[] {
  const bundles: Bundle[] = [];
  for (const file of readdirSync(assemblyFolder).filter((name) => templates.test(name))) {
    const template = JSON.parse(readFileSync(path.join(assemblyFolder, file), 'utf8'));
    for (const [logicalId, resource] of Object.entries<any>(template.Resources ?? {})) {
      if (resource.Type !== 'AWS::Lambda::Function') continue;
      const key = resource.Properties.Code?.S3Key;
      const folder = path.join(assemblyFolder, `asset.${String(key).replace(/\.zip$/, '')}`);
      if (!existsSync(folder)) throw new Error(`the bundle of ${logicalId} is not in ${folder}`);
      const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
      bundles.push({ name: logicalId, kilobytes: bytes / 1000 });
    }
  }
  if (bundles.length === 0) throw new Error(`${assemblyFolder} holds no Lambda function`);
  return bundles;
}
