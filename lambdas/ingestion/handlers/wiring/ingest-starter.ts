import { SFNClient } from '@aws-sdk/client-sfn';
import { clientSettings } from '../../../shared/aws/client-settings';
import { requireVariable } from '../../../shared/environment';
import { createSfnIngestStarter } from '../../adapters/sfn-ingest-starter';

/** The machine that is started by INGEST_ALIAS_ARN. */
export const ingestStarter = () =>
  createSfnIngestStarter(new SFNClient(clientSettings()), requireVariable('INGEST_ALIAS_ARN'));
