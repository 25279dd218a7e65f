import { KMSClient } from '@aws-sdk/client-kms';
import { clientSettings } from '../../../shared/aws/client-settings';
import { requireVariable } from '../../../shared/environment';
import { createKmsTokenVault } from '../../adapters/kms-token-vault';

/** The vault of the key that TOKEN_KEY_ARN names. */
export const tokenVault = () => createKmsTokenVault(new KMSClient(clientSettings()), requireVariable('TOKEN_KEY_ARN'));
