import { storedValue } from '../../keyvaluestore/key-value-store.ts';
import { createFunctionRunner } from '../../sandbox/create-function-runner.ts';
import type { FunctionEvent } from '../../sandbox/function-event.ts';
import type { FunctionResult } from '../../sandbox/function-result.ts';
import type { WireResponse } from '../../wire.ts';
import { xmlChild, xmlText } from '../../xml.ts';
import { answerXml } from '../answer.ts';
import { bodyOf, type Call, requireMatch } from '../call.ts';
import { checkShape } from '../check-shape.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { itemsOf, textAt } from '../tree.ts';
import { findFunction, stageOf } from './find-function.ts';
import { writeFunction } from './write-function.ts';

/**
 * TestFunction: runs a stage of a function on an event of the caller's, with the store's newest data, and tells what came
 * of it. An error of the function is a result [dts TestResult].
 */
export function testFunction(call: Call): WireResponse {
  const found = findFunction(call);
  const body = bodyOf(call, 'TestFunctionRequest');
  checkShape(
    body,
    { EventObject: { required: true }, Stage: { values: ['DEVELOPMENT', 'LIVE'] } },
    'TestFunctionRequest',
  );
  const name = xmlText(body, 'Stage') === 'LIVE' ? 'LIVE' : 'DEVELOPMENT';
  const stage = stageOf(found, name);
  requireMatch(call, stage.etag);
  const event = readEvent(xmlText(body, 'EventObject') ?? '');
  const { stores } = call.cloud.state;
  const runner = createFunctionRunner({
    readStore: (arn, key) => {
      const store = stores.get(arn);
      return store && storedValue(store, key);
    },
    storeMeta: (arn) => {
      const store = stores.get(arn);
      return store && { created: store.createdAt, updated: store.modifiedAt, keyCount: store.itemCount };
    },
    now: () => call.cloud.clock.now(),
  });
  const associations = itemsOf(xmlChild(stage.config, 'KeyValueStoreAssociations'));
  const code = Buffer.from(stage.code, 'base64').toString('utf8');
  const storeArns = associations.map((item) => textAt(item, 'KeyValueStoreARN'));
  const result = runner.runNow(
    { arn: found.arn, name: found.name, runtime: textAt(stage.config, 'Runtime'), code, version: 0, storeArns },
    event,
  );
  const summary = writeFunction(call.cloud, found, name);
  return answerXml({ root: 'TestResult', tree: { FunctionSummary: summary, ...tellResult(result) } });
}

/** "EventObject … must be JSON"; at most 40 KB [model FunctionEventObject]. */
function readEvent(text: string): FunctionEvent {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length > 40_960) throw cloudFrontFault('InvalidArgument', 'The parameter EventObject is too large.');
  try {
    const event: unknown = JSON.parse(bytes.toString('utf8'));
    if (isEvent(event)) return event;
  } catch {
    // Told below.
  }
  throw cloudFrontFault('InvalidArgument', 'The parameter EventObject is not a valid event.');
}

const isEvent = (value: unknown): value is FunctionEvent =>
  typeof value === 'object' &&
  value !== null &&
  'request' in value &&
  typeof value.request === 'object' &&
  'context' in value &&
  'viewer' in value;

/**
 * ComputeUtilization is "a number between 0 and 100" of the time allowed; this machine's time is a hint of it, no more.
 * FunctionOutput is the event object that the function returned.
 */
function tellResult(result: FunctionResult) {
  const utilisation = String(Math.min(100, Math.max(1, Math.round(result.elapsedMs))));
  const told = { ComputeUtilization: utilisation, FunctionExecutionLogs: { member: [...result.logs] } };
  if (result.kind === 'error') return { ...told, FunctionErrorMessage: result.message };
  const output = result.kind === 'request' ? { request: result.request } : { response: result.response };
  return { ...told, FunctionOutput: JSON.stringify(output) };
}
