import type { Action } from '../../../wire/service';
import { pageOf } from '../page';
import type { Stacks } from './stack-access';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListExports.html */
export function listExports({ store }: Stacks): Action<{ NextToken?: string }> {
  return {
    access: () => [{ action: 'cloudformation:ListExports', resource: '*' }],
    handle: ({ NextToken: token }) => {
      const exported = store
        .all()
        .filter(({ status }) => status !== 'DELETE_COMPLETE')
        .flatMap(({ stackId, outputs }) =>
          Object.values(outputs).flatMap(({ exportName, value }) =>
            exportName ? [{ ExportingStackId: stackId, Name: exportName, Value: value }] : [],
          ),
        );
      const { items, NextToken } = pageOf(exported, ({ Name }) => Name, token);
      return { Exports: items, NextToken };
    },
  };
}
