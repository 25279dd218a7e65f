import { SFNClient } from '@aws-sdk/client-sfn';
import { clientSettings } from '../../../shared/aws/client-settings';
import { requireVariable } from '../../../shared/environment';
import { createSfnOrderExecutions } from '../../adapters/sfn-order-executions';

/** The executions of the machines that ORDERS_MACHINE_ARN and UNDO_MACHINE_ARN name. */
export const orderExecutions = () =>
  createSfnOrderExecutions({
    client: new SFNClient(clientSettings()),
    ordersMachineArn: requireVariable('ORDERS_MACHINE_ARN'),
    undoMachineArn: requireVariable('UNDO_MACHINE_ARN'),
  });
