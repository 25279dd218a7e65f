import { SFNClient } from '@aws-sdk/client-sfn';
import { clientSettings } from '../../shared/aws/client-settings';
import { systemClock } from '../../shared/clock';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createSqsBatchHandler } from '../../shared/queue/sqs-batch';
import { createSfnWorkflowCallback } from '../adapters/sfn-workflow-callback';
import { createOpenRequest } from '../domain/open-request';
import { deadLetters } from './wiring/dead-letters';
import { requestStore } from './wiring/request-store';
import { tokenVault } from './wiring/token-vault';

const observability = powertoolsObservability();

const openRequest = createOpenRequest({
  store: requestStore(),
  vault: tokenVault(),
  callback: createSfnWorkflowCallback(new SFNClient(clientSettings())),
  deadLetters: deadLetters(),
  clock: systemClock,
  ...observability,
});

/** The consumer of the approvals queue. */
export const handler = observe(observability, createSqsBatchHandler(openRequest, observability));
