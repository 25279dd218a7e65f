import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { HttpApi } from '../../constructs/http-api';
import type { StageSettings } from '../../stages/stage-settings';
import { orderFunction } from './order-functions';
import type { OrderTables } from './order-tables';

/** What the API works with. */
export interface OrderApiProps {
  readonly settings: StageSettings;
  readonly tables: OrderTables;
  readonly bus: EventBus;
}

/** `POST /orders` and `GET /orders/{orderId}`. */
export class OrderApi extends Construct {
  /** Scheme and host of the API. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, props: OrderApiProps) {
    super(scope, id);
    const { settings, tables, bus } = props;
    const api = new HttpApi(this, 'Api', {
      description: 'Places orders and tells how they fare',
      logRetention: settings.logRetentionDays as RetentionDays,
      requestsPerSecond: settings.api.requestsPerSecond,
      burst: settings.api.burst,
      jwt: settings.api.jwt,
    });
    this.endpoint = api.endpoint;

    const placeOrder = orderFunction(this, 'PlaceOrder', settings, {
      handler: 'place-order',
      description: 'Accepts an order: writes its row and puts OrderPlaced on the bus',
      timeout: Duration.seconds(20),
      environment: {
        ORDERS_TABLE: tables.orders.name,
        STOCK_TABLE: tables.stock.name,
        ORDER_BUS_NAME: bus.eventBusName,
      },
    });
    placeOrder.allow(['dynamodb:BatchGetItem'], tables.stock.arn);
    placeOrder.allow(['dynamodb:PutItem'], tables.orders.arn);
    placeOrder.allow(['events:PutEvents'], bus.eventBusArn);
    tables.idempotency.grantRecords(placeOrder);
    api.route(HttpMethod.POST, '/orders', placeOrder);

    const getOrder = orderFunction(this, 'GetOrder', settings, {
      handler: 'get-order',
      description: 'Shows an order to whoever placed it',
      timeout: Duration.seconds(10),
      environment: { ORDERS_TABLE: tables.orders.name },
    });
    getOrder.allow(['dynamodb:GetItem'], tables.orders.arn);
    api.route(HttpMethod.GET, '/orders/{orderId}', getOrder);
  }
}
