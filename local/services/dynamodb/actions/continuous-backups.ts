import { AwsError } from '../../../wire/aws-error';
import type { Action } from '../../../wire/service';
import { tableAccess } from '../access';
import { requireMember, tableNameOf } from '../request';
import type { ServiceContext } from '../service-context';
import type { Table } from '../table';

interface UpdateContinuousBackupsInput {
  TableName?: string;
  PointInTimeRecoverySpecification?: { PointInTimeRecoveryEnabled: boolean };
}

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html
 * The switch is kept; nothing can be restored here.
 */
export function describeContinuousBackups(context: ServiceContext): Action<{ TableName?: string }> {
  return {
    access: (input) => [tableAccess(context.arns, 'DescribeContinuousBackups', input.TableName)],
    handle: (input) => describe(backedUpTable(context, input)),
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html */
export function updateContinuousBackups(context: ServiceContext): Action<UpdateContinuousBackupsInput> {
  return {
    access: (input) => [tableAccess(context.arns, 'UpdateContinuousBackups', input.TableName)],
    handle(input) {
      const table = backedUpTable(context, input);
      requireMember(input, 'PointInTimeRecoverySpecification');
      const hasPointInTimeRecovery = input.PointInTimeRecoverySpecification!.PointInTimeRecoveryEnabled === true;
      table.redefine({ hasPointInTimeRecovery });
      return describe(table);
    },
  };
}

function backedUpTable({ store }: ServiceContext, input: { TableName?: string }): Table {
  const name = tableNameOf(input);
  const table = store.find(name);
  if (!table) throw new AwsError('TableNotFoundException', `Table not found: ${name}`);
  return table;
}

function describe({ definition }: Table) {
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: definition.hasPointInTimeRecovery ? 'ENABLED' : 'DISABLED',
      },
    },
  };
}
