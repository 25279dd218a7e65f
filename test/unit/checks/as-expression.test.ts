import { asExpression } from '../../../lib/constructs/workflow-definition';

describe('asExpression', () => {
  it('gives a value as JSONata that needs no escaping within a string', () => {
    expect(asExpression({ to: ['ann@example.com'], after: 60, none: undefined })).toBe(
      "{'to':['ann@example.com'],'after':60}",
    );
  });

  it.each(["o'brien@example.com", 'a "quoted" text', 'a\\b', 'two\nlines'])('rejects %j', (text) => {
    expect(() => asExpression([text])).toThrow(/cannot stand in a definition/);
  });
});
