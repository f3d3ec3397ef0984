import { type XmlTree, xmlChild, xmlText } from '../../xml.ts';
import type { Call } from '../call.ts';
import { checkShape, type Shape } from '../check-shape.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { itemsOf, textAt, treeOf } from '../tree.ts';

/** The config and the code (base64) of a function that is created or updated. */
export function readFunction(call: Call, body: XmlTree, root: string): { config: XmlTree; code: string } {
  checkShape(body, shape, root);
  const config = treeOf(xmlChild(body, 'FunctionConfig'));
  checkStores(call, config);
  return { config: { KeyValueStoreAssociations: { Quantity: '0' }, ...config }, code: readCode(body) };
}

const shape: Shape = {
  FunctionConfig: {
    required: true,
    fields: {
      Comment: { required: true },
      Runtime: { required: true, values: ['cloudfront-js-1.0', 'cloudfront-js-2.0'] },
      KeyValueStoreAssociations: { items: { fields: { KeyValueStoreARN: { required: true } } } },
    },
  },
  FunctionCode: { required: true },
};

/** "Maximum size of a function: 10 KB" [doc cloudfront-limits]; not empty [model FunctionBlob]. */
function readCode(body: XmlTree): string {
  const text = (xmlText(body, 'FunctionCode') ?? '').replace(/\s/g, '');
  const code = Buffer.from(text, 'base64');
  if (code.length === 0 || !/^[A-Za-z0-9+/]+=*$/.test(text)) {
    throw cloudFrontFault('InvalidArgument', 'The parameter FunctionCode is not valid.');
  }
  if (code.length > 10_240) throw cloudFrontFault('FunctionSizeLimitExceeded');
  return code.toString('base64');
}

/**
 * One KeyValueStore per function, and only with runtime 2.0 [doc cloudfront-limits, kvs-with-functions-associate];
 * it is the caller's and has left PROVISIONING.
 */
function checkStores(call: Call, config: XmlTree): void {
  const arns = itemsOf(xmlChild(config, 'KeyValueStoreAssociations')).map((item) => textAt(item, 'KeyValueStoreARN'));
  if (arns.length > 1) refuse('A function can be associated with only one key value store.');
  if (arns.length > 0 && textAt(config, 'Runtime') !== 'cloudfront-js-2.0') {
    refuse('Key value stores need the runtime cloudfront-js-2.0.');
  }
  for (const arn of arns) {
    const store = call.cloud.state.stores.get(arn);
    if (store?.account !== call.account) refuse('The key value store does not exist.');
    else if (store.readyAt > call.cloud.clock.now()) refuse('The key value store is not READY.');
  }
}

function refuse(sentence: string): never {
  throw cloudFrontFault('InvalidArgument', sentence);
}
