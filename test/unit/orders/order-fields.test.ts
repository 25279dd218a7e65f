import { orderFieldsOf, orderFieldsOfMessage } from '../../../lambdas/orders/domain/order-fields';

describe('the order in a log line', () => {
  it('is taken from a payload, without anything else of it', () => {
    const payload = { orderId: 'order-1', correlationId: 'c', customer: { name: 'Anna' } };
    expect(orderFieldsOf(payload)).toEqual({ orderId: 'order-1', correlationId: 'c' });
  });

  it.each([null, 7, [], { orderId: 'a\nb', correlationId: {} }])(
    'is left out when %j does not name it well',
    (payload) => {
      expect(orderFieldsOf(payload)).toEqual({ orderId: undefined, correlationId: undefined });
    },
  );

  it('is taken from an event, whose id stands for a correlation id that is missing', () => {
    const body = JSON.stringify({ id: 'event-1', detail: { orderId: 'order-1' } });
    expect(orderFieldsOfMessage(body)).toEqual({ orderId: 'order-1', correlationId: 'event-1' });
    expect(orderFieldsOfMessage('{"poison')).toEqual({});
  });
});
