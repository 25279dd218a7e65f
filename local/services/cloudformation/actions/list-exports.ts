import type { Action } from '../../../wire/service';
import type { StackStore } from '../store';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListExports.html; all on one page. */
export function listExports(store: StackStore): Action {
  return {
    access: () => [{ action: 'cloudformation:ListExports', resource: '*' }],
    handle: () => ({
      Exports: store
        .all()
        .filter(({ status }) => status !== 'DELETE_COMPLETE')
        .flatMap(({ stackId, outputs }) =>
          Object.values(outputs).flatMap(({ exportName, value }) =>
            exportName ? [{ ExportingStackId: stackId, Name: exportName, Value: value }] : [],
          ),
        ),
    }),
  };
}
