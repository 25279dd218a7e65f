import { readResponse } from '../../../local/services/apigateway/lambda-response';

const read = (value: unknown) => {
  const response = readResponse(Buffer.from(JSON.stringify(value)));
  return { ...response, body: response.body.toString() };
};

describe('the answer of a function', () => {
  it('is a response when it has a status code', () => {
    const headers = { 'Content-Type': 'application/problem+json', 'X-Count': 3 };
    expect(read({ statusCode: 422, headers, cookies: ['a=1'], body: '{"title":"no"}' })).toEqual({
      statusCode: 422,
      headers: { 'content-type': 'application/problem+json', 'x-count': '3' },
      cookies: ['a=1'],
      body: '{"title":"no"}',
    });
  });

  it('is plain text when it says no type, and empty when it has no body', () => {
    expect(read({ statusCode: '204' })).toMatchObject({
      statusCode: 204,
      headers: { 'content-type': 'text/plain;charset=utf-8' },
      body: '',
    });
  });

  it('is decoded when it is base64', () => {
    const body = Buffer.from('späť').toString('base64');
    expect(read({ statusCode: 200, body, isBase64Encoded: true }).body).toBe('späť');
  });

  it('is the body of a 200 when it has no status code', () => {
    expect(read({ message: 'hello' })).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"message":"hello"}',
    });
    expect(read('hello').body).toBe('hello');
  });

  it.each([{ statusCode: 'fine' }, { statusCode: 42 }, { statusCode: 200, body: { a: 1 } }])('fails as %j', (value) => {
    expect(() => read(value)).toThrow(expect.objectContaining({ statusCode: 500, message: 'Internal Server Error' }));
  });
});
