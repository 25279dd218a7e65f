import type { Aws } from '../aws';
import { resourcesOfType } from '../deployment';

/** What AWS calls the resources of some types. */
export function physicalIds({ deployment }: Aws, ...types: string[]): string[] {
  return types.flatMap((type) => resourcesOfType(deployment, type).map(({ resource }) => resource.physicalId));
}
