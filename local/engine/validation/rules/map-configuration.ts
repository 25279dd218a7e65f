import { type Fields, isFields, type Scope } from '../definition-tree';
import { type Diagnostic, moreThanOneOf, notOneOf, schemaError, unsupportedField } from '../diagnostic';
import { required } from './required-fields';

const READERS = /^arn:[^:]+:states:::s3:(?:getObject|listObjectsV2)$/;
const MODES = ['INLINE', 'DISTRIBUTED'];
const EXECUTION_TYPES = ['STANDARD', 'EXPRESS'];

/** How a Map runs its items, and where it reads them from. */
export function mapConfiguration(scope: Scope): Diagnostic[] {
  return scope.states.flatMap(({ fields, location }) => {
    if (fields.Type !== 'Map') return [];
    const processors = (['ItemProcessor', 'Iterator'] as const).flatMap((field) => {
      const processor = fields[field];
      if (!isFields(processor) || !isFields(processor.ProcessorConfig)) return [];
      return processorConfig(processor.ProcessorConfig, `${location}/${field}/ProcessorConfig`, scope.isExpress);
    });
    const reader = isFields(fields.ItemReader) ? itemReader(fields.ItemReader, `${location}/ItemReader`) : [];
    const batcher = fields.ItemBatcher;
    return [
      ...processors,
      ...reader,
      ...(isFields(batcher) ? limit(batcher, 'MaxItemsPerBatch', `${location}/ItemBatcher`) : []),
      ...(isFields(batcher) ? limit(batcher, 'MaxInputBytesPerBatch', `${location}/ItemBatcher`) : []),
    ];
  });
}

function processorConfig(config: Fields, place: string, isExpress: boolean): Diagnostic[] {
  const { Mode: mode, ExecutionType: type } = config;
  if (mode !== undefined && !MODES.includes(mode as string)) return [notOneOf(`${place}/Mode`, MODES)];
  if (mode !== 'DISTRIBUTED') {
    return mode === 'INLINE' && type !== undefined ? [unsupportedField(place, 'ExecutionType')] : [];
  }
  const found: Diagnostic[] = [];
  if (isExpress) {
    const message = "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines";
    found.push(schemaError(`${place}/Mode`, message));
  }
  if (type === undefined) found.push(required(place, ['ExecutionType']));
  else if (!EXECUTION_TYPES.includes(type as string)) found.push(notOneOf(`${place}/ExecutionType`, EXECUTION_TYPES));
  return found;
}

function itemReader({ Resource: resource, ReaderConfig: config }: Fields, place: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (typeof resource === 'string' && !READERS.test(resource)) {
    found.push(schemaError(`${place}/Resource`, "The field 'Resource' does not match any of the allowed values"));
  }
  if (!isFields(config)) return found;
  const at = `${place}/ReaderConfig`;
  const { InputType: type, CSVHeaderLocation: header, CSVHeaders: headers } = config;
  if (type === 'CSV' && header === undefined) {
    found.push(schemaError(at, "The field 'CSVHeaderLocation' is required"));
  }
  if (type === 'JSON' && header !== undefined) found.push(unsupportedField(at, 'CSVHeaderLocation'));
  if (header === 'GIVEN' && headers === undefined) found.push(required(at, ['CSVHeaders']));
  return [...found, ...limit(config, 'MaxItems', at, 100000000)];
}

/** A number, or the path of one. */
function limit(fields: Fields, name: string, place: string, greatest = Number.POSITIVE_INFINITY): Diagnostic[] {
  const value = fields[name];
  const found =
    value !== undefined && fields[`${name}Path`] !== undefined ? [moreThanOneOf(place, [name, `${name}Path`])] : [];
  if (typeof value !== 'number') return found;
  if (value < 0) found.push(schemaError(`${place}/${name}`, 'Minimum value is 0'));
  if (value > greatest) found.push(schemaError(`${place}/${name}`, `Maximum value is ${greatest}`));
  return found;
}
