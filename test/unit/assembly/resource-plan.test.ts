import * as fc from 'fast-check';
import { planResources } from '../../../local/assembly/resource-plan';
import type { Template, TemplateResource } from '../../../local/assembly/template';

const thing = (Properties: object = {}, rest: Partial<TemplateResource> = {}) =>
  ({ Type: 'T', Properties, ...rest }) as TemplateResource;
const order = (Resources: Template['Resources'], conditions = {}, rest: Partial<Template> = {}) =>
  planResources({ Resources, ...rest }, conditions).map(({ logicalId }) => logicalId);

it('puts a resource after those it refers to, by whatever function', () => {
  const resources = {
    ByRef: thing({ a: [{ Ref: 'Last' }] }),
    ByAttribute: thing({ a: { b: { 'Fn::GetAtt': ['ByRef', 'Arn'] } } }),
    BySub: thing({ a: { 'Fn::Sub': 'x ${ByAttribute.Arn} ${AWS::Region} ${!No}' } }),
    BySubVariable: thing({ a: { 'Fn::Sub': ['${v}', { v: { Ref: 'BySub' } }] } }),
    ByName: thing({}, { DependsOn: 'BySubVariable' }),
    Last: thing(),
  };
  expect(order(resources)).toEqual(['Last', 'ByRef', 'ByAttribute', 'BySub', 'BySubVariable', 'ByName']);
});

it('leaves out resources whose condition does not hold, and the branches that are not taken', () => {
  const resources = {
    A: thing({ a: { 'Fn::If': ['Dev', { Ref: 'B' }, { Ref: 'C' }] } }),
    B: thing({}, { Condition: 'Dev' }),
    C: thing({}, { Condition: 'Production' }),
    D: thing({}, { DependsOn: ['C'] }),
  };
  expect(order(resources, { Dev: false, Production: true })).toEqual(['C', 'A', 'D']);
  expect(order(resources, { Dev: true, Production: false })).toEqual(['B', 'A', 'D']);
});

it('does not take a parameter for a resource', () => {
  expect(order({ A: thing({ a: { Ref: 'P' } }) }, {}, { Parameters: { P: { Type: 'String' } } })).toEqual(['A']);
});

it('rejects a circle and names its members', () => {
  const resources = {
    A: thing({ a: { Ref: 'B' } }),
    B: thing({ a: { Ref: 'C' } }),
    C: thing({ a: { Ref: 'A' } }),
    D: thing({ a: { Ref: 'A' } }),
  };
  expect(() => order(resources)).toThrow(
    'Circular dependency between resources: [A, B, C] (each needs the next: A -> B -> C -> A)',
  );
});

it('rejects a name that the template does not have', () => {
  expect(() => order({ A: thing({ a: { Ref: 'Nobody' } }) })).toThrow(
    'Unresolved resource dependencies [Nobody] in the Resources block',
  );
  expect(() => order({ A: thing({}, { DependsOn: 'Nobody' }) })).toThrow(
    'Unresolved resource dependencies [Nobody] in DependsOn of A',
  );
});

it('orders any template without circles', () => {
  const graph = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(graph, fc.nat(), (needs, seed) => {
      // Each resource may need only those with a smaller number: no circle can arise. The template lists them shuffled.
      const ids = needs.map((_, index) => index).sort((a, b) => ((a * 7919 + seed) % 31) - ((b * 7919 + seed) % 31));
      const resources = Object.fromEntries(
        ids.map((id) => [
          `R${id}`,
          thing({ refs: needs[id]!.filter((other) => other < id).map((other) => ({ Ref: `R${other}` })) }),
        ]),
      );
      const sorted = order(resources);
      return (
        sorted.length === ids.length &&
        ids.every((id) =>
          needs[id]!.every((other) => other >= id || sorted.indexOf(`R${other}`) < sorted.indexOf(`R${id}`)),
        )
      );
    }),
  );
});
