import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { DataTable } from '../../constructs/data-table';
import { MailSender } from '../../constructs/mail-sender';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { fanOutFunction } from './fan-out-functions';
import type { FanOutTables } from './fan-out-tables';

/** What mail works with. */
export interface FanOutMailProps {
  readonly settings: StageSettings;
  readonly tables: FanOutTables;
  /** Where the addresses of customers stand. */
  readonly orders: DataTable;
}

/** Who customers' mails come from, and the function that sends them. */
export class FanOutMail extends Construct {
  readonly mailCustomer: TaskFunction;

  constructor(scope: Construct, id: string, { settings, tables, orders }: FanOutMailProps) {
    super(scope, id);
    const { senderAddress, senderIdentity } = settings.fanOut;
    const sender = new MailSender(this, { address: senderAddress, identity: senderIdentity });
    this.mailCustomer = fanOutFunction(this, 'MailCustomer', settings, {
      handler: 'mail-customer',
      description: 'Mails the customer of an order how it ended, once',
      timeout: Duration.seconds(10),
      environment: {
        ORDERS_TABLE: orders.name,
        SENDER_ADDRESS: senderAddress,
        CONFIGURATION_SET: sender.configurationSetName,
      },
    });
    tables.grantRecords(this.mailCustomer);
    this.mailCustomer.allow(['dynamodb:GetItem'], orders.arn);
    sender.grantSend(this.mailCustomer);
  }
}
