import type { Action } from '../../../wire/service';
import { notImported } from '../faults';
import type { StackStore } from '../store';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListImports.html; all on one page. */
export function listImports(store: StackStore): Action<{ ExportName?: string }> {
  return {
    access: () => [{ action: 'cloudformation:ListImports', resource: '*' }],
    handle: ({ ExportName = '' }) => {
      const Imports = store.importersOf(ExportName);
      if (Imports.length === 0) throw notImported(ExportName);
      return { Imports };
    },
  };
}
