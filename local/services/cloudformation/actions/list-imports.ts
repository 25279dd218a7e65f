import type { Action } from '../../../wire/service';
import { notImported } from '../faults';
import { pageOf } from '../page';
import type { Stacks } from './stack-access';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListImports.html */
export function listImports({ store }: Stacks): Action<{ ExportName?: string; NextToken?: string }> {
  return {
    access: () => [{ action: 'cloudformation:ListImports', resource: '*' }],
    handle: ({ ExportName = '', NextToken: token }) => {
      const importers = store.importersOf(ExportName);
      if (importers.length === 0) throw notImported(ExportName);
      const { items, NextToken } = pageOf(importers, (stackName) => stackName, token);
      return { Imports: items, NextToken };
    },
  };
}
