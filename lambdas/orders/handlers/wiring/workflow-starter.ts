import { SFNClient } from '@aws-sdk/client-sfn';
import { clientSettings } from '../../../shared/aws/client-settings';
import { requireVariable } from '../../../shared/environment';
import { createSfnWorkflowStarter } from '../../adapters/sfn-workflow-starter';

/** The state machine whose ARN stands in an environment variable. */
export const workflowStarter = (variable: string) =>
  createSfnWorkflowStarter(new SFNClient(clientSettings()), requireVariable(variable));
