import { AttributeType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { DataTable } from '../../constructs/data-table';
import { IdempotencyTable } from '../../constructs/idempotency-table';
import type { StageSettings } from '../../stages/stage-settings';

const key = (name: string) => ({ name, type: AttributeType.STRING });

/** The index of orders that wait: rows that have `waitingSince`, which goes when an order has its end. */
export const WAITING_INDEX = 'waiting';

/** The tables of the orders workflow. Ledgers exist only with the built-in providers, faults only where they can be turned on. */
export class OrderTables extends Construct {
  /** One row per order, with its status. Its stream feeds the order events. */
  readonly orders: DataTable;
  /** Pieces on hand, held and sold, and the price, per SKU. */
  readonly stock: DataTable;
  readonly idempotency: IdempotencyTable;
  /** The ledger of the built-in payment provider. */
  readonly payments?: DataTable;
  /** The ledger of the built-in carrier. */
  readonly shipments: DataTable;
  readonly faults?: DataTable;

  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id);
    const protection = settings.data;
    this.orders = new DataTable(this, 'Orders', {
      partitionKey: key('orderId'),
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      indexes: { [WAITING_INDEX]: { partitionKey: key('waitingSince'), sortKey: key('orderId') } },
      protection,
    });
    this.stock = new DataTable(this, 'Stock', { partitionKey: key('sku'), protection });
    this.idempotency = new IdempotencyTable(this, 'Idempotency', protection);
    this.shipments = new DataTable(this, 'Shipments', { partitionKey: key('shipmentKey'), protection });
    if (settings.payments.provider === 'built-in') {
      this.payments = new DataTable(this, 'Payments', { partitionKey: key('paymentKey'), protection });
    }
    if (settings.hasFaultSwitches) {
      this.faults = new DataTable(this, 'Faults', {
        partitionKey: key('scope'),
        sortKey: key('operation'),
        protection,
      });
    }
  }
}
