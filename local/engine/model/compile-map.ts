import { pathField } from '../data/path-field';
import type { Template } from '../data/template';
import { compileJsonata, compileJsonataTemplate, compileJsonPathTemplate, isJsonataText } from '../data/template';
import { numberField } from './fields';
import { isObject, type Json, type JsonObject } from './json';
import type { DistributedMap, MapState, QueryLanguage, ReaderOrWriter } from './machine';
import type { StateSource } from './state-source';

type Retrying = Omit<MapState, 'type' | 'processor' | 'isLegacySelector'>;

/** Compiles a Map state, inline or distributed, in today's form or with the older `Iterator` and `Parameters`. */
export function compileMap(source: StateSource, language: QueryLanguage, retrying: Retrying): MapState {
  const { definition } = source;
  const isLegacy = !isObject(definition.ItemProcessor);
  const processor = (isLegacy ? definition.Iterator : definition.ItemProcessor) as JsonObject;
  const selector = definition.ItemSelector ?? definition.Parameters;
  const template = (value: Json | undefined, field: string) => templateOf(value, language, field);
  const items = definition.Items;
  return {
    ...retrying,
    parameters: undefined,
    type: 'Map',
    processor: source.nested(
      isObject(processor) ? processor : {},
      isLegacy ? 'Iterator' : 'ItemProcessor',
      source.machineLanguage,
    ),
    itemsPath: pathField(definition.ItemsPath) ?? undefined,
    items: language === 'JSONata' ? template(items, 'Items') : undefined,
    itemsExpression: items !== undefined && isJsonataText(items) ? compileJsonata(items) : undefined,
    itemSelector: template(selector, 'ItemSelector'),
    isLegacySelector: definition.ItemSelector === undefined,
    maxConcurrency: numberField(definition, 'MaxConcurrency'),
    toleratedCount: numberField(definition, 'ToleratedFailureCount'),
    toleratedPercentage: numberField(definition, 'ToleratedFailurePercentage'),
    distributed: isObject(processor) ? distributed(definition, processor, source.machineLanguage, language) : undefined,
  };
}

function templateOf(value: Json | undefined, language: QueryLanguage, field: string): Template | undefined {
  if (value === undefined) return undefined;
  return language === 'JSONata' ? compileJsonataTemplate(value, field) : compileJsonPathTemplate(value);
}

function distributed(
  definition: JsonObject,
  processor: JsonObject,
  machineLanguage: QueryLanguage,
  language: QueryLanguage,
): DistributedMap | undefined {
  const config = isObject(processor.ProcessorConfig) ? processor.ProcessorConfig : {};
  if (config.Mode !== 'DISTRIBUTED') return undefined;
  const { ProcessorConfig: _config, ...child } = processor;
  const batcher = definition.ItemBatcher;
  return {
    label: typeof definition.Label === 'string' ? definition.Label : undefined,
    childType: config.ExecutionType === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
    childDefinition: JSON.stringify({ QueryLanguage: machineLanguage, ...child }),
    reader: readerOrWriter(definition.ItemReader, 'ItemReader', 'ReaderConfig', language),
    writer: readerOrWriter(definition.ResultWriter, 'ResultWriter', 'WriterConfig', language),
    batcher: isObject(batcher)
      ? {
          maxItems: numberField(batcher, 'MaxItemsPerBatch'),
          maxInputBytes: numberField(batcher, 'MaxInputBytesPerBatch'),
          batchInput: templateOf(batcher.BatchInput, language, 'ItemBatcher/BatchInput'),
        }
      : undefined,
  };
}

function readerOrWriter(
  value: Json | undefined,
  field: string,
  configField: string,
  language: QueryLanguage,
): ReaderOrWriter | undefined {
  if (!isObject(value)) return undefined;
  const argumentsField = language === 'JSONata' ? 'Arguments' : 'Parameters';
  const config = value[configField];
  return {
    resource: String(value.Resource ?? ''),
    parameters: templateOf(value[argumentsField] ?? {}, language, `${field}/${argumentsField}`)!,
    config: templateOf(config, language, `${field}/${configField}`),
    maxItems: isObject(config) ? numberField(config, 'MaxItems') : undefined,
  };
}
