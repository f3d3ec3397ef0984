import { type XmlNode, type XmlTree, xmlChild, xmlText } from '../xml.ts';
import { cloudFrontFault } from './cloudfront-fault.ts';
import { itemsOf, treeOf } from './tree.ts';

/** What is known of an element's children by name. Children that are not named here pass as they are. */
export type Shape = Readonly<Record<string, Field>>;

export interface Field {
  readonly required?: boolean;
  /** The only texts allowed. */
  readonly values?: readonly string[];
  /** A whole number between these two. */
  readonly between?: readonly [number, number];
  readonly fields?: Shape;
  /** It is a `{Quantity, Items}`; the shape of each item. */
  readonly items?: Field;
}

/**
 * Checks a document against its shape, in the sentences of AWS's own validation ("1 validation error detected:
 * Value null at 'invalidationBatch' failed to satisfy constraint: Member must not be null", code MalformedXML),
 * then every Quantity in it against its Items.
 * @throws ServiceFault MalformedXML or InconsistentQuantities at the first fault.
 */
export function checkShape(tree: XmlTree, shape: Shape, root: string): void {
  checkFields(tree, shape, lowerFirst(root));
  checkQuantities(tree);
}

function checkFields(node: XmlNode, shape: Shape, path: string): void {
  for (const [name, field] of Object.entries(shape)) {
    const at = `${path}.${lowerFirst(name)}`;
    const child = xmlChild(node, name);
    if (child !== undefined) checkField(child, field, at);
    else if (field.required === true) fail('null', at, 'Member must not be null');
  }
}

function checkField(node: XmlNode, field: Field, at: string): void {
  if (field.fields) checkFields(node, field.fields, at);
  if (field.items) checkItems(node, field.items, at);
  if (typeof node !== 'string') return;
  const text = node.trim();
  if (field.values && text !== '' && !field.values.includes(text)) {
    fail(`'${text}'`, at, `Member must satisfy enum value set: [${field.values.join(', ')}]`);
  }
  if (field.between && text !== '') checkNumber(text, field.between, at);
}

function checkItems(list: XmlNode, item: Field, at: string): void {
  if (xmlText(list, 'Quantity') === undefined) fail('null', `${at}.quantity`, 'Member must not be null');
  for (const [index, node] of itemsOf(list).entries()) checkField(node, item, `${at}.items.${index + 1}.member`);
}

function checkNumber(text: string, [least, most]: readonly [number, number], at: string): void {
  if (!/^-?\d+$/.test(text)) fail(`'${text}'`, at, 'Member must be a whole number');
  if (Number(text) < least) fail(`'${text}'`, at, `Member must have value greater than or equal to ${least}`);
  if (Number(text) > most) fail(`'${text}'`, at, `Member must have value less than or equal to ${most}`);
}

/** "The value of Quantity and the size of Items don't match." (InconsistentQuantities), at any depth. */
function checkQuantities(node: XmlNode): void {
  const quantity = xmlText(node, 'Quantity');
  if (quantity !== undefined && quantity.trim() !== String(itemsOf(node).length)) {
    throw cloudFrontFault('InconsistentQuantities');
  }
  for (const child of Object.values(treeOf(node)).flat()) if (typeof child !== 'string') checkQuantities(child);
}

function fail(value: string, at: string, constraint: string): never {
  const sentence = `1 validation error detected: Value ${value} at '${at}' failed to satisfy constraint: ${constraint}`;
  throw cloudFrontFault('MalformedXML', sentence);
}

function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}
